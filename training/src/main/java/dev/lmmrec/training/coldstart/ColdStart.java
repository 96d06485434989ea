package dev.lmmrec.training.coldstart;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.reason.Want;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.models.ArrivedRows;
import dev.lmmrec.models.FusedQuery;
import dev.lmmrec.models.FusedQuery.Motive;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.coldstart.ColdSplit.ColdItem;
import dev.lmmrec.training.coldstart.ColdSplit.ColdUser;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Shuffle;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.PairedBootstrap.Sample;
import dev.lmmrec.training.export.ServingModel;
import dev.lmmrec.training.text.AlignedMotives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Ranks for users and with items of whom one review is known, as serving does it, beside ranking by popularity. Items
 * of equal scores are put in an order drawn by the seed: a held-out item gains nothing by its place in the list. How
 * popular a held-out item is, is guessed as serving guesses it, by the items nearest in words, also where popularity is
 * the order.
 */
public final class ColdStart {

    private static final int CUTOFF = 20;

    private final ServingModel model;
    private final TextSides text;
    private final ColdSplit split;
    private final Map<String, Integer> users;
    private final long seed;
    private final Map<String, Integer> items = new HashMap<>();
    private final List<float[]> rows = new ArrayList<>();
    private final int warm;

    /** What is asked. */
    public enum Question {
        /** Which other warm items does a held-out user review? */
        COLD_USERS("cold users: warm items"),
        /** Which held-out items does a warm user review, among all items that the user has not met? */
        COLD_ITEMS("cold items among all items"),
        /** The same among the held-out items alone. */
        COLD_ITEMS_ALONE("cold items among each other");

        private final String words;

