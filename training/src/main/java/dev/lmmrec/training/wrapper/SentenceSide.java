package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.text.MotiveEncoder;
import dev.lmmrec.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The text side by sentence vectors: profiles through an encoder, joined by pooled motivations where these are on. */
final class SentenceSide implements TextSide {

    private final Wrapper.Start start;
    private final TextEncoder encoder;
    private final Optional<MotiveEncoder> motives;

    SentenceSide(Wrapper.Start start, TextEncoder encoder, Optional<MotiveEncoder> motives) {
        this.start = start;
        this.encoder = encoder;
        this.motives = motives;
    }

    boolean hasMotives() {
        return motives.isPresent();
    }

    TextEncoder encoder() {
        return encoder;
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(encoder.parameters());
        motives.ifPresent(part -> parameters.addAll(part.parameters()));
        return parameters;
    }

    @Override
    public NDArray users(Forward forward, int[] users) {
        return joinedUsers(forward, encoder.usersEncoded(forward.tape(), users), users, nobody(users));
    }

    @Override
    public NDArray items(Forward forward, int[] items) {
        return joinedItems(forward, encoder.itemsEncoded(forward.tape(), items), items, nobody(items));
    }

    /** Users as they were without one item's review each; text {@code [B, 384]}. */
    NDArray usersWithout(Forward forward, NDArray text, int[] users, int[] leftOut) {
        return joinedUsers(forward, encoder.encoded(text, forward.tape()::of), users, leftOut);
    }

    /** Items as they were without one user's review each; text {@code [B, 384]}. */
    NDArray itemsWithout(Forward forward, NDArray text, int[] items, int[] leftOut) {
        return joinedItems(forward, encoder.encoded(text, forward.tape()::of), items, leftOut);
    }

    private NDArray joinedUsers(Forward forward, NDArray encoded, int[] users, int[] leftOut) {
        return TextEncoder.direction(
                motives.map(part -> encoded.add(part.users(users, leftOut, forward.users(users), forward.tape()::of)))
                        .orElse(encoded));
    }

    private NDArray joinedItems(Forward forward, NDArray encoded, int[] items, int[] leftOut) {
        return TextEncoder.direction(
                motives.map(part -> encoded.add(part.items(items, leftOut, forward.items(items), forward.tape()::of)))
                        .orElse(encoded));
    }

    @Override
    public boolean hasUser(int user) {
        return start.text().sides().hasUser(user);
    }

    @Override
    public boolean hasItem(int item) {
        return start.text().sides().hasItem(item);
    }

    @Override
    public Factors directions(Factors interaction) {
        if (motives.isEmpty()) {
            return encoder.vectors();
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int[] users = IntStream.range(0, start.train().users()).toArray();
            int[] items = IntStream.range(0, start.train().items()).toArray();
            MotiveEncoder part = motives.get();
            NDArray userText = encoder.usersEncoded()
                    .add(part.users(
                            users, nobody(users), Matrices.ofUsers(start.manager(), interaction), Parameter::value));
            NDArray itemText = encoder.itemsEncoded()
                    .add(part.items(
                            items, nobody(items), Matrices.ofItems(start.manager(), interaction), Parameter::value));
            float[] u = TextEncoder.direction(userText).toFloatArray();
            float[] i = TextEncoder.direction(itemText).toFloatArray();
            clear(u, start.width(), this::hasUser);
            clear(i, start.width(), this::hasItem);
            return new Factors(start.width(), u, i);
        }
    }

    @Override
    public Factors ranking(Factors interaction) {
        return directions(interaction);
    }

    @Override
    public TextSide copy(NDManager manager) {
        SentenceSide copy = new SentenceSide(
                start,
                encoder.copy(manager),
                motives.map(part -> new MotiveEncoder(start.text(), start.width(), 0, manager)));
        Teacher.takeOver(parameters(), copy.parameters());
        return copy;
    }

    private static void clear(float[] vectors, int width, IntPredicate hasText) {
        IntStream.range(0, vectors.length / width)
                .filter(hasText.negate())
                .forEach(row -> Arrays.fill(vectors, row * width, (row + 1) * width, 0));
    }

    private static int[] nobody(int[] owners) {
        int[] nobody = new int[owners.length];
        Arrays.fill(nobody, -1);
        return nobody;
    }
}
