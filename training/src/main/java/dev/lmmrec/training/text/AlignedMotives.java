package dev.lmmrec.training.text;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.core.reason.Want;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.models.FusedQuery.Motive;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import java.util.ArrayList;
import java.util.List;

/** What a trained text encoder makes of each motive of each user, as serving makes it of a profile. */
public final class AlignedMotives {

    /** So many motives go through the encoder together. */
    private static final int CHUNK = 4_096;

    private final int width;
    private final List<List<Motive>> users;
    private final float[] sums;

    private AlignedMotives(int width, List<List<Motive>> users, float[] sums) {
        this.width = width;
        this.users = users;
        this.sums = sums;
    }

    /**
     * Encodes all motives.
     *
     * @param texts says what each user is after
     * @param weights the encoder's
     * @return the aligned motives
     */
    public static AlignedMotives of(ReviewTexts texts, TextEncoder.Weights weights) {
        List<Want> wants = texts.wants().stream().flatMap(List::stream).toList();
        float[] vectors = directions(
                texts.sides(),
                weights,
                wants.stream().map(want -> want.motive().vector()).toList());
        int width = weights.width();
        List<List<Motive>> users = new ArrayList<>();
        float[] sums = new float[texts.wants().size() * width];
        int at = 0;
        for (List<Want> own : texts.wants()) {
            List<Motive> motives = new ArrayList<>();
            for (Want want : own) {
                float[] aligned = new float[width];
                System.arraycopy(vectors, at++ * width, aligned, 0, width);
                motives.add(new Motive(want.motive().id(), want.weight(), aligned));
                for (int k = 0; k < width; k++) {
                    sums[users.size() * width + k] += (float) (want.weight() * aligned[k]);
                }
            }
            users.add(motives);
        }
        return new AlignedMotives(width, users, sums);
    }

    /**
     * What an encoder makes of sentence vectors that need not be of any user or item it knows.
     *
     * @param sides the text that it was trained on
     * @param weights the encoder's
     * @param sentences {@code [k, 384]}
     * @return {@code [k, d]} flat, L2-normalised rows
     */
    public static float[] directions(TextSides sides, TextEncoder.Weights weights, List<DenseVector> sentences) {
        float[] vectors = new float[sentences.size() * weights.width()];
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            TextEncoder encoder = new TextEncoder(sides, weights, manager);
            for (int from = 0; from < sentences.size(); from += CHUNK) {
                int count = Math.min(CHUNK, sentences.size() - from);
                float[] chunk = new float[count * Dataset.TEXT_WIDTH];
                for (int s = 0; s < count; s++) {
                    float[] vector = sentences.get(from + s).toArray();
                    System.arraycopy(vector, 0, chunk, s * Dataset.TEXT_WIDTH, Dataset.TEXT_WIDTH);
                }
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    float[] aligned = TextEncoder.direction(encoder.encoded(
                                    manager.create(chunk, new Shape(count, Dataset.TEXT_WIDTH)), Parameter::value))
                            .toFloatArray();
                    System.arraycopy(aligned, 0, vectors, from * weights.width(), aligned.length);
                }
            }
        }
        return vectors;
    }

    /**
     * One user's motives.
     *
     * @param user the user's index
     * @return the motives with their aligned vectors, possibly none
     */
    public List<Motive> of(int user) {
        return users.get(user);
    }

    /**
     * The part of a score that motives make up.
     *
     * @param aligned the items' aligned vectors
     * @return each user's weighted sum beside the items
     */
    public Factors part(Factors aligned) {
        if (aligned.width() != width) {
            throw new IllegalArgumentException("aligned vectors of width " + aligned.width() + ", motives of " + width);
        }
        return aligned.withUsers(sums.clone());
    }
}
