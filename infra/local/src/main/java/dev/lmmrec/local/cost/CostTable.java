package dev.lmmrec.local.cost;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The costs as a page of Markdown. */
public final class CostTable {

    private final CostSheet sheet;
    private final Costs costs;

    /**
     * Takes what is to be told.
     *
     * @param sheet names the extractors
     * @param costs works it out
     */
    public CostTable(CostSheet sheet, Costs costs) {
        this.sheet = sheet;
        this.costs = costs;
    }

    /**
     * Writes the page.
     *
     * @return lines that end with a line break
     */
    public String markdown() {
        StringBuilder page = new StringBuilder("Dollars; ")
                .append(sheet.pricesFrom())
                .append(".\n\n| what | dollars | of that |\n|---|---|---|\n");
        sheet.extractors()
                .forEach((name, extractor) ->
                        row(page, "a million reviews, extractor " + name, costs.millionReviews(extractor)));
        row(page, "a million recommendation requests", costs.millionRequests());
        row(page, "a month in which nothing happens", costs.idleMonth());
        page.append(line(
                "a million reviews and their profiles, kept for a month",
                amount(costs.millionReviewsKeptForAMonth()),
                "with point-in-time recovery"));
        costs.trainingRun()
                .forEach((machine, dollars) -> page.append(line("a training run " + machine, amount(dollars), "")));
        return page.toString();
    }

    private static void row(StringBuilder page, String what, Map<String, Double> parts) {
        String shares = parts.entrySet().stream()
                .filter(part -> part.getValue() > 0)
                .map(part -> part.getKey() + " " + amount(part.getValue()))
                .collect(Collectors.joining(", "));
        page.append(line(
                what,
                amount(parts.values().stream().mapToDouble(Double::doubleValue).sum()),
                shares));
    }

    private static String line(String what, String dollars, String note) {
        return "| " + what + " | " + dollars + " | " + note + " |\n";
    }

    private static String amount(double dollars) {
        return String.format(Locale.ROOT, "%.2f", dollars);
    }
}
