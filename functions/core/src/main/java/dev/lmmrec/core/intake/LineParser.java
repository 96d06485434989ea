package dev.lmmrec.core.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns a line into the fields of an object, from JSON or, where it looks like one, from a Python literal. */
final class LineParser {

    private static final Pattern PYTHON_START = Pattern.compile("\\s*\\{\\s*[uU]?'.*", Pattern.DOTALL);
    private static final Pattern PYTHON_WORD = Pattern.compile("[:,\\[]\\s*(?:True|False|None|[uU]?')");

    private final ObjectReader json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    Fields parse(String line) throws BadLineException {
        if (PYTHON_START.matcher(line).matches()) {
            return Fields.of(PythonLiteral.parse(line));
        }
        try {
            return Fields.of(json.readTree(line));
        } catch (JsonProcessingException e) {
            // a dict whose first key needed double quotes looks like JSON until the first Python word
            if (PYTHON_WORD.matcher(line).find()) {
                return Fields.of(PythonLiteral.parse(line));
            }
            throw new BadLineException("is not JSON: " + firstLine(e.getOriginalMessage()) + place(e));
        }
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("no reason given");
        int source = line.indexOf(" at [Source");
        return Excerpt.of(source < 0 ? line : line.substring(0, source), 200);
    }

    private static String place(JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map(JsonLocation::getColumnNr)
                .filter(column -> column > 0)
                .map(column -> " at character " + column)
                .orElse("");
    }
}
