package dev.lmmrec.training.run;

import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.linear.Ease;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.Fusion;
import dev.lmmrec.training.evaluation.Fusion.Choice;
import dev.lmmrec.training.evaluation.HistoryVectors;
import dev.lmmrec.training.evaluation.Metrics;
import dev.lmmrec.training.evaluation.Scorer;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.text.AlignedMotives;
import dev.lmmrec.training.text.ReviewTexts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures the model beside what it must beat, on one split. Whatever is chosen (epochs, weights, the ridge of EASE) is
 * chosen on the validation part; each row meets the test part once.
 */
public final class Comparison {

    /** EASE keeps an items × items matrix and inverts it; beyond this many it is left out. */
    static final int EASE_ITEMS_MAX = 1_500;

    private static final double[] EASE_RIDGES = {10, 30, 100, 300, 1_000, 3_000};

    private static final double[] HISTORY_RIDGES = {0.1, 1, 10};

    private final Settings settings;
    private final Listener listener;
    private final Unfinished unfinished;

    /**
     * Sets a run that begins anew.
     *
     * @param settings its shape
     * @param listener is told how it goes on
     */
    public Comparison(Settings settings, Listener listener) {
        this(settings, listener, Unfinished.NOWHERE);
    }

    /**
     * Sets a run that may be interrupted.
     *
     * @param settings its shape
     * @param listener is told how it goes on
     * @param unfinished what it goes on from, and where it leaves that
     */
    public Comparison(Settings settings, Listener listener, Unfinished unfinished) {
        this.settings = settings;
        this.listener = listener;
        this.unfinished = unfinished;
    }

    /**
     * A line of the table.
     *
     * @param model the model's name
     * @param test its metrics on the test part
     */
    public record Row(String model, Metrics test) {}

    /**
     * What a comparison found.
     *
     * @param rows the table; behind the model that is served the same for users who came after training: by their
     *     history and, with a text side, by words alone
     * @param served the model that is served
     * @param text whether text took part in its training, with or without an encoder that is served
     * @param metrics its metrics on the test part
     * @param known weights for users with an interaction vector
     * @param history weights for users whose row is made of their history
     * @param historyRidge what such rows are fitted with, see {@link HistoryVectors}
     * @param textOnly weights for users without either
     * @param validationRecall its validation Recall@20
     * @param notes what a reader should know, such as a baseline that was left out
     */
    public record Outcome(
            List<Row> rows,
            Trained served,
            boolean text,
            Metrics metrics,
            Weights known,
            Weights history,
            double historyRidge,
            Weights textOnly,
            double validationRecall,
            Map<String, String> notes) {

        /** Copies the collections. */
        public Outcome {
            rows = List.copyOf(rows);
            notes = Map.copyOf(notes);
        }
    }

    /** The backbone that settings describe. */
    static Backbone.Learnt backbone(Settings settings) {
        if (settings.newBackbone() instanceof Backbone.Learnt learnt) {
            return learnt;
        }
        throw new IllegalStateException("backbone " + settings.backbone().name()
                + " has a closed form; this command trains one that is learnt, such as lightgcn");
    }

    /**
     * Trains and measures.
     *
     * @param split the interactions
     * @param text the text vectors of what is not held out, if there are any
     * @param baselines false to measure the served model alone, which takes half the time
     * @return the table and what was chosen
     */
    public Outcome of(Split split, Optional<ReviewTexts> text, boolean baselines) {
        List<Row> rows = new ArrayList<>();
        Map<String, String> notes = new TreeMap<>();
        Optional<ReviewTexts> used =
                text.filter(said -> said.present() && !settings.wrapper().name().equals("none"));
        if (baselines) {
            addClosedForms(split, rows, notes);
            if (used.isPresent()) {
                addWithoutText(split, rows);
            }
        }
        Trained served =
                train(split, used, used.isPresent() ? Choice.ALL : Choice.INTERACTION_AND_POPULARITY, servedName(used));
        // text may shape vectors and leave no encoder: then there is nothing that its weights could be about
        Optional<ReviewTexts> ranking = used.filter(said -> served.encoder().isPresent());
        Choice choice = ranking.isPresent() ? Choice.ALL : Choice.INTERACTION_AND_POPULARITY;
        if (baselines && used.isEmpty()) {
            rows.add(new Row(backbone(settings).name(), test(split, served.interaction())));
        }
        Optional<AlignedMotives> motives = used.filter(ReviewTexts::anyWants)
                .flatMap(said -> served.encoder().map(encoder -> AlignedMotives.of(said, encoder)));
        Factors aligned = served.aligned().centred();
        Fusion fusion = fusion(split, served.interaction(), served.text(), motives, aligned);
        Fusion.Found known = chosen(fusion, choice, split, motives.isPresent());
        Metrics metrics = test(split, fusion.scorer(known.weights()));
        if (motives.isPresent()) {
            rows.add(new Row(servedName(used), test(split, fusion.scorer(withoutMotives(known.weights())))));
        }
        rows.add(new Row(
                motives.isPresent() ? backbone(settings).name() + " + text + motives + popularity" : servedName(used),
                metrics));
        History history = history(split, served, known.weights(), motives, aligned, choice);
        rows.add(new Row("came after training: history" + (ranking.isPresent() ? " and words" : ""), history.test()));
        Weights textOnly = new Weights(0, 0, 0, 1);
        if (ranking.filter(said -> said.sides().usersWithText() > 0).isPresent()) {
            Fusion profiles = fusion(split, served.interaction(), aligned, motives, aligned);
            textOnly = chosen(profiles, Choice.TEXT_AND_POPULARITY, split, motives.isPresent())
                    .weights();
            rows.add(new Row("came after training: words alone", test(split, profiles.scorer(textOnly))));
        }
        return new Outcome(
                rows,
                served,
                used.isPresent(),
                metrics,
                known.weights(),
                history.weights(),
                history.ridge(),
                textOnly,
                known.recall(),
                notes);
    }

