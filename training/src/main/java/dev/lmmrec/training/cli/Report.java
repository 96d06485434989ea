package dev.lmmrec.training.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import dev.lmmrec.training.run.Comparison.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code --json} writes of one split.
 *
 * @param settings the shape of the run
 * @param test model → figure → value
 * @param validationRecall of the served model, Recall@20
 * @param known weights for users with an interaction vector
 * @param byHistory weights for users whose row is made of their history
 * @param textOnly weights for users without either
 * @param bestEpoch of the served model
 * @param history its validations
 * @param notes what a reader should know
 */
record Report(
        Map<String, String> settings,
        Map<String, Map<String, Double>> test,
        double validationRecall,
        Weights known,
        Weights byHistory,
        Weights textOnly,
        int bestEpoch,
        List<Checkpoint> history,
        Map<String, String> notes) {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Report of(Settings settings, Outcome outcome) {
        Map<String, Map<String, Double>> test = new LinkedHashMap<>();
        outcome.rows().forEach(row -> test.put(row.model(), row.test().byName()));
        return new Report(
                settings.byName(),
                test,
                outcome.validationRecall(),
                outcome.known(),
                outcome.history(),
                outcome.textOnly(),
                outcome.served().bestEpoch(),
                outcome.served().history(),
                outcome.notes());
    }

    static void write(Path file, Object content) throws IOException {
        JSON.writeValue(file.toFile(), content);
    }
}
