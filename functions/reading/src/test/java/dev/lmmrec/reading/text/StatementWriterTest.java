package dev.lmmrec.reading.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.testing.Reviews;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementWriterTest {

    private static StatementWriter writer;

    @BeforeAll
    static void readResources() throws IOException {
        writer = new StatementWriter(Cues.read(open("cues.txt")), Verbs.read(open("verbs.tsv")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    It's easy to clean and                    | easy to clean
                    the battery of my Zorblax X200 lasts      | battery of their lasts
                    great tone                                | great tone overall
                    It NEVER slips off                        | never slips off
                    one two three four five six seven eight nine ten eleven | one two three four five six seven eight nine ten
                    """)
    void trait_isWrittenInNeutralLowerCase(String evidence, String statement) {
        assertThat(write(Side.ITEM, evidence)).contains(statement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    I needed a bag for my trips               | needs a bag for their trips
                    I'm a beginner on the drums               | is a beginner on the drums
                    I've been looking for a quiet one         | has been looking for a quiet one
                    I also use it at work                     | uses it at work
                    bought this for my wife                   | buys this for their wife
                    my son is eight years old                 | has a son is eight years old
                    my old sleeping mat leaks                 | has an old sleeping mat leaks
                    for a small kitchen                       | wants it for a small kitchen
                    perfect for a small desk                  | wants something perfect for a small desk
                    I don't have much room                    | does not have much room
                    """)
    void want_beginsWithAVerbInTheThirdPerson(String evidence, String statement) {
        assertThat(write(Side.USER, evidence)).contains(statement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    USER | We never have problems with our Monster gold cables | never has problems with their gold cables
                    USER | i never buy guitar stuff                  | never buys guitar stuff
                    USER | I never have to tune this guitar          | never has to tune this guitar
                    USER | I have never had a hum                    | never has a hum
                    USER | I also never use it at home               | never uses it at home
                    USER | never recommend this to beginners         | never recommends this to beginners
                    USER | I've never had a better one               | has never had a better one
                    ITEM | quiet it is not                           | quiet it is not
                    ITEM | mine did not                              | their did not
                    ITEM | tone that is bright and rich and clear all day and never dull | tone that is bright and rich and clear all day
                    ITEM | light and small and nice to look at but it is not quiet | light and small and nice to look
                    ITEM | never had a problem with the strap        | never had a problem with the strap
                    """)
    void denial_isSaidAsTheQuoteSaysIt(Side side, String evidence, String statement) {
        assertThat(write(side, evidence)).contains(statement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    USER | not one that I like                       | skipped before the verb
                    USER | no noise when I play at home              | skipped before the verb
                    ITEM | good old manual dials to set the sound you want with no effort | cut after ten words
                    ITEM | made with care, not China                 | what it denies is a name
                    ITEM | good old manual dials that set the sound are now not cheap | cut between denial and denied
                    """)
    void denial_thatFindsNoRoom_leavesNothingToSay(Side side, String evidence, String why) {
        assertThat(write(side, evidence)).as(why).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"it is the", "it is not"})
    void evidence_ofNamesAndFillersOnly_saysNothing(String evidence) {
        assertThat(write(Side.ITEM, evidence)).isEmpty();
    }

    private static Optional<String> write(Side side, String evidence) {
        List<Token> tokens = Sentence.of(Reviews.of(evidence)).get(0).tokens();
        return writer.write(side, Polarity.POSITIVE, tokens, true);
    }

    private static BufferedReader open(String resource) {
        return new BufferedReader(
                new InputStreamReader(StatementWriter.class.getResourceAsStream(resource), StandardCharsets.UTF_8));
    }
}
