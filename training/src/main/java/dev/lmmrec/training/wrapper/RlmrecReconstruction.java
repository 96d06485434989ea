package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * RLMRec-Gen (arXiv 2310.15950, section 3.4): some users and items are hidden, and what their neighbours tell must be
 * enough to find their profile vectors among those of the others that are hidden. The paper masks vectors before they
 * are spread over the graph; here, so that it works for any backbone, a hidden one is a learnt mask plus the mean of
 * its neighbours' final vectors.
 *
 * @param weight of the term
 * @param temperature τ
 * @param hidden the share of users and items that a step hides
 */
public record RlmrecReconstruction(double weight, double temperature, double hidden) implements Wrapper {

    /** More neighbours than this say nothing new. */
    private static final int NEIGHBOURS_MAX = 20;

    @Override
    public String name() {
        return "rlmrec-gen";
    }

    @Override
    public State start(Start start) {
        Term term = new Term(this, start);
        Factors silent =
                Factors.zero(start.width(), start.train().users(), start.train().items());
        return new State() {

            @Override
            public List<Parameter> parameters() {
                return term.parameters;
            }

            @Override
            public List<LossTerm> terms() {
                return List.of(term);
            }

            @Override
            public void beforeStep(long step) {
                term.step = step;
            }

            @Override
            public Factors aligned() {
                return silent;
            }

            @Override
            public Optional<TextEncoder.Weights> encoder() {
                return Optional.empty();
            }
        };
    }

    private static final class Term implements LossTerm {

        private final RlmrecReconstruction settings;
        private final Start start;
        private final int[] users;
        private final int[] items;
        private final int[][] usersOfItem;
        private final NDArray profiles;
        private final Parameter mask;
        private final Parameter hiddenWeight;
        private final Parameter hiddenBias;
        private final Parameter outWeight;
        private final Parameter outBias;
        private final List<Parameter> parameters;
        private long step;

        Term(RlmrecReconstruction settings, Start start) {
            this.settings = settings;
            this.start = start;
            Interactions train = start.train();
            usersOfItem = usersOfItem(train);
            users = some(train.users(), user -> start.text().sides().hasUser(user) && train.countOf(user) > 0);
            items = some(train.items(), item -> start.text().sides().hasItem(item) && usersOfItem[item].length > 0);
            NDManager manager = start.manager();
            float[] userText = start.text().sides().userMatrix();
            float[] itemText = start.text().sides().itemMatrix();
            float[] all = Arrays.copyOf(userText, userText.length + itemText.length);
            System.arraycopy(itemText, 0, all, userText.length, itemText.length);
            profiles = manager.create(all, new Shape(all.length / Dataset.TEXT_WIDTH, Dataset.TEXT_WIDTH));
            int width = start.width();
            int middle = (Dataset.TEXT_WIDTH + width) / 2;
            long seed = start.seed() * 31 + 2;
            mask = Parameter.of(manager, "mask", new Shape(2, width), new float[2 * width]);
            hiddenWeight = Parameter.xavier(manager, "rebuild.hidden.weight", new Shape(width, middle), seed);
            hiddenBias = Parameter.of(manager, "rebuild.hidden.bias", new Shape(middle), new float[middle]);
            outWeight =
                    Parameter.xavier(manager, "rebuild.out.weight", new Shape(middle, Dataset.TEXT_WIDTH), seed + 1);
            outBias = Parameter.of(
                    manager, "rebuild.out.bias", new Shape(Dataset.TEXT_WIDTH), new float[Dataset.TEXT_WIDTH]);
            parameters = List.of(mask, hiddenWeight, hiddenBias, outWeight, outBias);
        }

        @Override
        public String name() {
            return "rlmrec-gen";
        }

        @Override
        public double weight() {
            return settings.weight();
        }

