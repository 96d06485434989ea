package dev.lmmrec.extraction.extractor.llm;

import dev.langchain4j.model.chat.ChatModel;
import dev.lmmrec.extraction.cost.DaySpend;
import dev.lmmrec.extraction.cost.Price;
import dev.lmmrec.extraction.cost.ReviewCost;
import dev.lmmrec.extraction.extractor.ladder.Allowance;
import dev.lmmrec.extraction.extractor.llm.prompt.DemonstrationPool;
import dev.lmmrec.extraction.extractor.llm.prompt.Facets;
import dev.lmmrec.extraction.extractor.llm.prompt.Prompt;
import dev.lmmrec.extraction.extractor.llm.prompt.Thought;
import dev.lmmrec.extraction.extractor.llm.provider.Patience;
import dev.lmmrec.extraction.extractor.llm.provider.Provider;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rungs for tests, with little patience. */
final class Rungs {

    static final Prompt PROMPT =
            new Prompt(Facets.load(Optional.empty()), DemonstrationPool.load(Optional.empty()), 2, Thought.STEPS);

    static final int ANSWER_TOKENS = 1_000;

    private Rungs() {}

    static LlmRung of(ChatModel model, Patience patience, DaySpend day, List<ReviewCost> costs) {
        return new LlmRung(
                new Provider("stub", WireForm.MODEL, model, new Price(1, 10)),
                PROMPT,
                patience,
                ANSWER_TOKENS,
                day,
                new PersonalData("US"),
                costs::add);
    }

    static Patience patience(Duration timeout, int retries) {
        return new Patience(timeout, retries, Duration.ofMillis(10), 4, Duration.ofMillis(300));
    }

    static Allowance plenty() {
        return new Allowance(1_000_000, Duration.ofMinutes(1), System::nanoTime);
    }

    /** A day on which nothing is counted. */
    static DaySpend uncounted() {
        return new DaySpend() {
            @Override
            public boolean reserve(int tokens) {
                return true;
            }

            @Override
            public void settle(int reserved, int used) {
                // nothing was counted
            }
        };
    }
}
