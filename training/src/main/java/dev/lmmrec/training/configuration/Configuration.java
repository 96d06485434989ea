package dev.lmmrec.training.configuration;

import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.training.data.Source;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is said of a run.
 *
 * @param data what to run on; empty if it is named elsewhere
 * @param protocol how interactions are split
 * @param fit settings of training by gradient, like those of a {@link Part}
 * @param backbones which; empty for all of the catalogue
 * @param wrappers what to put around each of them; empty for all that the data have text for
 * @param search the effort of choosing settings
 * @param resamples draws of a paired bootstrap
 * @param seeds one run per seed; each is the seed of a random split and of training
 */
public record Configuration(
        Optional<Source.Origin> data,
        Protocol protocol,
        Map<String, List<Double>> fit,
        List<Part> backbones,
        List<Part> wrappers,
        Search search,
        int resamples,
        List<Long> seeds) {

    /** Copies the collections. */
    public Configuration {
        fit = Collections.unmodifiableMap(new LinkedHashMap<>(fit));
        backbones = List.copyOf(backbones);
        wrappers = List.copyOf(wrappers);
        seeds = List.copyOf(seeds);
    }

    /** What holds where nothing is said. */
    public static final Configuration DEFAULTS = new Configuration(
            Optional.empty(), Protocol.BY_DATA, Map.of(), List.of(), List.of(), new Search(1, 1), 10_000, List.of(1L));

    /** How interactions are split. */
    public enum Protocol {
        /** Published where the data come split, random otherwise. */
        BY_DATA("by-data"),
        /** As the data come: train.tsv, validation.tsv, test.tsv. */
        PUBLISHED("published"),
        /** 3:1:1 per user, by seed. */
        RANDOM("random");

        private final String title;

        Protocol(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /**
     * The effort of choosing settings, the same for every model.
     *
     * @param trials how many combinations of settings each model may try on validation; 1 takes the defaults
     * @param seed repeats the order in which they are tried
     */
    public record Search(int trials, long seed) {}

    /**
     * The same configuration on other data.
     *
     * @param path where they are
     * @param format of a file of reviews
     * @param motives motivations of a file of reviews
     * @param core fewest interactions of a user and an item
     * @return a new configuration
     */
    public Configuration on(Path path, ReviewFormat format, Optional<Path> motives, int core) {
        double ratingMin = data.map(Source.Origin::ratingMin).orElse(0.0);
        return new Configuration(
                Optional.of(new Source.Origin(path, format, motives, core, ratingMin)),
                protocol,
                fit,
                backbones,
                wrappers,
                search,
                resamples,
                seeds);
    }

    /**
     * The same configuration with other seeds.
     *
     * @param others the seeds
     * @return a new configuration
     */
    public Configuration withSeeds(List<Long> others) {
        return new Configuration(data, protocol, fit, backbones, wrappers, search, resamples, others);
    }

    /**
     * The same configuration with another effort.
     *
     * @param other the effort
     * @return a new configuration
     */
    public Configuration withSearch(Search other) {
        return new Configuration(data, protocol, fit, backbones, wrappers, other, resamples, seeds);
    }

    /**
     * The same configuration with other models.
     *
     * @param otherBackbones which backbones
     * @param otherWrappers which wrappers
     * @return a new configuration
     */
    public Configuration withModels(List<Part> otherBackbones, List<Part> otherWrappers) {
        return new Configuration(data, protocol, fit, otherBackbones, otherWrappers, search, resamples, seeds);
    }

    /**
     * The same configuration with other settings of training by gradient.
     *
     * @param other the settings
     * @return a new configuration
     */
    public Configuration withFit(Map<String, List<Double>> other) {
        return new Configuration(data, protocol, other, backbones, wrappers, search, resamples, seeds);
    }
}
