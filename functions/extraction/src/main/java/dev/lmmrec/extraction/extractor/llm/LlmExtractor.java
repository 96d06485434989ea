package dev.lmmrec.extraction.extractor.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.service.output.OutputParsingException;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.Candidate;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.ExtractorId;
import dev.lmmrec.extraction.grounding.Invisible;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Typed;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks a large language model; an answer that cannot be read is asked for once more. */
@Dependent
@Typed(LlmExtractor.class)
public final class LlmExtractor implements Extractor {

    private static final int ATTEMPTS_MAX = 2;
    private static final int BOUNDARY_BYTES = 16;
    private static final int KIND_WORDS_MAX = 3;
    private static final int KIND_LENGTH_MAX = 40;

    private static final String REPAIR = "Your last answer was no complete JSON object of the required schema. Answer"
            + " again, with that object and nothing else.";

    private final MotivationModel model;
    private final ExtractorId id;
    private final SecureRandom random = new SecureRandom();

    /**
     * Makes the extractor.
     *
     * @param model answers
     * @param url the endpoint; only checked here
     * @param modelName the model's name at the endpoint
     * @throws IllegalArgumentException if the endpoint or the model is not configured
     */
    public LlmExtractor(
            MotivationModel model,
            @ConfigProperty(name = "lmmrec.llm.url") Optional<String> url,
            @ConfigProperty(name = "lmmrec.llm.model") Optional<String> modelName) {
        if (url.isEmpty() || modelName.isEmpty()) {
            throw new IllegalArgumentException(
                    "LMMREC_EXTRACTOR=llm needs LMMREC_LLM_URL and LMMREC_LLM_MODEL; at least one is not set");
        }
        this.model = model;
        this.id = new ExtractorId("llm-" + modelName.get() + "-" + Prompt.fingerprint());
    }

    @Override
    public ExtractorId id() {
        return id;
    }

    @Override
    public ExtractionOutcome extract(Review review) {
        String problem = "";
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            try {
                ModelAnswer answer = ask(review, problem);
                if (answer != null && answer.isComplete()) {
                    return extracted(answer);
                }
            } catch (OutputParsingException e) {
                // asked once more below; the exception quotes the answer and so is not passed on
            } catch (LangChain4jException | WebApplicationException | ProcessingException e) {
                return new ExtractionOutcome.NoAnswer("the model's endpoint failed: " + kindOf(e));
            }
            problem = REPAIR;
        }
        return new ExtractionOutcome.NoAnswer("the model gave " + ATTEMPTS_MAX + " answers that do not fit the schema");
    }

    private ModelAnswer ask(Review review, String problem) {
        byte[] secret = new byte[BOUNDARY_BYTES];
        random.nextBytes(secret);
        return model.read(
                problem,
                HexFormat.of().formatHex(secret),
                Double.toString(review.rating()),
                Invisible.strip(review.title()),
                Invisible.strip(review.text()));
    }

    private static ExtractionOutcome extracted(ModelAnswer answer) {
        List<Candidate> candidates = answer.motivations().stream()
                .map(motive -> new Candidate(
                        motive.side(),
                        new Facet(motive.facet().name().toLowerCase(Locale.ROOT)),
                        motive.polarity(),
                        motive.statement(),
                        motive.evidence(),
                        motive.strength(),
                        motive.confidence()))
                .toList();
        List<String> kind = answer.kind().stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty() && word.length() <= KIND_LENGTH_MAX)
                .distinct()
                .limit(KIND_WORDS_MAX)
                .toList();
        return new ExtractionOutcome.Extracted(candidates, kind);
    }

    /** The kind of failure without its message: endpoints like to quote what they were sent. */
    private static String kindOf(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                return "HTTP status " + http.statusCode();
            }
            if (cause instanceof WebApplicationException answer) {
                return "HTTP status " + answer.getResponse().getStatus();
            }
        }
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }
}
