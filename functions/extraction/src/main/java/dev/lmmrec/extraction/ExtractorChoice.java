package dev.lmmrec.extraction;

import dev.langchain4j.model.chat.ChatModel;
import dev.lmmrec.extraction.ExtractionSettings.Endpoint;
import dev.lmmrec.extraction.cost.CostMetrics;
import dev.lmmrec.extraction.cost.DaySpend;
import dev.lmmrec.extraction.cost.Price;
import dev.lmmrec.extraction.cost.SpendTable;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.embedded.EmbeddedExtractor;
import dev.lmmrec.extraction.extractor.ladder.Ladder;
import dev.lmmrec.extraction.extractor.ladder.Rung;
import dev.lmmrec.extraction.extractor.llm.LlmRung;
import dev.lmmrec.extraction.extractor.llm.prompt.DemonstrationPool;
import dev.lmmrec.extraction.extractor.llm.prompt.Facets;
import dev.lmmrec.extraction.extractor.llm.prompt.Prompt;
import dev.lmmrec.extraction.extractor.llm.prompt.Thought;
import dev.lmmrec.extraction.extractor.llm.provider.ChatModels;
import dev.lmmrec.extraction.extractor.llm.provider.Patience;
import dev.lmmrec.extraction.extractor.llm.provider.Provider;
import dev.lmmrec.extraction.extractor.llm.provider.SecretKey;
import dev.lmmrec.extraction.metric.MetricLines;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes the extractors that the configuration names, and none of the others. */
final class ExtractorChoice {

    private static final String NO_KEY = "none";

    /** Those that need no network, and so always answer. */
    private static final Map<String, Supplier<Extractor>> OFFLINE = Map.of(
            "embedded", EmbeddedExtractor::load,
            "student", EmbeddedExtractor::student,
            "student:twice", EmbeddedExtractor::studentTwice);

    private final ExtractionSettings settings;
    private final DynamoDbClient dynamoDb;
    private final PersonalData personalData;
    private final Clock clock;
    private final List<String> names;
    private final SecretKey secrets = new SecretKey();

    ExtractorChoice(ExtractionSettings settings, DynamoDbClient dynamoDb, PersonalData personalData, Clock clock) {
        this.settings = settings;
        this.dynamoDb = dynamoDb;
        this.personalData = personalData;
        this.clock = clock;
        this.names = Arrays.stream(settings.extractor().split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                // what openai was called when it was the only one
                .map(name -> name.equals("llm") ? "openai" : name)
                .distinct()
                .toList();
    }

    /**
     * The one named extractor, or a ladder of several.
     *
     * @throws IllegalArgumentException if the configuration names none, one that does not exist, or one that lacks
     *     something
     */
    Extractor extractor() {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("LMMREC_EXTRACTOR is empty, must name at least one extractor");
        }
        if (names.size() == 1 && OFFLINE.containsKey(names.get(0))) {
            return OFFLINE.get(names.get(0)).get();
        }
        for (String name : names.subList(0, names.size() - 1)) {
            if (OFFLINE.containsKey(name)) {
                throw new IllegalArgumentException("LMMREC_EXTRACTOR is '" + settings.extractor() + "': '" + name
                        + "' always answers, so nothing after it is ever asked; name it last");
            }
        }
        return new Ladder(
                rungs(), settings.llm().tokensPerReview(), settings.llm().timePerReview(), System::nanoTime);
    }

