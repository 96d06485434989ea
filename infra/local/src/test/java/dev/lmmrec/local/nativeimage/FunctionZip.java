package dev.lmmrec.local.nativeimage;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A function's built zip for the JVM, unpacked: what it would look for by name at run time, and what it says of that.
 */
final class FunctionZip implements AutoCloseable {

    private static final String OURS = "dev.lmmrec.";
    private static final String JACKSON = "com.fasterxml.jackson.annotation.";
    private static final String JACKSON_OF_BINDING = "com.fasterxml.jackson.databind.annotation.";

    /** What libraries that no extension of Quarkus looks after give to Jackson, and get from it, when we use them. */
    private static final Map<String, List<String>> SERIALISED = Map.of(
            "langchain4j-open-ai",
            List.of(
                    "dev.langchain4j.model.openai.internal.chat.ChatCompletionRequest",
                    "dev.langchain4j.model.openai.internal.chat.ChatCompletionResponse"),
            "langchain4j-ollama",
            List.of(
                    "dev.langchain4j.model.ollama.OllamaChatRequest",
                    "dev.langchain4j.model.ollama.OllamaChatResponse"),
            "aws-embedded-metrics",
            List.of("software.amazon.cloudwatchlogs.emf.model.RootNode"));

    /**
     * Libraries that find a part of themselves by a file of META-INF/services, likewise, and the package that we use.
     */
    private static final Map<String, String> FOUND_AS_SERVICES =
            Map.of("smallrye-fault-tolerance", "io.smallrye.faulttolerance.");

    /** Libraries with files that they, or we, read, likewise. */
    private static final List<String> WITH_FILES =
            List.of("lmmrec-", "langchain4j-embeddings-", "libphonenumber", "aws-embedded-metrics");

    private final String name;
    private final Path classes;
    private final List<Path> jars;
    private final URLClassLoader loader;
    private final JavaClasses ours;

    private FunctionZip(String name, Path classes, List<Path> jars, URLClassLoader loader, JavaClasses ours) {
        this.name = name;
        this.classes = classes;
        this.jars = jars;
        this.loader = loader;
        this.ours = ours;
    }

