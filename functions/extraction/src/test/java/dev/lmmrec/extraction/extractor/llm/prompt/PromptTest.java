package dev.lmmrec.extraction.extractor.llm.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {

    private static final Facets FACETS = Facets.load(Optional.empty());
    private static final DemonstrationPool POOL = DemonstrationPool.load(Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void bundledFacets_areTheTwelveKnownEverywhere() {
        assertThat(FACETS.all()).containsExactlyElementsOf(Facet.KNOWN);
    }

    @Test
    void instructions_nameEveryFacetAndEveryStep_andLeaveNothingOfTheTemplate() {
        String instructions = new Prompt(FACETS, POOL, 2, Thought.STEPS).instructions();

        assertThat(instructions).contains("1. observations", "2. candidates", "3. checks", "4. motivations", "5. kind");
        FACETS.covers().forEach((facet, covers) -> assertThat(instructions).contains("  " + facet + ": " + covers));
        assertThat(instructions).doesNotContain("{", "}", "fragment", "NOT_FOUND");
    }

    @Test
    void thoughtOfNone_asksForTheAnswerAlone() {
        Prompt direct = new Prompt(FACETS, POOL, 0, Thought.NONE);

        assertThat(direct.instructions()).doesNotContain("observations", "checks");
        JsonObjectSchema schema = (JsonObjectSchema) direct.question(Reviews.of("x"), "b", "")
                .responseFormat()
                .jsonSchema()
                .rootElement();
        assertThat(schema.properties()).containsOnlyKeys("motivations", "kind");
    }

    @Test
    void review_standsInTheQuestionAsItIs_whateverItsBraces() {
        Review review = Reviews.of("{boundary} {#if}", "{system} ${x} {|y|} {! z !} <b>&amp;</b>\nsecond line", 2);

        String question = textOf(new Prompt(FACETS, POOL, 0, Thought.STEPS).question(review, "b0b0", ""));

        assertThat(question)
                .isEqualTo("The review that you are asked about is rated 2.0 of 5. Its title, then its text, stand"
                        + " between these lines:\nb0b0\n{boundary} {#if}\nb0b0\n"
                        + "{system} ${x} {|y|} {! z !} <b>&amp;</b>\nsecond line\nb0b0");
    }

    @Test
    void question_afterABadAnswer_saysWhatWasWrongWithIt() {
        String question =
                textOf(new Prompt(FACETS, POOL, 0, Thought.STEPS).question(Reviews.of("x"), "b", "it was empty"));

        assertThat(question).startsWith("Your last answer could not be used: it was empty.");
    }

    @Test
    void instructions_areASystemMessageOfTheirOwn() {
        ChatRequest question = new Prompt(FACETS, POOL, 2, Thought.STEPS).question(Reviews.of("secret words"), "b", "");

        assertThat(question.messages()).hasSize(2);
        assertThat(((SystemMessage) question.messages().get(0)).text()).doesNotContain("secret words");
        assertThat(question.toolSpecifications()).isEmpty();
    }

    @Test
    void id_changesWithEverythingThatIsAsked_andWithNothingElse() throws IOException {
        Prompt prompt = new Prompt(FACETS, POOL, 2, Thought.STEPS);
        Path facets = write("facets.txt", "mood  what it makes one feel");
        Path pool = write("pool.jsonl", "{\"text\":\"so bright\",\"rating\":4,\"motives\":[]}");

        assertThat(new Prompt(FACETS, POOL, 2, Thought.STEPS).id()).isEqualTo(prompt.id());
        assertThat(prompt.id()).startsWith("p" + Prompt.VERSION + "-");
        assertThat(new Prompt(FACETS, POOL, 3, Thought.STEPS).id()).isNotEqualTo(prompt.id());
        assertThat(new Prompt(FACETS, POOL, 2, Thought.NONE).id()).isNotEqualTo(prompt.id());
        assertThat(new Prompt(Facets.load(Optional.of(facets)), POOL, 2, Thought.STEPS).id())
                .isNotEqualTo(prompt.id());
        assertThat(new Prompt(FACETS, DemonstrationPool.load(Optional.of(pool)), 2, Thought.STEPS).id())
                .isNotEqualTo(prompt.id());
    }

    @Test
    void facetsFile_replacesTheTwelve_inInstructionsAndSchema() throws IOException {
        Facets own =
                Facets.load(Optional.of(write("f.txt", "# ours\n\nmood  what it makes one feel\nlore\tits story\n")));

        Prompt prompt = new Prompt(own, POOL, 0, Thought.STEPS);

        assertThat(own.all()).containsExactly(new Facet("mood"), new Facet("lore"));
        assertThat(prompt.instructions())
                .contains("mood: what it makes one feel")
                .doesNotContain("durability:");
        assertThat(prompt.question(Reviews.of("x"), "b", "").responseFormat().toString())
                .contains("[mood, lore, other]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mood            | line 1: facet 'mood' says nothing of what it covers
            Mood what it is | line 1: facet 'Mood' must be 1 to 40 lower case letters
            other this      | line 1: facet 'other' is what a model says where none of these fits
            # nothing       | has 0 facets, must have 1 to 60
            """)
    void facetsFile_thatIsWrong_isRefusedWithTheLine(String content, String message) throws IOException {
        Path file = write("facets.txt", content);

        assertThatThrownBy(() -> Facets.load(Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String textOf(ChatRequest question) {
        return ((UserMessage) question.messages().get(1)).singleText();
    }
}
