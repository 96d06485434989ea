package dev.lmmrec.training.provenance;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.Manifest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The vectors inside an artefact's graphs, and who is ranked first by them. */
final class ServedVectors {

    private final Manifest manifest;
    private final List<String> users;
    private final List<String> items;
    private final float[] userVectors;
    private final float[] matrix;

    private ServedVectors(
            Manifest manifest, List<String> users, List<String> items, float[] userVectors, float[] matrix) {
        this.manifest = manifest;
        this.users = users;
        this.items = items;
        this.userVectors = userVectors;
        this.matrix = matrix;
    }

    /** Reads them; refuses an artefact whose graphs hold none of the manifest's widths. */
    static ServedVectors of(Artefact artefact) throws IOException, DamagedArtefactException {
        Manifest manifest = artefact.manifest();
        int query = manifest.dims().query();
        return new ServedVectors(
                manifest,
                artefact.users(),
                artefact.items(),
                constant(
                        artefact,
                        ArtefactFiles.USER_ENCODER,
                        manifest.users(),
                        manifest.dims().known()),
                constant(artefact, ArtefactFiles.SCORER, query, manifest.items()));
    }

    private static float[] constant(Artefact artefact, String file, int rows, int columns)
            throws IOException, DamagedArtefactException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(artefact.file(file)))) {
            for (TensorProto tensor : ModelProto.parseFrom(in).getGraph().getInitializerList()) {
                if (tensor.getDimsList().equals(List.of((long) rows, (long) columns))) {
                    FloatBuffer values = tensor.getRawData()
                            .asReadOnlyByteBuffer()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer();
                    float[] copy = new float[values.remaining()];
                    values.get(copy);
                    return copy;
                }
            }
        }
        throw new DamagedArtefactException(
                artefact.file(file) + " holds no vectors of " + rows + " x " + columns + " as the manifest says");
    }

    List<String> users() {
        return users;
    }

    List<String> items() {
        return items;
    }

    /** The items that a user's interaction vector and popularity rank first. */
    List<String> firstOfUser(String user, int count) {
        int width = manifest.dims().known();
        int row = users.indexOf(user);
        float[] query = new float[manifest.dims().query()];
        Manifest.Fusion.Weights weights = manifest.fusion().known();
        for (int k = 0; k < width; k++) {
            query[k] = (float) weights.interaction() * userVectors[row * width + k];
        }
        query[query.length - 1] = (float) weights.popularity();
        return first(query, count);
    }

    /** The items whose aligned text vectors are nearest to an item's. */
    List<String> nearestByText(String item, int count) {
        int column = items.indexOf(item);
        float[] query = new float[manifest.dims().query()];
        for (int k = manifest.dims().known(); k < query.length - 1; k++) {
            query[k] = matrix[k * items.size() + column];
        }
        return first(query, count);
    }

    private List<String> first(float[] query, int count) {
        float[] scores = new float[items.size()];
        for (int k = 0; k < query.length; k++) {
            if (query[k] != 0) {
                for (int item = 0; item < scores.length; item++) {
                    scores[item] += query[k] * matrix[k * scores.length + item];
                }
            }
        }
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> -scores[item])
                        .thenComparing(items::get))
                .limit(count)
                .map(items::get)
                .toList();
    }
}