    /** Who waits for an endpoint can wait for several answers at once; who computes here cannot. */
    Executor executor() {
        return OFFLINE.keySet().containsAll(names)
                ? Runnable::run
                : Executors.newFixedThreadPool(Math.max(1, settings.llm().parallel()), work -> {
                    Thread thread = new Thread(work, "extraction");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private List<Rung> rungs() {
        checkTimes();
        Prompt prompt = prompt(settings);
        long cap = settings.llm().tokensPerDay();
        // without a cap it is counted all the same: what a review costs is known by it
        DaySpend day = new SpendTable(dynamoDb, settings.spendTable(), cap == 0 ? Long.MAX_VALUE : cap, clock);
        CostMetrics metrics = new CostMetrics(new MetricLines());
        return names.stream()
                .map(name -> OFFLINE.containsKey(name)
                        ? Rung.free(OFFLINE.get(name).get())
                        : new LlmRung(
                                provider(name),
                                prompt,
                                Patience.of(
                                        settings.llm().timeout(), settings.llm().retries()),
                                settings.llm().tokensPerAnswer(),
                                day,
                                personalData,
                                metrics))
                .toList();
    }

    private void checkTimes() {
        Duration timeout = settings.llm().timeout();
        Duration whole = settings.llm().timePerReview();
        if (timeout.compareTo(whole) > 0) {
            throw new IllegalArgumentException("LMMREC_LLM_TIMEOUT is " + timeout.toSeconds()
                    + " s, which is more than LMMREC_LLM_TIME_PER_REVIEW, " + whole.toSeconds()
                    + " s: no call would ever be begun");
        }
    }

    /** What every language model is asked. */
    static Prompt prompt(ExtractionSettings settings) {
        return new Prompt(
                Facets.load(settings.facetsFile()),
                DemonstrationPool.load(settings.demonstrationsFile()),
                settings.llm().demonstrations(),
                thought(settings));
    }

    private static Thought thought(ExtractionSettings settings) {
        return switch (settings.llm().thought().strip().toLowerCase(Locale.ROOT)) {
            case "steps" -> Thought.STEPS;
            case "none" -> Thought.NONE;
            default ->
                throw new IllegalArgumentException(
                        "LMMREC_LLM_THOUGHT is '" + settings.llm().thought() + "', must be 'steps' or 'none'");
        };
    }

    private Provider provider(String name) {
        Duration timeout = settings.llm().timeout();
        return switch (name) {
            case "openai" -> {
                Endpoint endpoint = settings.openai();
                String model = needed(name, "MODEL", endpoint.model());
                yield provider(
                        name,
                        endpoint,
                        model,
                        ChatModels.openAi(needed(name, "URL", endpoint.url()), model, key(name, endpoint), timeout));
            }
            case "ollama" -> {
                Endpoint endpoint = settings.ollama();
                String model = needed(name, "MODEL", endpoint.model());
                yield provider(
                        name, endpoint, model, ChatModels.ollama(needed(name, "URL", endpoint.url()), model, timeout));
            }
            case "bedrock" -> {
                Endpoint endpoint = settings.bedrock();
                String model = needed(name, "MODEL", endpoint.model());
                yield provider(
                        name, endpoint, model, ChatModels.bedrock(model, endpoint.region(), endpoint.url(), timeout));
            }
            default ->
                throw new IllegalArgumentException("LMMREC_EXTRACTOR names '" + name
                        + "', must name one or more of bedrock, openai, ollama, embedded, student, student:twice");
        };
    }

    private String key(String name, Endpoint endpoint) {
        Optional<String> secret = endpoint.apiKeySecret().filter(given -> !given.isBlank());
        if (secret.isPresent() && !endpoint.apiKey().equals(NO_KEY)) {
            String variable = "LMMREC_" + name.toUpperCase(Locale.ROOT) + "_API_KEY";
            throw new IllegalArgumentException(
                    variable + " and " + variable + "_SECRET are both set, only one of them can count; take one away");
        }
        return secret.map(secrets::read).orElse(endpoint.apiKey());
    }

    private static Provider provider(String name, Endpoint endpoint, String modelName, ChatModel model) {
        return new Provider(name, modelName, model, new Price(endpoint.priceIn(), endpoint.priceOut()));
    }

    static String needed(String name, String part, Optional<String> value) {
        return value.filter(given -> !given.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("LMMREC_EXTRACTOR names '" + name
                        + "', which needs LMMREC_" + name.toUpperCase(Locale.ROOT) + "_" + part + "; it is not set"));
    }
}
