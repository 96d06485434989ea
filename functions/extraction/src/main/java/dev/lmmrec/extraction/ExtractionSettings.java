package dev.lmmrec.extraction;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The function's configuration; each property is an environment variable as well, as {@code LMMREC_OPENAI_URL}. */
@ConfigMapping(prefix = "lmmrec")
interface ExtractionSettings {

    /** The table of motivations. */
    @WithDefault("motivations")
    String motivationsTable();

    /** The table of who and what was forgotten. */
    @WithDefault("forgotten")
    String forgottenTable();

    /** The table of the day's tokens. */
    @WithDefault("spend")
    String spendTable();

    /** The rungs of the ladder, the most wanted first, between commas. */
    @WithDefault("embedded")
    String extractor();

    /** The country whose phone numbers reviews write without a country code. */
    @WithDefault("US")
    String phoneRegion();

    /** A file of facets in place of the twelve. */
    Optional<Path> facetsFile();

    /** A file of labelled reviews in place of the bundled ones. */
    Optional<Path> demonstrationsFile();

    /** What holds for every language model. */
    Llm llm();

    /** An endpoint that speaks OpenAI's chat completions. */
    Endpoint openai();

    /** An endpoint of Ollama. */
    Endpoint ollama();

    /** Amazon Bedrock. */
    Endpoint bedrock();

    /** What holds for every language model. */
    interface Llm {

        /** The most one call may take; with its retries it fits into the review's time. */
        @WithDefault("15s")
        Duration timeout();

        /** How often a call is tried again that failed for a reason that may pass. */
        @WithDefault("2")
        int retries();

        /** The most that all calls for one review may take: less than the function's own time. */
        @WithDefault("50s")
        Duration timePerReview();

        /** The most tokens that all calls for one review may take. */
        @WithDefault("24000")
        int tokensPerReview();

        /** The most tokens that all instances together may take in a day (UTC); 0 for no end. */
        @WithDefault("10000000")
        long tokensPerDay();

        /** The most tokens of one answer. */
        @WithDefault("4000")
        int tokensPerAnswer();

        /** How many reviews of a batch are asked about at once. */
        @WithDefault("10")
        int parallel();

        /** How many demonstrations are shown. */
        @WithDefault("2")
        int demonstrations();

        /** Whether the steps of the thought are asked for: steps or none. */
        @WithDefault("steps")
        String thought();
    }

    /** Where a model is and what it costs. */
    interface Endpoint {

        /** Where it is. */
        Optional<String> url();

        /** The model's name there. */
        Optional<String> model();

        /** The key, where one is asked for. */
        @WithDefault("none")
        String apiKey();

        /** The ARN or name of a secret in AWS Secrets Manager that holds the key, in place of the key. */
        Optional<String> apiKeySecret();

        /** The AWS region, where there is one. */
        Optional<String> region();

        /** What a million tokens cost that it reads. */
        @WithDefault("0")
        @WithName("price-in")
        double priceIn();

        /** What a million tokens cost that it writes. */
        @WithDefault("0")
        @WithName("price-out")
        double priceOut();
    }
}
