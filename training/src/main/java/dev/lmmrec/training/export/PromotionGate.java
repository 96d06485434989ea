package dev.lmmrec.training.export;

import dev.lmmrec.models.Manifest;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps a worse version from replacing a better one. The versions were measured on the held-out parts of their own
 * data, so that a fall may also come of other data: the gate asks for a look, it does not judge.
 *
 * @param metric a metric of the manifests, higher is better, such as {@code test.recall@20}
 * @param tolerance by how much it may fall, as a share of the current version's, 0 to 1
 */
public record PromotionGate(String metric, double tolerance) {

    /** In the names of metrics of what the version was measured beside. */
    private static final String OF_ANOTHER = " of ";

    /**
     * Checks the tolerance.
     *
     * @throws IllegalStateException if it is no share
     */
    public PromotionGate {
        if (!(tolerance >= 0 && tolerance <= 1)) {
            throw new IllegalStateException("the tolerance is " + tolerance + ", must be from 0 to 1");
        }
    }

    /**
     * Compares two versions. A metric that the current one has not says nothing of the candidate.
     *
     * @param candidate wants to become the current one
     * @param current is the current one
     * @return what speaks against it; empty if nothing does
     */
    public Optional<String> objection(Manifest candidate, Manifest current) {
        Double after = candidate.metrics().get(metric);
        Double before = current.metrics().get(metric);
        if (after == null) {
            // also where the current version lacks it too: a name that was misspelt must not open the gate
            return Optional.of("version " + candidate.version() + " has no metric " + metric + "; it has "
                    + candidate.metrics().keySet().stream()
                            .filter(name -> !name.contains(OF_ANOTHER))
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        if (before == null || after >= before * (1 - tolerance)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "version %s has %s %.4f, which is more than %.1f %% below the %.4f of the current version %s",
                candidate.version(),
                metric,
                after,
                100 * tolerance,
                before,
                current.version()));
    }
}
