package dev.lmmrec.training.experiment;

import dev.lmmrec.training.evaluation.Figure;
import dev.lmmrec.training.experiment.Choice.Group;
import dev.lmmrec.training.experiment.Results.Row;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The pictures of a study, PNG. */
final class Plots {

    private static final int WIDTH_PIXELS = 1_000;
    private static final int HEIGHT_PIXELS = 640;
    private static final String RECALL = Figure.RECALL.at(20);
    private static final String NDCG = Figure.NDCG.at(20);

    private final CellFiles files;

    Plots(CellFiles files) {
        this.files = files;
    }

    /** Writes what the study has; what is returned says why there are no pictures on this machine. */
    Optional<String> write(Study study, Results results, Map<String, List<Checkpoint>> curves) throws IOException {
        try {
            if (!curves.isEmpty()) {
                learningCurves(curves);
            }
            if (study == Study.NOISE) {
                noise(results, Noise.Kind.INTERACTIONS);
                noise(results, Noise.Kind.TEXT);
            } else if (study == Study.SENSITIVITY) {
                sensitivity(results);
            } else if (study == Study.COLD_START) {
                coldStart(results);
            }
            return Optional.empty();
        } catch (LinkageError | InternalError | NullPointerException e) {
            // a Java without fonts fails so, and the tables are worth having all the same
            return Optional.of("pictures left out, this Java cannot draw: " + e);
        }
    }

    /** A line: values of y by x. */
    private static final class Lines {

        private final Map<String, TreeMap<Double, Double>> byName = new LinkedHashMap<>();

        void add(String name, double x, double y) {
            byName.computeIfAbsent(name, any -> new TreeMap<>()).put(x, y);
        }
    }

    private void learningCurves(Map<String, List<Checkpoint>> curves) throws IOException {
        Lines lines = new Lines();
        curves.forEach((model, history) ->
                history.forEach(checkpoint -> lines.add(model, checkpoint.epoch(), checkpoint.recall())));
        draw("learning-curves", "Learning curves, first seed", "epoch", "validation Recall@20", lines);
    }

    private void noise(Results results, Noise.Kind kind) throws IOException {
        for (String figure : List.of(RECALL, NDCG)) {
            Lines lines = new Lines();
            for (Row row : results.rows()) {
                if (row.noise().kind() == kind || row.noise().equals(Noise.NOTHING)) {
                    lines.add(
                            row.choice().model(),
                            100 * row.noise().share(),
                            row.test().get(figure).mean());
                }
            }
            lines.byName.values().removeIf(line -> line.size() < 2);
            if (!lines.byName.isEmpty()) {
                String what = kind.name().toLowerCase(Locale.ROOT);
                draw(
                        "noise-" + what + "-" + figure.replace('@', '-'),
                        "Corrupted " + what,
                        "% corrupted",
                        figure,
                        lines);
            }
        }
    }

    private void sensitivity(Results results) throws IOException {
        Map<String, Map<Group, Lines>> bySetting = new TreeMap<>();
        for (Row row : results.rows()) {
            for (Group group : Group.values()) {
                row.choice().settings(group).forEach((setting, value) -> {
                    if (row.label().equals(ResultTables.varied(row.choice(), group, setting))) {
                        bySetting
                                .computeIfAbsent(setting, any -> new EnumMap<>(Group.class))
                                .computeIfAbsent(group, any -> new Lines())
                                .add(
                                        row.choice().model(),
                                        value,
                                        row.test().get(RECALL).mean());
                    }
                });
            }
        }
        for (Map.Entry<String, Map<Group, Lines>> entry : bySetting.entrySet()) {
            boolean alone = entry.getValue().size() == 1;
            for (Map.Entry<Group, Lines> lines : entry.getValue().entrySet()) {
                String name = entry.getKey() + (alone ? "" : lines.getKey().suffix());
                draw("sensitivity-" + name.replace(' ', '-'), "Sensitivity to " + name, name, RECALL, lines.getValue());
            }
        }
    }

    private void coldStart(Results results) throws IOException {
        Lines users = new Lines();
        Lines items = new Lines();
        for (Row row : results.rows()) {
            row.userSlices().forEach(slice -> users.add(row.label(), first(slice.trainInteractions()), slice.recall()));
            row.itemSlices().forEach(slice -> items.add(row.label(), first(slice.trainInteractions()), slice.recall()));
        }
        draw("cold-start-users", "Users by training interactions", "at least so many interactions", RECALL, users);
        draw("cold-start-items", "Items by training interactions", "at least so many interactions", RECALL, items);
    }

    private static double first(String range) {
        return Double.parseDouble(range.replaceFirst("-.*", ""));
    }

    private void draw(String name, String title, String x, String y, Lines lines) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH_PIXELS)
                .height(HEIGHT_PIXELS)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        lines.byName.forEach((line, points) -> {
            List<Double> xs = new ArrayList<>(points.keySet());
            List<Double> ys = new ArrayList<>(points.values());
            chart.addSeries(line, xs, ys);
        });
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        BitmapEncoder.saveBitmap(chart, picture, BitmapFormat.PNG);
        files.write(files.folder().resolve(name + ".png"), picture.toByteArray());
    }
}
