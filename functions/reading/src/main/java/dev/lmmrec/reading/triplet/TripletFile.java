package dev.lmmrec.reading.triplet;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.reading.triplet.Triplet.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file in the layout of ASTE-Data: {@code words####[([aspect], [opinion], 'POS'), …]}, one sentence a line. */
public final class TripletFile {

    private static final String BORDER = "####";
    private static final Pattern TRIPLET =
            Pattern.compile("\\(\\[([0-9, ]+)\\], ?\\[([0-9, ]+)\\], ?'(POS|NEG|NEU)'\\)");
    private static final Map<String, Polarity> SENTIMENTS =
            Map.of("POS", Polarity.POSITIVE, "NEG", Polarity.NEGATIVE, "NEU", Polarity.NEUTRAL);

    private final Path file;

    /**
     * Names the file.
     *
     * @param file plain text in UTF-8
     */
    public TripletFile(Path file) {
        this.file = file;
    }

    /**
     * Whether a file has this layout.
     *
     * @param file any file
     * @return whether its first line has the border between words and triplets
     * @throws IOException if it cannot be read
     */
    public static boolean looksLikeOne(Path file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            return line != null && line.contains(BORDER + "[");
        }
    }

    /**
     * Reads all sentences.
     *
     * @return in the order of the file
     * @throws IOException if it cannot be read, or a line is not of the layout
     */
    public List<LabelledSentence> read() throws IOException {
        List<LabelledSentence> sentences = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    sentences.add(sentence(lines.get(i)));
                } catch (IllegalArgumentException e) {
                    throw new IOException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return sentences;
    }

    private static LabelledSentence sentence(String line) {
        int border = line.lastIndexOf(BORDER);
        if (border < 0) {
            throw new IllegalArgumentException("no " + BORDER + " between words and triplets");
        }
        List<String> words = Arrays.stream(line.substring(0, border).split(" ", -1))
                .filter(word -> !word.isBlank())
                .toList();
        String labels = line.substring(border + BORDER.length());
        List<Triplet> triplets = new ArrayList<>();
        Matcher matcher = TRIPLET.matcher(labels);
        while (matcher.find()) {
            Triplet triplet =
                    new Triplet(words(matcher.group(1)), words(matcher.group(2)), SENTIMENTS.get(matcher.group(3)));
            if (Math.max(triplet.aspect().last(), triplet.opinion().last()) >= words.size()) {
                throw new IllegalArgumentException("a triplet names a word beyond the " + words.size() + " there are");
            }
            triplets.add(triplet);
        }
        if (triplets.size() != labels.split("\\(", -1).length - 1) {
            throw new IllegalArgumentException("the triplets are not of the form ([0, 1], [3], 'POS'): " + labels);
        }
        return new LabelledSentence(words, triplets);
    }

    private static Words words(String indices) {
        int[] numbers = Arrays.stream(indices.split(",", -1))
                .mapToInt(index -> Integer.parseInt(index.trim()))
                .sorted()
                .toArray();
        return new Words(numbers[0], numbers[numbers.length - 1]);
    }
}
