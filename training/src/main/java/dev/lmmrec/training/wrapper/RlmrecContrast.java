package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.TextEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * RLMRec-Con (arXiv 2310.15950, section 3.3): InfoNCE between backbone vectors and profile vectors projected by one
 * hidden layer of (384 + d) / 2 with LeakyReLU; a user against all users, an item against the items of the step. The
 * published code has a third InfoNCE, over the step's negative items, and there every occurrence in a step counts; here
 * users and positive items count once a step, and negative items take no part.
 *
 * @param weight of the term
 * @param temperature τ
 */
public record RlmrecContrast(double weight, double temperature) implements Wrapper {

    @Override
    public String name() {
        return "rlmrec-con";
    }

    @Override
    public State start(Start start) {
        TextEncoder encoder =
                new TextEncoder(start.text().sides(), start.width(), start.seed() * 31 + 2, start.manager());
        int[] everybody = IntStream.range(0, start.train().users())
                .filter(start.text().sides()::hasUser)
                .toArray();
        LossTerm term = new Term(weight, new Contrast(temperature), encoder, everybody);
        return new State() {

            @Override
            public List<Parameter> parameters() {
                return encoder.parameters();
            }

            @Override
            public List<LossTerm> terms() {
                return List.of(term);
            }

            @Override
            public Factors aligned() {
                return encoder.vectors();
            }

            @Override
            public Optional<TextEncoder.Weights> encoder() {
                return Optional.of(encoder.weights());
            }
        };
    }

    private static final class Term implements LossTerm {

        private final double weight;
        private final Contrast contrast;
        private final TextEncoder text;
        private final int[] everybody;

        Term(double weight, Contrast contrast, TextEncoder text, int[] everybody) {
            this.weight = weight;
            this.contrast = contrast;
            this.text = text;
            this.everybody = everybody;
        }

        @Override
        public double weight() {
            return weight;
        }

        @Override
        public String name() {
            return "rlmrec-con";
        }

        @Override
        public NDArray value(Forward forward) {
            int[] users = Arrays.stream(forward.batch().distinctUsers())
                    .filter(text.sides()::hasUser)
                    .toArray();
            int[] items = Arrays.stream(forward.batch().distinctPositives())
                    .filter(text.sides()::hasItem)
                    .toArray();
            NDArray sum = forward.tape().manager().create(0f);
            if (users.length > 0 && everybody.length > 1) {
                NDArray anchors = TextEncoder.direction(forward.users(users));
                NDArray all = text.users(forward.tape(), everybody);
                NDArray partners = ChosenRows.of(forward.tape().manager(), all, places(users));
                sum = sum.add(contrast.oneWay(anchors, all, partners).mean());
            }
            if (items.length > 1) {
                NDArray anchors = TextEncoder.direction(forward.items(items));
                NDArray profiles = text.items(forward.tape(), items);
                sum = sum.add(contrast.oneWay(anchors, profiles, profiles).mean());
            }
            return sum;
        }

        private int[] places(int[] users) {
            return Arrays.stream(users)
                    .map(user -> Arrays.binarySearch(everybody, user))
                    .toArray();
        }
    }
}