    /** Unpacks a zip. */
    static FunctionZip unpack(String name, Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(zip + " has an entry outside of it: " + entry.getName());
                }
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
        List<Path> jars;
        try (Stream<Path> lib = Files.list(folder.resolve("lib"))) {
            jars = lib.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        }
        List<URL> urls = new ArrayList<>();
        urls.add(folder.toUri().toURL());
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        List<Location> own = new ArrayList<>();
        own.add(Location.of(folder.resolve(OURS.replace('.', '/'))));
        for (Path jar : jars) {
            if (file(jar).contains("lmmrec-")) {
                own.add(locationOf(jar));
            }
        }
        return new FunctionZip(name, folder, jars, loader, new ClassFileImporter().importLocations(own));
    }

    private static Location locationOf(Path jar) {
        return Location.of(URI.create("jar:" + jar.toUri() + "!/"));
    }

    String name() {
        return name;
    }

    private static String file(Path path) {
        return path.getFileName().toString();
    }

    /** All metadata in the zip: ours, and what libraries bring. */
    NativeMetadata metadata() throws IOException {
        return metadata(path -> true);
    }

    /** The metadata that this project wrote. */
    NativeMetadata ownMetadata() throws IOException {
        return metadata(path -> path.startsWith("META-INF/native-image/dev.lmmrec/"));
    }

    private NativeMetadata metadata(Predicate<String> wanted) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        files("META-INF/native-image/", wanted, found);
        return NativeMetadata.of(found);
    }

    /** Arguments of the compiler, as all the properties of the zip give them. */
    String arguments() throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        files("META-INF/native-image/", path -> path.endsWith("/native-image.properties"), found);
        return found.values().stream()
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }

    private void files(String below, Predicate<String> wanted, Map<String, byte[]> found) throws IOException {
        Path folder = classes.resolve(below);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String path = classes.relativize(file).toString();
                    if (wanted.test(path)) {
                        found.put("function!" + path, Files.readAllBytes(file));
                    }
                }
            }
        }
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (!entry.isDirectory() && entry.getName().startsWith(below) && wanted.test(entry.getName())) {
                        found.put(file(jar) + "!" + entry.getName(), content(file, entry));
                    }
                }
            }
        }
    }

    private static byte[] content(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** Everything that must be said. */
    Set<Access> needed() throws IOException {
        Set<Access> needed = new LinkedHashSet<>(lookupsOfNativeCode());
        serialised().forEach(type -> needed.add(Access.of(Access.Way.SERIALISATION, type)));
        for (String getter : List.of("getErrorType()", "getErrorMessage()")) {
            // Quarkus tells of its constructors only, and a function that cannot tell of an error is stopped by it
            needed.add(new Access(Access.Way.REFLECTION, "io.quarkus.amazon.lambda.runtime.FunctionError", getter));
        }
        needed.addAll(resources());
        needed.addAll(services());
        return needed;
    }

    private Set<Access> lookupsOfNativeCode() throws IOException {
        Set<Access> lookups = new LinkedHashSet<>();
        for (Path jar : jars) {
            if (file(jar).contains(".onnxruntime-") || file(jar).contains(".tokenizers-")) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    for (JarEntry entry : file.stream().toList()) {
                        // the Java side of ONNX Runtime; what it stands on knows nothing of Java
                        if (entry.getName().endsWith("jni.so")
                                || entry.getName().endsWith("libtokenizers.so")) {
                            lookups.addAll(new NativeCode(content(file, entry), loader).lookups());
                        }
                    }
                }
            }
        }
        return lookups;
    }

    /** Classes that Jackson reads or writes, without those that Quarkus finds by itself. */
    private Set<String> serialised() throws IOException {
        Set<JavaClass> reachable = reachableFromTheFunction();
        Deque<Class<?>> roots = new ArrayDeque<>();
        for (JavaClass type : reachable) {
            if (readsOrWrites(type)) {
                type.getReferencedClassObjects().stream()
                        .map(reference -> reference.getRawType().getName())
                        .filter(named -> named.startsWith(OURS))
                        .map(this::load)
                        .filter(Class::isRecord)
                        .forEach(roots::add);
            }
            if (jacksonMarks(type).findAny().isPresent()) {
                roots.add(load(type.getName()));
            }
        }
        Set<String> found = closure(roots);
        found.removeAll(foundByQuarkus());
        for (Map.Entry<String, List<String>> library : SERIALISED.entrySet()) {
            for (Path jar : jars) {
                if (file(jar).contains("." + library.getKey() + "-")) {
                    found.addAll(marked(
                            new ClassFileImporter().importLocations(List.of(locationOf(jar))), library.getValue()));
                }
            }
        }
        return found;
    }

    /** By Jackson itself, or by way of the tables. */
    private static boolean readsOrWrites(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .anyMatch(known ->
                        known.startsWith("com.fasterxml.jackson.databind") || known.equals(OURS + "core.store"));
    }

    /** These, what they know that has Jackson's marks, and what the marks name. */
    private static Set<String> marked(JavaClasses library, List<String> roots) {
        Deque<JavaClass> next =
                new ArrayDeque<>(roots.stream().map(library::get).toList());
        Set<String> found = new TreeSet<>(roots);
        while (!next.isEmpty()) {
            JavaClass type = next.pop();
            Stream.concat(
                            type.getDirectDependenciesFromSelf().stream()
                                    .map(dependency ->
                                            dependency.getTargetClass().getBaseComponentType())
                                    .filter(known -> library.contain(known.getName()))
                                    .filter(known ->
                                            jacksonMarks(known).findAny().isPresent()),
                            namedByMarks(type))
                    .filter(known -> found.add(known.getName()))
                    .filter(known -> library.contain(known.getName()))
                    .forEach(next::add);
        }
        return found;
    }

    private static Stream<JavaClass> namedByMarks(JavaClass type) {
        return jacksonMarks(type)
                .flatMap(mark -> mark.getRawType().getMethods().stream()
                        .map(JavaMethod::getName)
                        .filter(mark::hasExplicitlyDeclaredProperty)
                        .map(mark::getExplicitlyDeclaredProperty))
                .filter(JavaClass.class::isInstance)
                .map(JavaClass.class::cast);
    }

    private Set<JavaClass> reachableFromTheFunction() {
        Deque<JavaClass> next = new ArrayDeque<>(ours.stream()
                .filter(type -> type.getName().startsWith(OURS + name + "."))
                .toList());
        Set<JavaClass> reached = new LinkedHashSet<>(next);
        while (!next.isEmpty()) {
            next.pop().getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(type -> type.getName().startsWith(OURS) && ours.contain(type.getName()))
                    .filter(reached::add)
                    .forEach(next::add);
        }
        return reached;
    }

    private static Stream<JavaAnnotation<?>> jacksonMarks(JavaClass type) {
        return Stream.<Stream<? extends JavaAnnotation<?>>>of(
                        type.getAnnotations().stream(),
                        type.getMembers().stream().flatMap(member -> member.getAnnotations().stream()),
                        type.getConstructors().stream()
                                .flatMap(constructor -> constructor.getParameterAnnotations().stream())
                                .flatMap(Set::stream))
                .<JavaAnnotation<?>>flatMap(found -> found)
                .filter(mark -> mark.getRawType().getName().startsWith(JACKSON)
                        || mark.getRawType().getName().startsWith(JACKSON_OF_BINDING));
    }

    /** Quarkus follows what functions and resources take and give, and what is marked. */
    private Set<String> foundByQuarkus() {
        Deque<Class<?>> roots = new ArrayDeque<>();
        for (JavaClass type : ours) {
            for (JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith("io.quarkus.funqy.Funq") || method.isAnnotatedWith("jakarta.ws.rs.Path")) {
                    method.getRawParameterTypes().forEach(taken -> ours(taken).ifPresent(roots::add));
                    ours(method.getRawReturnType()).ifPresent(roots::add);
                }
            }
        }
        Set<String> found = closure(roots);
        ours.stream()
                .filter(type -> type.isAnnotatedWith("io.quarkus.runtime.annotations.RegisterForReflection"))
                .forEach(type -> found.add(type.getName()));
        return found;
    }

    private Optional<Class<?>> ours(JavaClass type) {
        return type.getName().startsWith(OURS) ? Optional.of(load(type.getName())) : Optional.empty();
    }

    private Class<?> load(String type) {
        try {
            return Class.forName(type, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(type + " is in " + name + " and cannot be loaded", e);
        }
    }

    /** These and what their components are. */
    private static Set<String> closure(Deque<Class<?>> roots) {
        Set<String> found = new TreeSet<>();
        while (!roots.isEmpty()) {
            Class<?> type = roots.pop();
            if (type.getName().startsWith(OURS) && found.add(type.getName()) && type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    partsOf(component.getGenericType()).forEach(roots::add);
                }
            }
        }
        return found;
    }

    private static Stream<Class<?>> partsOf(Type type) {
        if (type instanceof Class<?> raw) {
            return Stream.of(raw.isArray() ? raw.getComponentType() : raw);
        }
        if (type instanceof ParameterizedType generic) {
            return Stream.concat(
                    partsOf(generic.getRawType()),
                    Arrays.stream(generic.getActualTypeArguments()).flatMap(FunctionZip::partsOf));
        }
        if (type instanceof WildcardType wildcard) {
            return Arrays.stream(wildcard.getUpperBounds()).flatMap(FunctionZip::partsOf);
        }
        return type instanceof GenericArrayType array ? partsOf(array.getGenericComponentType()) : Stream.empty();
    }

    private Set<Access> resources() throws IOException {
        Set<Access> found = new LinkedHashSet<>();
        try (Stream<Path> own = Files.walk(classes.resolve(OURS.replace('.', '/')))) {
            own.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString())
                    .filter(FunctionZip::isRead)
                    .forEach(path -> found.add(Access.of(Access.Way.RESOURCE, path)));
        }
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                boolean withFiles =
                        WITH_FILES.stream().anyMatch(library -> file(jar).contains(library));
                file.stream()
                        .map(JarEntry::getName)
                        .filter(path -> (withFiles && isRead(path)) || path.equals("native/lib/tokenizers.properties"))
                        .forEach(path -> found.add(Access.of(Access.Way.RESOURCE, path)));
            }
        }
        return found;
    }

    private static boolean isRead(String path) {
        return !path.endsWith("/")
                && !path.endsWith(".class")
                && !path.startsWith("META-INF/")
                && !path.equals("README");
    }

    private Set<Access> services() throws IOException {
        Set<Access> found = new LinkedHashSet<>();
        for (Path jar : jars) {
            if (FOUND_AS_SERVICES.entrySet().stream()
                    .noneMatch(library -> file(jar).contains(library.getKey()) && isUsed(library.getValue()))) {
                continue;
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (entry.isDirectory() || !entry.getName().startsWith("META-INF/services/")) {
                        continue;
                    }
                    found.add(Access.of(Access.Way.RESOURCE, entry.getName()));
                    new String(content(file, entry), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(provider -> found.add(new Access(Access.Way.REFLECTION, provider, "<init>()")));
                }
            }
        }
        return found;
    }

    private boolean isUsed(String packages) {
        return ours.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .anyMatch(dependency -> dependency.getTargetClass().getName().startsWith(packages));
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
