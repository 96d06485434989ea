package dev.lmmrec.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.graph.LightGcn;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.Fusion;
import dev.lmmrec.training.evaluation.HistoryVectors;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Settings.Part;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.text.ReviewTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs the written graphs as serving does and compares them with the trained model itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArtefactWriterTest {

    private static final StatementWeights LEARNT = new StatementWeights(
            Map.of("support", 2.5), DenseVector.of(new float[384]).atRest());
    private static final Weights KNOWN = new Weights(1, 0.5, 0, 0.2);
    private static final Settings SMALL = new Settings(
            new Part("lightgcn", Map.of()), new Part("lmmrec", Map.of("words", 0.0)), 8, 0.01, 64, 30, 3, 2, 1e-4, 1);
    private static final int K = 20;

    private final OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    private Dataset dataset;
    private Map<ProfileKey, Profile> profiles;
    private Trained trained;
    private Artefact artefact;
    private HistoryVectors history;

    @BeforeAll
    void trainAndWrite(@TempDir Path folder) throws Exception {
        List<ReviewMotivations> rows = new ArrayList<>(SyntheticRows.of(50, 30, 3, 6, 2));
        rows.add(SyntheticRows.row("silent", "i1", "word", null));
        dataset = SyntheticRows.dataset(rows);
        profiles = TextSides.profilesOf(dataset);
        trained = new Trainer(SMALL, epoch -> {})
                .refit(
                        new LightGcn(2, 0.8),
                        SMALL.newWrapper(),
                        dataset.interactions(),
                        Optional.of(ReviewTexts.of(dataset)),
                        5);
        List<Float> popularity = new ArrayList<>();
        for (float p : Popularity.of(dataset.interactions())) {
            popularity.add(p);
        }
        history = HistoryVectors.fit(dataset.interactions(), trained.interaction(), 7, 1, user -> true);
        artefact = new ArtefactWriter()
                .write(
                        folder,
                        new ServingModel(
                                dataset.users(),
                                dataset.items(),
                                dataset.items().stream()
                                        .map(item -> List.of("kind of thing", item))
                                        .toList(),
                                dataset.items().stream()
                                        .map(item -> Map.of(Facet.PRICE, 0.5, Facet.DESIGN, item.length() / 2.0))
                                        .toList(),
                                trained.interaction(),
                                2,
                                1,
                                trained.aligned(),
                                popularity,
                                trained.encoder().orElseThrow(),
                                new Manifest.Fusion(KNOWN, KNOWN, new Weights(0, 1, 0, 0.5)),
                                dataset.interactions(),
                                history,
                                LEARNT),
                        new ArtefactWriter.Origin(
                                "lightgcn-lmmrec",
                                Instant.parse("2026-11-23T10:15:00Z"),
                                SyntheticRows.ENCODER,
                                dataset.fingerprint(),
                                Map.of("test.recall@20", 0.5),
                                Map.of("seed", "1")));
    }

    @Test
    void artefact_opensAndCarriesVersionDimsAndCounts() throws Exception {
        Manifest manifest = Artefact.open(artefact.directory()).manifest();

        assertThat(manifest.version())
                .isEqualTo("20261123T101500000Z-" + dataset.fingerprint().substring(0, 8));
        assertThat(manifest.dims()).isEqualTo(new Manifest.Dims(384, 8, 5, 2, 1));
        assertThat(manifest.users()).isEqualTo(51);
        assertThat(manifest.items()).isEqualTo(dataset.items().size());
        assertThat(artefact.users()).isEqualTo(dataset.users());
    }

    @Test
    void items_areListedMostPopularFirst() throws Exception {
        int[] counts = dataset.interactions().itemCounts();

        List<Integer> listed = artefact.items().stream()
                .map(item -> counts[dataset.items().indexOf(item)])
                .toList();

        assertThat(listed).isSortedAccordingTo((a, b) -> b - a);
        assertThat(new HashSet<>(artefact.items())).isEqualTo(new HashSet<>(dataset.items()));
    }

    @Test
    void itemVectorsAndKinds_areInTheOrderOfTheItems() throws Exception {
        FloatMatrix vectors = Artefact.open(artefact.directory()).itemVectors();

        assertThat(artefact.itemKinds()).hasSameSizeAs(artefact.items());
        for (int row = 0; row < artefact.items().size(); row++) {
            String id = artefact.items().get(row);
            int item = dataset.items().indexOf(id);
            assertThat(artefact.itemKinds().get(row)).containsExactly("kind of thing", id);
            assertThat(artefact.itemFacets().get(row))
                    .containsOnly(Map.entry("price", 0.5), Map.entry("design", id.length() / 2.0));
            assertThat(vectors.row(row))
                    .startsWith(trained.interaction().item(item))
                    .hasSize(17);
            assertThat(Arrays.copyOfRange(vectors.row(row), 8, 16))
                    .isEqualTo(trained.aligned().item(item));
        }
    }

    @Test
    void histories_areInTheOrderOfTheItems_andMakeTheRowsThatTheyWereFittedTo() throws Exception {
        Artefact read = Artefact.open(artefact.directory());
        FloatMatrix vectors = read.historyVectors();
        List<int[]> histories = read.userHistories();

        assertThat(histories).hasSameSizeAs(dataset.users());
        for (int user = 0; user < histories.size(); user++) {
            assertThat(Arrays.stream(histories.get(user)).mapToObj(line -> itemIdOf(line)))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(dataset.interactions().itemsOf(user))
                                    .mapToObj(dataset.items()::get)
                                    .toList());
            float[] made = history.encode(dataset.interactions().itemsOf(user), 8);
            for (int k = 0; k < vectors.columns(); k++) {
                double sum = 0;
                for (int line : histories.get(user)) {
                    sum += vectors.row(line)[k] / Math.sqrt(histories.get(user).length);
                }
                assertThat(sum).isEqualTo(made[k], within(1e-5));
            }
            assertThat(made[7]).as("common to all users").isEqualTo(1);
        }
    }

    private String itemIdOf(int line) {
        try {
            return artefact.items().get(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void statementWeights_comeBackAsTheyWereLearnt() throws Exception {
        StatementWeights read = new ObjectMapper()
                .readValue(artefact.file(ArtefactFiles.STATEMENT_WEIGHTS).toFile(), StatementWeights.class);

        assertThat(read).isEqualTo(LEARNT);
    }

    @Test
    void textEncoder_givesTheTrainersAlignedVectors() throws Exception {
        for (String user :
                dataset.users().stream().filter(id -> !id.equals("silent")).toList()) {
            float[] text = profiles.get(ProfileKey.user(user)).textVector().toArray();

            float[] aligned =
                    run(ArtefactFiles.TEXT_ENCODER, Map.of("text", tensor(new float[][] {text})), "aligned")[0];

            assertClose(aligned, trained.aligned().user(dataset.users().indexOf(user)));
        }
    }

    @Test
    void textEncoder_ofAZeroVector_staysFinite() throws Exception {
        float[] aligned = run(ArtefactFiles.TEXT_ENCODER, Map.of("text", tensor(new float[1][384])), "aligned")[0];

        for (float x : aligned) {
            assertThat(Float.isFinite(x)).isTrue();
        }
    }

    @Test
    void scorer_fedWithFusedQueries_givesTheTrainersScoresAndTopK() throws Exception {
        List<String> items = artefact.items();
        Fusion fusion = new Fusion(trained.interaction(), trained.aligned(), Popularity.of(dataset.interactions()));
        float[] expected = new float[items.size()];
        for (String user : List.of("u0", "u1", "u2", "u20", "silent")) {
            int index = dataset.users().indexOf(user);
            fusion.scorer(KNOWN).score(index, expected);
            float[] query = query(index);
            float[][] mask = new float[1][items.size()];
            int known = dataset.interactions().itemsOf(index)[0];
            mask[0][items.indexOf(dataset.items().get(known))] = -1e9f;
            expected[known] = -1e9f;

            try (OrtSession session = session(ArtefactFiles.SCORER);
                    OrtSession.Result result = session.run(Map.of(
                            "query", tensor(new float[][] {query}),
                            "mask", tensor(mask),
                            "k", OnnxTensor.createTensor(runtime, new long[] {K})))) {
                float[] scores = ((float[][]) result.get("scores").orElseThrow().getValue())[0];
                long[] lines = ((long[][]) result.get("items").orElseThrow().getValue())[0];

                assertThat(scores).hasSize(K);
                float[] sorted = expected.clone();
                Arrays.sort(sorted);
                for (int rank = 0; rank < K; rank++) {
                    int item = dataset.items().indexOf(items.get((int) lines[rank]));
                    assertThat(scores[rank]).isEqualTo(expected[item], within(1e-5f));
                    assertThat(scores[rank]).isEqualTo(sorted[sorted.length - 1 - rank], within(1e-5f));
                    assertThat(item).isNotEqualTo(known);
                }
                assertThat(lines).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void everyTop20_byOnnxRuntime_isThatOfTheEngine() throws Exception {
        List<String> items = artefact.items();
        int users = dataset.users().size();
        float[][] queries = new float[users][];
        for (int user = 0; user < users; user++) {
            queries[user] = query(user);
        }
        float[][] columns = new float[items.size()][];
        for (int line = 0; line < columns.length; line++) {
            int item = dataset.items().indexOf(items.get(line));
            float[] e = trained.interaction().item(item);
            float[] z = trained.aligned().item(item);
            columns[line] = Arrays.copyOf(e, e.length + z.length + 1);
            System.arraycopy(z, 0, columns[line], e.length, z.length);
            columns[line][e.length + z.length] = Popularity.of(dataset.interactions())[item];
        }
        try (NDManager manager = Engine.getInstance().newBaseManager();
                OrtSession session = session(ArtefactFiles.SCORER);
                OrtSession.Result result = session.run(Map.of(
                        "query", tensor(queries),
                        "mask", tensor(new float[users][items.size()]),
                        "k", OnnxTensor.createTensor(runtime, new long[] {K})))) {
            float[][] scores = (float[][]) result.get("scores").orElseThrow().getValue();
            long[][] lines = (long[][]) result.get("items").orElseThrow().getValue();
            NDArray engine =
                    manager.create(queries).matMul(manager.create(columns).transpose());
            NDList top = engine.topK(K, 1, true, true);
            float[] engineScores = top.get(0).toFloatArray();
            long[] engineLines = top.get(1).toLongArray();
            for (int user = 0; user < users; user++) {
                for (int rank = 0; rank < K; rank++) {
                    assertThat(engineScores[user * K + rank]).isEqualTo(scores[user][rank], within(1e-5f));
                    assertThat(engineLines[user * K + rank])
                            .as("user %d, rank %d", user, rank)
                            .isEqualTo(lines[user][rank]);
                }
            }
        }
    }

    @Test
    void twoQueriesAtOnce_areScoredEachForItself() throws Exception {
        float[][] queries = {query(0), query(1)};
        float[][] masks = new float[2][dataset.items().size()];
        try (OrtSession session = session(ArtefactFiles.SCORER);
                OrtSession.Result both = session.run(Map.of(
                        "query", tensor(queries),
                        "mask", tensor(masks),
                        "k", OnnxTensor.createTensor(runtime, new long[] {3})));
                OrtSession.Result second = session.run(Map.of(
                        "query", tensor(new float[][] {queries[1]}),
                        "mask", tensor(new float[][] {masks[1]}),
                        "k", OnnxTensor.createTensor(runtime, new long[] {3})))) {
            assertThat(((long[][]) both.get("items").orElseThrow().getValue())[1])
                    .isEqualTo(((long[][]) second.get("items").orElseThrow().getValue())[0]);
        }
    }

    /** The fused layout of the contract, with the user's part from the graphs as serving gets it. */
    private float[] query(int user) throws OrtException {
        float[] e;
        try (OrtSession session = session(ArtefactFiles.USER_ENCODER);
                OrtSession.Result result =
                        session.run(Map.of("user", OnnxTensor.createTensor(runtime, new long[] {user})))) {
            e = ((float[][]) result.get("interaction").orElseThrow().getValue())[0];
        }
        assertClose(e, trained.interaction().user(user));
        float[] z = trained.aligned().user(user);
        float[] query = new float[e.length + z.length + 1];
        for (int k = 0; k < e.length; k++) {
            query[k] = (float) (KNOWN.interaction() * e[k]);
        }
        for (int k = 0; k < z.length; k++) {
            query[e.length + k] = (float) (KNOWN.text() * z[k]);
        }
        query[query.length - 1] = (float) KNOWN.popularity();
        return query;
    }

    private float[][] run(String file, Map<String, OnnxTensor> inputs, String output) throws OrtException {
        try (OrtSession session = session(file);
                OrtSession.Result result = session.run(inputs)) {
            return (float[][]) result.get(output).orElseThrow().getValue();
        }
    }

    private OrtSession session(String file) throws OrtException {
        return runtime.createSession(artefact.file(file).toString());
    }

    private OnnxTensor tensor(float[][] values) throws OrtException {
        return OnnxTensor.createTensor(runtime, values);
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).isEqualTo(expected[k], within(1e-5f));
        }
    }
}
