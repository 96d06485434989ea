package dev.lmmrec.extraction.extractor.llm;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.cost.DaySpend;
import dev.lmmrec.extraction.cost.ReviewCost;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.NoAnswer;
import dev.lmmrec.extraction.extractor.ExtractorId;
import dev.lmmrec.extraction.extractor.ladder.Allowance;
import dev.lmmrec.extraction.extractor.ladder.Rung;
import dev.lmmrec.extraction.extractor.llm.AnswerScreening.Screened;
import dev.lmmrec.extraction.extractor.llm.prompt.Prompt;
import dev.lmmrec.extraction.extractor.llm.provider.CarefulModel;
import dev.lmmrec.extraction.extractor.llm.provider.ModelFailedException;
import dev.lmmrec.extraction.extractor.llm.provider.NotAskedException;
import dev.lmmrec.extraction.extractor.llm.provider.Patience;
import dev.lmmrec.extraction.extractor.llm.provider.Provider;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks a large language model about one review; an answer that cannot be read is asked for once more. The model has no
 * tools and no memory, so that no review can reach beyond its own answer.
 */
public final class LlmRung implements Rung {

    private static final Logger LOG = Logger.getLogger(LlmRung.class);
    private static final int ANSWERS_MAX = 2;
    private static final int MODEL_NAME_LENGTH_MAX = 120;

    /** UTF-8 bytes per token, on the small side for any writing, so that estimates are on the large side. */
    private static final int BYTES_PER_TOKEN = 3;

    private static final TokenUsage NOTHING = new TokenUsage(0, 0);

    private final Provider provider;
    private final Prompt prompt;
    private final CarefulModel model;
    private final Patience patience;
    private final int answerTokensMax;
    private final DaySpend day;
    private final Consumer<ReviewCost> costs;
    private final AnswerScreening screening;
    private final Boundaries boundaries = new Boundaries();

    /**
     * Makes the rung.
     *
     * @param provider the model
     * @param prompt what is asked
     * @param patience how long and how often
     * @param answerTokensMax the most tokens of one answer
     * @param day the day's count of tokens
     * @param personalData finds what a statement must not tell
     * @param costs is told what each review cost
     */
    public LlmRung(
            Provider provider,
            Prompt prompt,
            Patience patience,
            int answerTokensMax,
            DaySpend day,
            PersonalData personalData,
            Consumer<ReviewCost> costs) {
        this.provider = provider;
        this.prompt = prompt;
        this.model = new CarefulModel(patience);
        this.patience = patience;
        this.answerTokensMax = answerTokensMax;
        this.day = day;
        this.costs = costs;
        this.screening = new AnswerScreening(prompt, personalData);
    }

    @Override
    public ExtractorId id() {
        return idOf(provider.name(), provider.modelName(), prompt);
    }

    /**
     * Names who asked what: the same whether it was asked at once or in a batch.
     *
     * @param providerName the provider's name
     * @param modelName the model's name there
     * @param prompt what is asked
     * @return the id that is stored with what was found
     */
    public static ExtractorId idOf(String providerName, String modelName, Prompt prompt) {
        String end = modelName.substring(Math.max(0, modelName.length() - MODEL_NAME_LENGTH_MAX));
        return new ExtractorId(providerName + "-" + end + "-" + prompt.id());
    }

    @Override
    public ExtractionOutcome extract(Review review, Allowance allowance) {
        Use use = new Use();
        long begin = System.nanoTime();
        Optional<Extracted> found = Optional.empty();
        String problem = "";
        String reason;
        try {
            for (int answer = 1; answer <= ANSWERS_MAX && found.isEmpty(); answer++) {
                String boundary = boundaries.next();
                Screened screened = screening.screen(
                        ask(prompt.question(review, boundary, problem), allowance, use), boundary, review);
                found = screened.found();
                problem = screened.problem();
                use.statementsRefused += screened.statementsRefused();
            }
            reason = "gave " + ANSWERS_MAX + " answers that cannot be used; of the last, " + problem;
        } catch (NotAskedException e) {
            reason = (problem.isEmpty() ? e : e.after("gave an answer that cannot be used, " + problem)).getMessage();
        } catch (ModelFailedException e) {
            reason = e.getMessage();
        }
        told(use.cost(review, provider, found.isPresent(), Duration.ofNanos(System.nanoTime() - begin)));
        return found.isPresent() ? found.get() : new NoAnswer(provider.name() + " " + reason);
    }

