package dev.lmmrec.scoring.ranking;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A loaded artefact that ranks its items for a user. */
public final class Ranker implements AutoCloseable {

    /** Added to the score of an item that must not be returned; far below any score, far above overflow. */
    private static final float MASKED = -1e9f;

    private final Manifest manifest;
    private final OrtEnvironment environment;
    private final OrtSession textEncoder;
    private final OrtSession userEncoder;
    private final OrtSession scorer;
    private final List<String> items;
    private final Map<String, Integer> itemIndex;
    private final Map<String, Integer> userIndex;

    private Ranker(
            Artefact artefact,
            OrtEnvironment environment,
            OrtSession textEncoder,
            OrtSession userEncoder,
            OrtSession scorer)
            throws IOException {
        this.manifest = artefact.manifest();
        this.environment = environment;
        this.textEncoder = textEncoder;
        this.userEncoder = userEncoder;
        this.scorer = scorer;
        this.items = artefact.items();
        this.itemIndex = index(items);
        this.userIndex = index(artefact.users());
    }

    /**
     * Loads an artefact.
     *
     * @param artefact verified
     * @return the ranker
     * @throws DamagedArtefactException if ONNX Runtime refuses one of its graphs
     * @throws IOException if a file cannot be read
     */
    public static Ranker load(Artefact artefact) throws IOException, DamagedArtefactException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return new Ranker(
                artefact,
                environment,
                session(environment, artefact, ArtefactFiles.TEXT_ENCODER),
                session(environment, artefact, ArtefactFiles.USER_ENCODER),
                session(environment, artefact, ArtefactFiles.SCORER));
    }

    private static OrtSession session(OrtEnvironment environment, Artefact artefact, String file)
            throws IOException, DamagedArtefactException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return environment.createSession(Files.readAllBytes(artefact.file(file)), options);
        } catch (OrtException e) {
            throw new DamagedArtefactException(
                    "ONNX Runtime refuses " + artefact.file(file) + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Integer> index(List<String> ids) {
        Map<String, Integer> index = new HashMap<>(ids.size() * 2);
        for (int i = 0; i < ids.size(); i++) {
            index.put(ids.get(i), i);
        }
        return index;
    }

    /**
     * What the artefact is.
     *
     * @return its manifest
     */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Ranks items for a user. Items the user has reviewed are left out.
     *
     * @param userId the user
     * @param profile the user's profile, if there is one
     * @param k how many items at most
     * @return the ranking, best first
     */
    public Ranking rank(String userId, Optional<Profile> profile, int k) {
        try {
            Optional<float[]> interaction = interactionVector(userId);
            Optional<float[]> aligned = profile.flatMap(this::alignedVector);
            Ranking.Strategy strategy = strategyFor(interaction.isPresent(), aligned.isPresent());
            float[] query = query(strategy, interaction, aligned);
            return new Ranking(strategy, manifest.version(), top(query, maskFor(profile), k));
        } catch (OrtException e) {
            throw new IllegalStateException("artefact " + manifest.version() + " cannot rank: " + e.getMessage(), e);
        }
    }

    private static Ranking.Strategy strategyFor(boolean hasInteractions, boolean hasText) {
        if (hasInteractions) {
            return Ranking.Strategy.PERSONAL;
        }
        return hasText ? Ranking.Strategy.TEXT_ONLY : Ranking.Strategy.POPULAR;
    }

    private Optional<float[]> interactionVector(String userId) throws OrtException {
        Integer index = userIndex.get(userId);
        if (index == null) {
            return Optional.empty();
        }
        try (OnnxTensor user = OnnxTensor.createTensor(environment, new long[] {index});
                OrtSession.Result result = userEncoder.run(Map.of("user", user))) {
            return Optional.of(((float[][]) result.get(0).getValue())[0]);
        }
    }

    private Optional<float[]> alignedVector(Profile profile) {
        if (profile.alignedVector() != null && manifest.version().equals(profile.modelVersion())) {
            return Optional.of(profile.alignedVector().toArray());
        }
        if (profile.textVector() == null) {
            return Optional.empty();
        }
        // the profile has not changed since this artefact was promoted
        float[][] text = {profile.textVector().toArray()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, text);
                OrtSession.Result result = textEncoder.run(Map.of("text", input))) {
            return Optional.of(((float[][]) result.get(0).getValue())[0]);
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "text encoder of artefact " + manifest.version() + " failed: " + e.getMessage(), e);
        }
    }

    private float[] query(Ranking.Strategy strategy, Optional<float[]> interaction, Optional<float[]> aligned) {
        Weights weights =
                switch (strategy) {
                    case PERSONAL -> manifest.fusion().known();
                    case TEXT_ONLY -> manifest.fusion().textOnly();
                    case POPULAR -> new Weights(0, 0, 1);
                };
        float[] query = new float[manifest.dims().query()];
        interaction.ifPresent(vector -> copyScaled(vector, weights.interaction(), query, 0));
        aligned.ifPresent(vector ->
                copyScaled(vector, weights.text(), query, manifest.dims().interaction()));
        query[query.length - 1] = (float) weights.popularity();
        return query;
    }

    private static void copyScaled(float[] from, double weight, float[] to, int offset) {
        for (int i = 0; i < from.length; i++) {
            to[offset + i] = (float) (weight * from[i]);
        }
    }

    private float[] maskFor(Optional<Profile> profile) {
        float[] mask = new float[items.size()];
        profile.ifPresent(user -> {
            for (Interaction interaction : user.interactions()) {
                Integer seen = itemIndex.get(interaction.counterpart());
                if (seen != null) {
                    mask[seen] = MASKED;
                }
            }
        });
        return mask;
    }

    private List<Ranking.Ranked> top(float[] query, float[] mask, int k) throws OrtException {
        long[] size = {Math.min(k, items.size())};
        try (OnnxTensor queryTensor =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(query), new long[] {1, query.length});
                OnnxTensor maskTensor =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(mask), new long[] {1, mask.length});
                OnnxTensor kTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(size), new long[] {1});
                OrtSession.Result result = scorer.run(Map.of("query", queryTensor, "mask", maskTensor, "k", kTensor))) {
            float[] scores = ((float[][]) result.get("scores").orElseThrow().getValue())[0];
            long[] indices = ((long[][]) result.get("items").orElseThrow().getValue())[0];
            List<Ranking.Ranked> top = new ArrayList<>(scores.length);
            for (int i = 0; i < scores.length && scores[i] > MASKED / 2; i++) {
                top.add(new Ranking.Ranked(items.get((int) indices[i]), scores[i]));
            }
            return top;
        }
    }

    @Override
    public void close() throws OrtException {
        textEncoder.close();
        userEncoder.close();
        scorer.close();
    }
}
