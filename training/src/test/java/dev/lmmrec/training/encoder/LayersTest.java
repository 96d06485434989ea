package dev.lmmrec.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.encoder.Pretrained;
import dev.lmmrec.encoder.PretrainedEncoder;
import dev.lmmrec.reading.triplet.PieceEncoder;
import dev.lmmrec.reading.triplet.PieceEncoder.Pieces;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Slopes;
import dev.lmmrec.training.gradient.Tape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final List<String> WORDS = List.of("the", "cover", "broke", "after", "three", "weeks");
    private static final long[] PIECES = {1996, 3104, 3631, 2044, 2093, 3134};

    private static PieceEncoder encoder;
    private static NDManager manager;

    @BeforeAll
    static void load() {
        encoder = new PieceEncoder();
        manager = Engine.getInstance().newBaseManager();
    }

    @AfterAll
    static void close() {
        encoder.close();
        manager.close();
    }

    /** The encoder itself rounds what goes from step to step to whole numbers, so that both are not quite the same. */
    @Test
    void layers_beforeAnyTraining_sayNearlyWhatTheWholeEncoderSays() throws Exception {
        Pieces sentence = sentence();
        Layers layers = new Layers(manager, 0.1);
        float[] last;
        try (Tape tape = new Tape(manager.newSubManager(), Engine.getInstance())) {
            NDArray pieces = tape.manager().create(sentence.vectors(), new Shape(sentence.count(), PieceEncoder.WIDTH));
            List<NDArray> said = layers.read(tape, pieces, tape.manager().zeros(new Shape(1, 1, 1, sentence.count())));
            last = said.get(said.size() - 1).toFloatArray();
        }

        assertThat(cosine(last, wholeEncoder())).isGreaterThan(0.99);
    }

    @Test
    void shorterText_besideALongerOne_isReadAsAlone() throws Exception {
        Layers layers = new Layers(manager, 0.1);
        Pieces text = sentence();
        Pieces longer = encoder.encode(List.of("it", "was", "never", "played", "and", "then", "the", "neck", "split"));
        float[] alone = words(layers, List.of(text));
        float[] together = words(layers, List.of(text, longer));

        assertThat(cosine(alone, Arrays.copyOf(together, alone.length))).isGreaterThan(0.9999);
    }

    @Test
    void gradient_reachesNoLayerThatIsFrozen_andEachParameterOnceItIsNot() throws Exception {
        Layers layers = new Layers(manager, 0.1);

        assertThat(layers.parameters())
                .allSatisfy(each -> assertThat(steepest(layers, each)).isZero());
        layers.unfreeze();
        assertThat(layers.parameters())
                .allSatisfy(each -> assertThat(steepest(layers, each)).isPositive());
    }

    @Test
    void gradient_byEachParameter_isTheSlope() throws Exception {
        Layers layers = new Layers(manager, 0);
        layers.unfreeze();
        SplittableRandom random = new SplittableRandom(8);
        for (Parameter each : layers.parameters()) {
            float[] gradient = gradient(layers, each);
            double[] direction = Slopes.direction(0, gradient, random);
            double foretold = Slopes.foretold(gradient, direction);

            assertThat(Slopes.measured(() -> weighed(layers), each, direction, 5e-3))
                    .as(each.name())
                    .isCloseTo(foretold, withinPercentage(5));
        }
    }

    private static double weighed(Layers layers) {
        float[] words = words(layers, List.of(sentence()));
        float[] weights = weights(words.length);
        double sum = 0;
        for (int i = 0; i < words.length; i++) {
            sum += (double) words[i] * weights[i];
        }
        return sum;
    }

    private static float[] weights(int length) {
        Random random = new Random(3);
        float[] weights = new float[length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        return weights;
    }

    private static float steepest(Layers layers, Parameter parameter) {
        float steepest = 0;
        for (float each : gradient(layers, parameter)) {
            steepest = Math.max(steepest, Math.abs(each));
        }
        return steepest;
    }

    private static float[] gradient(Layers layers, Parameter parameter) {
        HostMemory memory = new HostMemory();
        try (Tape tape = new Tape(manager.newSubManager(), Engine.getInstance())) {
            NDArray words = layers.words(tape, new PieceBatch(List.of(sentence())));
            float[] weights = weights(Math.toIntExact(words.size()));
            NDArray asked = tape.manager().ones(new Shape());
            asked.setRequiresGradient(true);
            // something has to be differentiated when nothing is trained
            tape.backward(words.mul(tape.constant(memory, words.getShape(), weights))
                    .sum()
                    .mul(asked));
            return tape.gradient(parameter).toFloatArray();
        }
    }

    private static float[] words(Layers layers, List<Pieces> texts) {
        try (Tape tape = new Tape(manager.newSubManager(), Engine.getInstance())) {
            return layers.words(tape, new PieceBatch(texts)).toFloatArray();
        }
    }

    private static Pieces sentence() {
        return encoder.encode(WORDS);
    }

    private static float[] wholeEncoder() {
        float[] numbers = new float[(PIECES.length + 2) * PieceEncoder.WIDTH];
        try (PretrainedEncoder whole = PretrainedEncoder.whole(Pretrained.ALL_MINILM_L6)) {
            whole.run(PIECES, 0, PIECES.length, said -> said.get(0).get(numbers));
        }
        return numbers;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squares += a[i] * a[i];
            others += b[i] * b[i];
        }
        return product / Math.sqrt(squares * others);
    }
}