        @Override
        public NDArray value(Forward forward) {
            SplittableRandom random = new SplittableRandom((start.seed() * 1_000_003L + step) * 0x9E3779B97F4A7C15L);
            int[] hiddenUsers = drawn(users, random);
            int[] hiddenItems = drawn(items, random);
            NDManager manager = forward.tape().manager();
            NDArray mask2 = forward.tape().of(mask);
            NDList seen = new NDList();
            List<Integer> nodes = new ArrayList<>();
            if (hiddenUsers.length > 0) {
                int[][] around = Arrays.stream(hiddenUsers)
                        .mapToObj(start.train()::itemsOf)
                        .toArray(int[][]::new);
                seen.add(mean(forward, around, start.train().users(), random).add(mask2.get("0:1")));
                Arrays.stream(hiddenUsers).forEach(nodes::add);
            }
            if (hiddenItems.length > 0) {
                int[][] around = Arrays.stream(hiddenItems)
                        .mapToObj(item -> usersOfItem[item])
                        .toArray(int[][]::new);
                seen.add(mean(forward, around, 0, random).add(mask2.get("1:2")));
                Arrays.stream(hiddenItems)
                        .forEach(item -> nodes.add(start.train().users() + item));
            }
            if (nodes.size() < 2) {
                return manager.create(0f);
            }
            NDArray vectors = NDArrays.concat(seen, 0);
            NDArray middle = Activation.leakyRelu(
                    vectors.matMul(forward.tape().of(hiddenWeight))
                            .add(forward.tape().of(hiddenBias)),
                    TextEncoder.NEGATIVE_SLOPE);
            NDArray rebuilt = TextEncoder.direction(middle.matMul(forward.tape().of(outWeight))
                    .add(forward.tape().of(outBias)));
            long[] rows = nodes.stream().mapToLong(Integer::longValue).toArray();
            NDArray truth = ChosenRows.of(manager, profiles, rows);
            return new Contrast(settings.temperature())
                    .oneWay(rebuilt, truth, truth)
                    .mean();
        }

        /** The mean of neighbours' final vectors, {@code [k, d]}. */
        private NDArray mean(Forward forward, int[][] around, int offset, SplittableRandom random) {
            long[] rows = new long[around.length * NEIGHBOURS_MAX];
            float[] shares = new float[rows.length];
            for (int node = 0; node < around.length; node++) {
                int[] neighbours = around[node].clone();
                int count = Math.min(NEIGHBOURS_MAX, neighbours.length);
                for (int n = 0; n < count; n++) {
                    int other = n + random.nextInt(neighbours.length - n);
                    int chosen = neighbours[other];
                    neighbours[other] = neighbours[n];
                    neighbours[n] = chosen;
                    rows[node * NEIGHBOURS_MAX + n] = (long) offset + chosen;
                    shares[node * NEIGHBOURS_MAX + n] = 1f / count;
                }
            }
            NDManager manager = forward.tape().manager();
            NDArray vectors = ChosenRows.of(manager, forward.vectors().nodes(), rows)
                    .reshape(around.length, NEIGHBOURS_MAX, start.width());
            return vectors.mul(manager.create(shares, new Shape(around.length, NEIGHBOURS_MAX, 1)))
                    .sum(new int[] {1});
        }

        private int[] drawn(int[] nodes, SplittableRandom random) {
            return Arrays.stream(nodes)
                    .filter(node -> random.nextDouble() < settings.hidden())
                    .toArray();
        }

        private static int[] some(int count, IntPredicate fulfilled) {
            return IntStream.range(0, count).filter(fulfilled).toArray();
        }

        private static int[][] usersOfItem(Interactions train) {
            int[] counts = train.itemCounts();
            int[][] users = new int[train.items()][];
            Arrays.setAll(users, item -> new int[counts[item]]);
            for (int user = train.users() - 1; user >= 0; user--) {
                for (int item : train.itemsOf(user)) {
                    users[item][--counts[item]] = user;
                }
            }
            return users;
        }
    }
}