    private void told(ReviewCost cost) {
        costs.accept(cost);
        try {
            day.note(cost);
        } catch (SdkException e) {
            LOG.warnf("the day's costs lack a review: %s", e.getClass().getSimpleName());
        }
    }

    private ChatResponse ask(ChatRequest question, Allowance allowance, Use use) {
        ChatRequest request = Prompt.limited(question, answerTokensMax);
        int most = estimate(question) + answerTokensMax;
        return model.answer(() -> call(request, most, allowance, use));
    }

    private ChatResponse call(ChatRequest request, int most, Allowance allowance, Use use) {
        if (!allowance.hasTime(patience.timeout())) {
            throw new NotAskedException("the review's time is used up");
        }
        if (!allowance.hasTokens(most)) {
            throw new NotAskedException("the review's tokens are used up");
        }
        reserve(most);
        // until something else is known: who breaks off a call pays for it
        TokenUsage used = new TokenUsage(most - answerTokensMax, answerTokensMax);
        try {
            use.calls++;
            ChatResponse response = provider.model().chat(request);
            TokenUsage told = response.tokenUsage();
            if (told != null && told.totalTokenCount() != null) {
                used = told;
            }
            return response;
        } catch (RuntimeException e) {
            if (costsNothing(e)) {
                used = NOTHING;
            }
            throw e;
        } finally {
            use.add(used);
            allowance.use(used.totalTokenCount());
            settle(most, used.totalTokenCount());
        }
    }

    /** Who refuses a call did not think about it, and who was never reached has not heard of it. */
    private static boolean costsNothing(RuntimeException failure) {
        if (failure instanceof LangChain4jException && !(failure instanceof TimeoutException)) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    /** A count that cannot be kept is a cap that cannot be held. */
    private void reserve(int tokens) {
        boolean room;
        try {
            room = day.reserve(tokens);
        } catch (SdkException e) {
            throw new NotAskedException(
                    "the day's tokens cannot be counted (" + e.getClass().getSimpleName() + ")");
        }
        if (!room) {
            throw new NotAskedException("the day's tokens are used up");
        }
    }

    /** The answer is there and paid for: a count that is too high until midnight is the lesser evil. */
    private void settle(int reserved, int used) {
        try {
            day.settle(reserved, used);
        } catch (SdkException e) {
            LOG.warnf(
                    "%d tokens stay counted that were not used: %s",
                    reserved - used, e.getClass().getSimpleName());
        }
    }

    private static int estimate(ChatRequest question) {
        int bytes = question.messages().stream()
                .mapToInt(message -> message.toString().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return bytes / BYTES_PER_TOKEN + 1;
    }

    /**
     * What the calls for one review used: as the endpoint tells it; where it tells nothing, as after a call that was
     * broken off, an estimate of the question and the longest answer.
     */
    private static final class Use {

        private int calls;
        private long tokensIn;
        private long tokensOut;
        private int statementsRefused;

        void add(TokenUsage used) {
            tokensIn += orZero(used.inputTokenCount());
            tokensOut += orZero(used.outputTokenCount());
        }

        private static int orZero(Integer tokens) {
            return tokens == null ? 0 : tokens;
        }

        ReviewCost cost(Review review, Provider provider, boolean answered, Duration took) {
            return new ReviewCost(
                    review.reviewId(),
                    provider.name(),
                    provider.modelName(),
                    answered,
                    calls,
                    tokensIn,
                    tokensOut,
                    provider.price().of(tokensIn, tokensOut),
                    statementsRefused,
                    took);
        }
    }
}
