package dev.lmmrec.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the terminal shows of one user's answer. */
final class Page {

    private static final int QUOTE_LENGTH_MAX = 110;
    private static final int WANTS_MAX = 3;

    private final Terminal terminal;

    Page(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(JsonNode profile, JsonNode answer) {
        terminal.line("");
        terminal.line("user " + answer.path("userId").asText() + ", "
                + profile.path("reviewCount").asInt() + " reviews" + wants(profile));
        if (answer.hasNonNull("note")) {
            terminal.line("  (" + answer.path("note").asText() + ")");
        }
        for (JsonNode item : answer.path("items")) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%3d  %s%s  %.3f",
                    item.path("rank").asInt(),
                    item.path("itemId").asText(),
                    kind(item),
                    item.path("score").asDouble()));
            item.path("reasons").forEach(this::print);
        }
    }

    private void print(JsonNode reason) {
        String facet = reason.path("facet").asText();
        JsonNode user = reason.path("user");
        if (!user.isMissingNode()) {
            JsonNode quote = user.path("quote");
            terminal.line(String.format(
                    Locale.ROOT,
                    "       %-12s you wrote   “%s” (on %s)",
                    facet,
                    shorten(quote.path("text").asText()),
                    quote.path("itemId").asText()));
            facet = "";
        }
        JsonNode quote = reason.path("item").path("quote");
        terminal.line(String.format(
                Locale.ROOT,
                "       %-12s others say  “%s” (%s)",
                facet,
                shorten(quote.path("text").asText()),
                quote.path("userId").asText()));
    }

    private static String wants(JsonNode profile) {
        List<String> wants = new ArrayList<>();
        for (JsonNode motivation : profile.path("motivations")) {
            if (wants.size() < WANTS_MAX
                    && "USER".equals(motivation.path("side").asText())) {
                wants.add(motivation.path("statement").asText());
            }
        }
        return wants.isEmpty() ? "" : ": " + String.join("; ", wants);
    }

    private static String kind(JsonNode item) {
        JsonNode first = item.path("kind").path(0);
        return first.isMissingNode() ? "" : " (" + first.asText() + ")";
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= QUOTE_LENGTH_MAX ? line : line.substring(0, QUOTE_LENGTH_MAX - 1) + "…";
    }
}
