package dev.lmmrec.bench.command;

import dev.lmmrec.bench.search.SearchBench.Floor;
import dev.lmmrec.bench.search.SearchBench.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How the time of a search grows with the number of items, as a picture. */
final class Curve {

    private static final int WIDTH_PIXELS = 1_000;
    private static final int HEIGHT_PIXELS = 600;

    private Curve() {}

    /** Writes {@code growth.png} and returns where it is. */
    static Path write(Path folder, List<Row> rows, List<Floor> floors) throws IOException {
        Map<String, TreeMap<Double, Double>> lines = new LinkedHashMap<>();
        for (Row row : rows) {
            lines.computeIfAbsent(row.way() + ", " + row.vectors(), name -> new TreeMap<>())
                    .put((double) row.items(), row.p50());
        }
        for (Floor floor : floors) {
            lines.computeIfAbsent("reading memory, all processors", name -> new TreeMap<>())
                    .put((double) floor.items(), floor.allThreads());
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH_PIXELS)
                .height(HEIGHT_PIXELS)
                .title("Time to find the best items for one user")
                .xAxisTitle("items")
                .yAxisTitle("milliseconds, p50")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        lines.forEach(
                (name, points) -> chart.addSeries(name, List.copyOf(points.keySet()), List.copyOf(points.values())));
        Path file = folder.resolve("growth.png");
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        return file;
    }
}
