package dev.lmmrec.extraction.extractor.llm.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.Candidate;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** Puts the question about one review: instructions, schema, demonstrations, and the review between its boundaries. */
public final class Prompt {

    /** Counted up with every change of the resource that changes what is asked. */
    public static final int VERSION = 3;

    private static final String RESOURCE = "motivations-" + VERSION + ".txt";
    private static final int FINGERPRINT_LENGTH = 12;

    private final Template review;
    private final DemonstrationPool pool;
    private final int demonstrations;
    private final Thought thought;
    private final Facets facets;
    private final String instructions;
    private final ResponseFormat form;
    private final String fingerprint;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Makes the prompt.
     *
     * @param facets to choose from
     * @param pool where demonstrations come from
     * @param demonstrations how many are shown
     * @param thought whether the steps are asked for
     */
    public Prompt(Facets facets, DemonstrationPool pool, int demonstrations, Thought thought) {
        TextResource resource = TextResource.bundled(RESOURCE);
        Template whole = Engine.builder().addDefaults().build().parse(resource.content());
        this.review = whole.getFragment("review");
        this.pool = pool;
        this.demonstrations = demonstrations;
        this.thought = thought;
        this.facets = facets;
        this.instructions = whole.getFragment("instructions")
                .data(
                        "steps",
                        thought == Thought.STEPS,
                        "facets",
                        facets.covers().entrySet().stream()
                                .map(facet -> Map.of("name", facet.getKey().name(), "covers", facet.getValue()))
                                .toList())
                .render()
                .strip();
        this.form = AnswerSchema.of(facets, thought);
        this.fingerprint = fingerprint(
                resource.content(), instructions, demonstrations == 0 ? "" : demonstrations + pool.content());
    }

    /**
     * The question about one review.
     *
     * @param asked the review, without invisible characters and personal data
     * @param boundary a line that the review cannot contain
     * @param problem what was wrong with the answer before, empty at first
     * @return messages and the form of the answer; no tools
     */
    public ChatRequest question(Review asked, String boundary, String problem) {
        List<Map<String, Object>> shown = pool.nearest(asked, demonstrations).stream()
                .map(one -> Map.<String, Object>of(
                        "title", one.title(),
                        "text", one.text(),
                        "rating", one.rating(),
                        "motives", write(one.motives())))
                .toList();
        String content = review.data("demonstrations", shown)
                .data("boundary", boundary)
                .data("rating", asked.rating())
                .data("title", asked.title())
                .data("text", asked.text())
                .data("problem", problem)
                .render()
                .strip();
        return ChatRequest.builder()
                .messages(SystemMessage.from(instructions), UserMessage.from(content))
                .responseFormat(form)
                .build();
    }

    /**
     * The same question as it is sent: without chance, and with an end to the answer.
     *
     * @param question what {@link #question} gave
     * @param answerTokensMax the most tokens of the answer
     * @return the request
     */
    public static ChatRequest limited(ChatRequest question, int answerTokensMax) {
        return ChatRequest.builder()
                .messages(question.messages())
                .responseFormat(question.responseFormat())
                .temperature(0.0)
                .maxOutputTokens(answerTokensMax)
                .build();
    }

    /**
     * The standing instructions as the model gets them.
     *
     * @return the system message
     */
    public String instructions() {
        return instructions;
    }

    /**
     * The facets it offers.
     *
     * @return the facets
     */
    public Facets facets() {
        return facets;
    }

    /**
     * Whether it asks for the steps.
     *
     * @return the thought
     */
    public Thought thought() {
        return thought;
    }

    /**
     * Which prompt this is: with another one, other results are to be expected.
     *
     * @return the version, and the beginning of the SHA-256 of the resource, the facets and the demonstrations
     */
    public String id() {
        return "p" + VERSION + "-" + fingerprint;
    }

    private String write(List<Candidate> motives) {
        try {
            return json.writeValueAsString(motives);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every motive can be written as JSON", e);
        }
    }

    private static String fingerprint(String... parts) {
        MessageDigest digest = Sha256.begin();
        for (String part : parts) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return Sha256.of(digest).substring(0, FINGERPRINT_LENGTH);
    }
}
