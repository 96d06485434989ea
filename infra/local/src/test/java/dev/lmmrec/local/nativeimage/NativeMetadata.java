package dev.lmmrec.local.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What files of the native-image compiler's forms say may be reached at run time. */
final class NativeMetadata {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<Access> said = new HashSet<>();
    private final List<String> globs = new ArrayList<>();

    /** Adds one file; other files than those known are passed over. */
    void add(String path, byte[] content) throws IOException {
        String file = path.substring(path.lastIndexOf('/') + 1);
        switch (file) {
            case "reachability-metadata.json" -> {
                JsonNode all = JSON.readTree(content);
                all.path("reflection").forEach(entry -> addType(entry, "type"));
                all.path("resources")
                        .forEach(entry -> globs.add(entry.path("glob").asText()));
            }
            case "reflect-config.json" -> JSON.readTree(content).forEach(entry -> addType(entry, "name"));
            default -> {
                // arguments of the compiler, and forms that none of what is looked at here uses
            }
        }
    }

    private void addType(JsonNode entry, String field) {
        String type = entry.path(field).asText();
        Access.Way way = entry.path("jniAccessible").asBoolean() ? Access.Way.JNI : Access.Way.REFLECTION;
        said.add(Access.of(way, type));
        entry.path("methods").forEach(method -> said.add(new Access(way, type, member(method))));
        // what is public stands for all in the older form: what it describes has nothing else
        if (all(entry, "Constructors") && all(entry, "Methods") && all(entry, "Fields")) {
            said.add(Access.of(Access.Way.SERIALISATION, type));
        }
    }

    private static boolean all(JsonNode entry, String what) {
        return entry.path("allDeclared" + what).asBoolean()
                || entry.path("allPublic" + what).asBoolean();
    }

    private static String member(JsonNode method) {
        return StreamSupport.stream(method.path("parameterTypes").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(",", method.path("name").asText() + "(", ")"));
    }

    /** Whether this allows it. */
    boolean allows(Access access) {
        return access.way() == Access.Way.RESOURCE
                ? globs.stream().anyMatch(glob -> matches(glob, access.name()))
                : said.contains(access)
                        || (access.way() == Access.Way.REFLECTION
                                && said.contains(Access.of(Access.Way.SERIALISATION, access.name())));
    }

    private static boolean matches(String glob, String path) {
        String pattern = Arrays.stream(glob.split("/", -1))
                .map(part -> part.equals("**") ? ".*" : Pattern.quote(part).replace("*", "\\E[^/]*\\Q"))
                .collect(Collectors.joining("/"));
        return path.matches(pattern);
    }

    /** What is said of types, one by one. */
    Set<Access> types() {
        return Set.copyOf(said);
    }

    /** The patterns of resources. */
    List<String> globs() {
        return List.copyOf(globs);
    }

    /** The same without one thing. */
    NativeMetadata without(Access access) {
        NativeMetadata less = new NativeMetadata();
        less.said.addAll(said);
        less.said.remove(access);
        if (access.way() == Access.Way.REFLECTION) {
            less.said.remove(Access.of(Access.Way.SERIALISATION, access.name()));
        }
        globs.stream()
                .filter(glob -> access.way() != Access.Way.RESOURCE || !matches(glob, access.name()))
                .forEach(less.globs::add);
        return less;
    }

    /** Reads files, given by path. */
    static NativeMetadata of(Map<String, byte[]> files) throws IOException {
        NativeMetadata metadata = new NativeMetadata();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            metadata.add(file.getKey(), file.getValue());
        }
        return metadata;
    }
}