        Question(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * One figure for each user that was asked for.
     *
     * @param recall Recall@20
     * @param ndcg NDCG@20
     */
    public record Figures(Sample recall, Sample ndcg) {}

    /**
     * Takes what serving would have.
     *
     * @param dataset all that the split was drawn from: says who is who over several splits
     * @param split what is held out
     * @param model of the warm part
     * @param text the warm part's, which the text encoder was trained on
     * @param seed orders items of equal scores
     */
    public ColdStart(Dataset dataset, ColdSplit split, ServingModel model, TextSides text, long seed) {
        this.model = model;
        this.text = text;
        this.split = split;
        this.seed = seed;
        this.users = new HashMap<>();
        for (String user : dataset.users()) {
            users.put(user, users.size());
        }
        for (String item : model.items()) {
            rows.add(model.itemRow(items.size()));
            items.put(item, items.size());
        }
        this.warm = rows.size();
        addArrived();
    }

    private void addArrived() {
        List<ReviewMotivations> shown =
                split.items().stream().map(ColdItem::shown).toList();
        float[][] aligned = directions(shown.stream()
                .map(row -> profile(ProfileKey.item(row.itemId()), row).textVector())
                .toList());
        ArrivedRows arrived = new ArrivedRows(model.dims(), model.aligned().centre());
        for (int i = 0; i < aligned.length; i++) {
            double[] near = products(arrived.neighbourhood(aligned[i]), warm);
            List<float[]> neighbours = IntStream.range(0, warm)
                    .boxed()
                    .sorted(Comparator.comparingDouble(item -> -near[item]))
                    .limit(ArrivedRows.NEIGHBOURS)
                    .map(rows::get)
                    .toList();
            items.put(shown.get(i).itemId(), rows.size());
            rows.add(arrived.row(aligned[i], neighbours));
        }
    }

    /**
     * Ranks.
     *
     * @return by question and what the order rests on: the figures
     */
    public Map<Question, Map<String, Figures>> measured() {
        Map<Question, Map<String, Figures>> measured = new TreeMap<>();
        measured.put(Question.COLD_USERS, coldUsers());
        measured.put(Question.COLD_ITEMS, coldItems(item -> true));
        measured.put(Question.COLD_ITEMS_ALONE, coldItems(item -> item >= warm));
        return measured;
    }

    private Map<String, Figures> coldUsers() {
        Collected byPopularity = new Collected();
        Collected byWords = new Collected();
        Collected byHistory = new Collected();
        for (ColdUser user : split.users()) {
            ReviewMotivations shown = user.shown();
            int met = items.get(shown.itemId());
            IntPredicate candidates = item -> item < warm && item != met;
            int[] wanted = user.wanted().stream().mapToInt(items::get).toArray();
            Profile profile = profile(ProfileKey.user(shown.userId()), shown);
            int who = users.get(shown.userId());
            byPopularity.add(who, popularity(), candidates, wanted);
            Said said = said(profile);
            byWords.add(who, said.query(Optional.empty(), model.fusion().textOnly()), candidates, wanted);
            float[] history =
                    model.history().encode(new int[] {met}, model.known().width());
            byHistory.add(who, said.query(Optional.of(history), model.fusion().history()), candidates, wanted);
        }
        Map<String, Figures> orders = new LinkedHashMap<>();
        orders.put("one review, words alone", byWords.figures());
        orders.put("one review, words and the item met", byHistory.figures());
        orders.put("popularity", byPopularity.figures());
        return orders;
    }

    private Map<String, Figures> coldItems(IntPredicate asked) {
        Map<String, List<Integer>> wanted = new TreeMap<>();
        for (ColdItem item : split.items()) {
            item.wantedBy().forEach(user -> wanted.computeIfAbsent(user, own -> new ArrayList<>())
                    .add(items.get(item.shown().itemId())));
        }
        Map<ProfileKey, Profile> profiles = TextSides.profilesOf(split.warm());
        Map<String, Integer> warmUsers = new HashMap<>();
        for (String user : model.users()) {
            warmUsers.put(user, warmUsers.size());
        }
        Map<String, List<ColdItem>> written = new HashMap<>();
        split.items().forEach(item -> written.computeIfAbsent(item.shown().userId(), author -> new ArrayList<>())
                .add(item));
        Collected byPopularity = new Collected();
        Collected byWords = new Collected();
        Collected served = new Collected();
        wanted.forEach((user, list) -> {
            int own = warmUsers.get(user);
            int[] targets = list.stream().mapToInt(Integer::intValue).sorted().toArray();
            List<Integer> authored = written.getOrDefault(user, List.of()).stream()
                    .map(item -> items.get(item.shown().itemId()))
                    .toList();
            IntPredicate candidates = item -> asked.test(item)
                    && (item >= warm || !model.histories().contains(own, item))
                    && !authored.contains(item);
            Said said = said(profiles.get(ProfileKey.user(user)));
            int who = users.get(user);
            byPopularity.add(who, popularity(), candidates, targets);
            byWords.add(who, said.query(Optional.empty(), model.fusion().textOnly()), candidates, targets);
            float[] known = model.known().user(own);
            served.add(who, said.query(Optional.of(known), model.fusion().known()), candidates, targets);
        });
        Map<String, Figures> orders = new LinkedHashMap<>();
        orders.put("words alone", byWords.figures());
        orders.put("as served to known users", served.figures());
        orders.put("popularity", byPopularity.figures());
        return orders;
    }

    private float[] popularity() {
        float[] query = new float[model.dims().query()];
        query[query.length - 1] = 1;
        return query;
    }

    /** What a user's words come to. */
    private final class Said {

        private final Optional<float[]> aligned;
        private final List<Motive> motives;

        Said(Optional<float[]> aligned, List<Motive> motives) {
            this.aligned = aligned;
            this.motives = motives;
        }

        float[] query(Optional<float[]> known, Weights weights) {
            return FusedQuery.of(model.dims(), weights, known, aligned, motives).vector();
        }
    }

    private Said said(Profile profile) {
        List<Want> wants = Want.of(profile, Optional.empty());
        List<DenseVector> sentences = new ArrayList<>();
        Optional.ofNullable(profile.textVector()).ifPresent(sentences::add);
        int first = sentences.size();
        wants.forEach(want -> sentences.add(want.motive().vector()));
        float[][] aligned = directions(sentences);
        return new Said(
                first == 0 ? Optional.empty() : Optional.of(aligned[0]),
                IntStream.range(0, wants.size())
                        .mapToObj(m -> new Motive(
                                wants.get(m).motive().id(), wants.get(m).weight(), aligned[first + m]))
                        .toList());
    }

    private float[][] directions(List<DenseVector> sentences) {
        int width = model.dims().aligned();
        float[] flat = AlignedMotives.directions(text, model.encoder(), sentences);
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width))
                .toArray(float[][]::new);
    }

    private static Profile profile(ProfileKey key, ReviewMotivations row) {
        return new ProfileMerge().merge(key, List.of(row)).orElseThrow();
    }

    private double[] products(float[] query, int count) {
        double[] products = new double[count];
        for (int item = 0; item < count; item++) {
            float[] row = rows.get(item);
            for (int k = 0; k < query.length; k++) {
                products[item] += (double) query[k] * row[k];
            }
        }
        return products;
    }

    /** The figures of one order, user by user. */
    private final class Collected {

        private final TreeMap<Integer, double[]> byUser = new TreeMap<>();

        void add(int user, float[] query, IntPredicate candidates, int[] wanted) {
            double[] scores = products(query, rows.size());
            int[] order = IntStream.range(0, scores.length).filter(candidates).toArray();
            Shuffle.of(order, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + user));
            int[] ranks = new int[wanted.length];
            for (int t = 0; t < ranks.length; t++) {
                int target = wanted[t];
                boolean before = true;
                for (int item : order) {
                    before &= item != target;
                    ranks[t] += scores[item] > scores[target] || (before && scores[item] == scores[target]) ? 1 : 0;
                }
            }
            Arrays.sort(ranks);
            byUser.put(user, new double[] {Evaluation.recall(ranks, CUTOFF), Evaluation.ndcg(ranks, CUTOFF)});
        }

        Figures figures() {
            return new Figures(sample(0), sample(1));
        }

        private Sample sample(int figure) {
            return new Sample(
                    byUser.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    byUser.values().stream().mapToDouble(own -> own[figure]).toArray());
        }
    }
}