    /** What was found for users whose rows are made of their histories. */
    private record History(Weights weights, double ridge, Metrics test) {}

    private History history(
            Split split,
            Trained served,
            Weights weights,
            Optional<AlignedMotives> motives,
            Factors aligned,
            Choice choice) {
        Known known = Known.of(served, weights);
        List<Tried> tried = new ArrayList<>();
        for (double ridge : HISTORY_RIDGES) {
            Fusion fusion =
                    fusion(split, known.rows().withUsers(crossFitted(split, known, ridge)), aligned, motives, aligned);
            tried.add(new Tried(ridge, fusion, chosen(fusion, choice, split, motives.isPresent())));
        }
        Tried best = tried.stream()
                .max(Comparator.comparingDouble(candidate -> candidate.found().recall()))
                .orElseThrow();
        return new History(
                best.found().weights(),
                best.ridge(),
                test(split, best.fusion().scorer(best.found().weights())));
    }

    private record Tried(double ridge, Fusion fusion, Fusion.Found found) {}

    /**
     * Each half of the users gets rows by vectors that were fitted to the other half: training has not seen them so.
     */
    private static float[] crossFitted(Split split, Known known, double ridge) {
        int rowWidth = known.rows().width();
        float[] rows = new float[split.train().users() * rowWidth];
        for (int half = 0; half < 2; half++) {
            int own = half;
            HistoryVectors others = HistoryVectors.fit(
                    split.train(), known.rows(), rowWidth - known.common(), ridge, user -> user % 2 != own);
            for (int user = half; user < split.train().users(); user += 2) {
                System.arraycopy(
                        others.encode(split.train().itemsOf(user), rowWidth), 0, rows, user * rowWidth, rowWidth);
            }
        }
        return rows;
    }

    private String servedName(Optional<ReviewTexts> text) {
        return backbone(settings).name() + (text.isPresent() ? " + text + popularity" : " + popularity");
    }

    private void addClosedForms(Split split, List<Row> rows, Map<String, String> notes) {
        long started = System.nanoTime();
        rows.add(new Row("popularity", test(split, new Popularity().fit(split.train()))));
        if (split.train().items() > EASE_ITEMS_MAX) {
            notes.put(
                    "ease",
                    "left out: " + split.train().items() + " items, at most " + EASE_ITEMS_MAX + " are solved densely");
        } else {
            Evaluation validation = new Evaluation(split.train(), split.validation());
            double bestRidge = EASE_RIDGES[0];
            double best = -1;
            for (double ridge : EASE_RIDGES) {
                double recall =
                        validation.of(new Ease(ridge).fit(split.train())).recallAt(20);
                if (recall > best) {
                    best = recall;
                    bestRidge = ridge;
                }
            }
            rows.add(new Row("ease", test(split, new Ease(bestRidge).fit(split.train()))));
            notes.put("ease", String.format(Locale.ROOT, "ridge %.0f, chosen on validation", bestRidge));
        }
        listener.done("baselines", rows.size() + " models", started);
    }

    /** Each row without text stops by its own validation, as the served model does. */
    private void addWithoutText(Split split, List<Row> rows) {
        String name = backbone(settings).name();
        Trained alone = train(split, Optional.empty(), Choice.INTERACTION, name);
        rows.add(new Row(name, test(split, alone.interaction())));
        Trained popular =
                train(split, Optional.empty(), Choice.INTERACTION_AND_POPULARITY, servedName(Optional.empty()));
        Fusion fusion = fusion(split, popular.interaction(), popular.aligned());
        Weights weights = fusion.search(Choice.INTERACTION_AND_POPULARITY, split.train(), split.validation())
                .weights();
        rows.add(new Row(servedName(Optional.empty()), test(split, fusion.scorer(weights))));
    }

    private Trained train(Split split, Optional<ReviewTexts> text, Choice choice, String name) {
        long started = System.nanoTime();
        Trainer trainer = new Trainer(
                settings,
                epoch -> listener.progress("train " + name, epoch, settings.epochsMax()),
                unfinished.of(name));
        Trained trained = trainer.train(
                backbone(settings), settings.newWrapper(), split.train(), text, (interaction, aligned) -> fusion(
                                split, interaction, aligned)
                        .search(choice, split.train(), split.validation())
                        .recall());
        listener.done(
                "train " + name,
                split.train().count() + " interactions, best after epoch " + trained.bestEpoch() + " of "
                        + trained.history().get(trained.history().size() - 1).epoch(),
                started);
        return trained;
    }

    private static Fusion fusion(Split split, Factors interaction, Factors text) {
        return new Fusion(interaction, text, Popularity.of(split.train()));
    }

    private static Fusion fusion(
            Split split, Factors interaction, Factors text, Optional<AlignedMotives> motives, Factors aligned) {
        return motives.map(own -> new Fusion(interaction, text, own.part(aligned), Popularity.of(split.train())))
                .orElseGet(() -> fusion(split, interaction, text));
    }

    private static Weights withoutMotives(Weights weights) {
        return new Weights(weights.interaction(), weights.text(), 0, weights.popularity());
    }

    private static Fusion.Found chosen(Fusion fusion, Choice choice, Split split, boolean motives) {
        Fusion.Found found = fusion.search(choice, split.train(), split.validation());
        return motives ? fusion.searchMotives(found.weights(), split.train(), split.validation()) : found;
    }

    private static Metrics test(Split split, Scorer scorer) {
        return new Evaluation(split.train(), split.test()).of(scorer);
    }
}
