package dev.lmmrec.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The bundled sample as rows: each review's text is its one motivation, and its vector counts the text's words, each at
 * the component that the word's hash names. No sentence encoder is needed, and words in common make vectors alike.
 */
public final class SampleRows {

    private SampleRows() {}

    public static List<ReviewMotivations> read() throws IOException {
        Path file = DynamoDbLocal.repositoryRoot().resolve("models/sample/reviews.jsonl");
        ObjectMapper json = new ObjectMapper();
        List<ReviewMotivations> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Review review = json.readValue(line, Review.class);
            DenseVector vector = words(review.text());
            Motivation motivation = new Motivation(
                    Side.ITEM, Facet.FUNCTION, Polarity.POSITIVE, review.text(), review.text(), Field.TEXT, 0, 1, 1);
            rows.add(ReviewMotivations.of(review, 1, "whole-text", List.of(motivation), List.of(), 0)
                    .withVectors(new ReviewVectors("hashed-words", vector, List.of(vector))));
        }
        return rows;
    }

    private static DenseVector words(String text) {
        float[] counts = new float[Dataset.TEXT_WIDTH];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            counts[Math.floorMod(word.hashCode(), counts.length)]++;
        }
        return DenseVector.of(counts);
    }
}
