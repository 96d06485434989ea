package dev.lmmrec.core.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads one Python literal made of dicts, lists, tuples, strings, numbers, True, False and None: the form in which some
 * older review sets were written instead of JSON. A JSON parser told to be lenient would misread the escapes
 * ({@code \x41}) and knows no {@code True}.
 */
final class PythonLiteral {

    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 100;
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+L?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String line;
    private int at;

    private PythonLiteral(String line) {
        this.line = line;
    }

    static JsonNode parse(String line) throws BadLineException {
        PythonLiteral literal = new PythonLiteral(line);
        JsonNode value = literal.value(0);
        literal.skipBlanks();
        if (literal.at < line.length()) {
            throw literal.bad("nothing more");
        }
        return value;
    }

    private JsonNode value(int depth) throws BadLineException {
        if (depth > DEPTH_MAX) {
            throw new BadLineException("is nested deeper than " + DEPTH_MAX);
        }
        skipBlanks();
        return switch (peek()) {
            case '{' -> dict(depth);
            case '[' -> list(']', depth);
            case '(' -> list(')', depth);
            case '\'', '"' -> NODES.textNode(string());
            default -> startsString() ? NODES.textNode(string()) : word();
        };
    }

    private boolean startsString() {
        char prefix = peek();
        char next = at + 1 < line.length() ? line.charAt(at + 1) : 0;
        return (prefix == 'u' || prefix == 'U') && (next == '\'' || next == '"');
    }

    private ObjectNode dict(int depth) throws BadLineException {
        ObjectNode dict = NODES.objectNode();
        at++;
        while (!closed('}')) {
            JsonNode key = value(depth + 1);
            if (!key.isTextual()) {
                throw bad("a string before the ':'");
            }
            expect(':');
            dict.set(key.textValue(), value(depth + 1));
            separate('}');
        }
        return dict;
    }

    private ArrayNode list(char end, int depth) throws BadLineException {
        ArrayNode list = NODES.arrayNode();
        at++;
        while (!closed(end)) {
            list.add(value(depth + 1));
            separate(end);
        }
        return list;
    }

    private boolean closed(char end) {
        skipBlanks();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private void separate(char end) throws BadLineException {
        skipBlanks();
        if (peek() != end) {
            expect(',');
        }
    }

    private void expect(char wanted) throws BadLineException {
        skipBlanks();
        if (peek() != wanted) {
            throw bad("'" + wanted + "'");
        }
        at++;
    }

    private String string() throws BadLineException {
        if (peek() == 'u' || peek() == 'U') {
            at++;
        }
        char quote = line.charAt(at++);
        StringBuilder text = new StringBuilder();
        while (true) {
            if (at >= line.length()) {
                throw bad("a closing " + quote);
            }
            char c = line.charAt(at++);
            if (c == quote) {
                return text.toString();
            } else if (c == '\\') {
                escape(text);
            } else {
                text.append(c);
            }
        }
    }

    private void escape(StringBuilder text) throws BadLineException {
        char kind = peek();
        at++;
        switch (kind) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'v' -> text.append('\u000b');
            case '\\', '\'', '"' -> text.append(kind);
            case 'x' -> text.append((char) hexadecimal(2));
            case 'u' -> text.append((char) hexadecimal(4));
            case 'U' -> text.appendCodePoint(codePoint(hexadecimal(8)));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                text.append((char) octal());
            }
            // Python keeps the backslash of an escape that it does not know
            default -> {
                at--;
                text.append('\\');
            }
        }
    }

    private int codePoint(long value) throws BadLineException {
        if (value > Character.MAX_CODE_POINT) {
            throw bad("a character up to \\U0010ffff");
        }
        return (int) value;
    }

    private long hexadecimal(int digits) throws BadLineException {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw bad(digits + " hexadecimal digits");
            }
            value = value * 16 + digit;
            at++;
        }
        return value;
    }

    private int octal() {
        int value = 0;
        for (int i = 0; i < 3 && peek() >= '0' && peek() <= '7'; i++) {
            value = value * 8 + (peek() - '0');
            at++;
        }
        return value;
    }

    private JsonNode word() throws BadLineException {
        int start = at;
        while (at < line.length() && isOfWord(line.charAt(at))) {
            at++;
        }
        String word = line.substring(start, at);
        return switch (word) {
            case "True" -> NODES.booleanNode(true);
            case "False" -> NODES.booleanNode(false);
            case "None" -> NODES.nullNode();
            default -> {
                if (word.length() <= NUMBER_LENGTH_MAX && WHOLE.matcher(word).matches()) {
                    yield whole(word);
                }
                if (word.length() <= NUMBER_LENGTH_MAX && DECIMAL.matcher(word).matches()) {
                    yield NODES.numberNode(Double.parseDouble(word));
                }
                at = start;
                throw bad("a value");
            }
        };
    }

    private static JsonNode whole(String word) {
        BigInteger value = new BigInteger(word.endsWith("L") ? word.substring(0, word.length() - 1) : word);
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    private static boolean isOfWord(char c) {
        return c == '+' || c == '-' || c == '.' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private char peek() {
        return at < line.length() ? line.charAt(at) : 0;
    }

    private void skipBlanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private BadLineException bad(String expected) {
        return new BadLineException("is neither JSON nor a Python literal: expected " + expected + " at character "
                + (Math.min(at, line.length()) + 1));
    }
}
