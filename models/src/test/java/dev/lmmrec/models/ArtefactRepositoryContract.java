package dev.lmmrec.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of artefacts must do. */
abstract class ArtefactRepositoryContract {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path work;

    abstract ObjectStore store();

    @Test
    void version_publishedAndPromoted_isCurrent() throws Exception {
        ArtefactRepository repository = repository();
        assertThat(repository.current()).isEmpty();

        repository.publish(artefact("v1"));
        assertThat(repository.current()).as("publishing alone changes nothing").isEmpty();
        Pointer pointer = repository.promote("v1");

        assertThat(repository.current()).contains(pointer);
        assertThat(pointer.previous()).isNull();
        assertThat(pointer.promotedAt()).isEqualTo(NOW.toString());
        assertThat(repository
                        .fetch(pointer, folder("fetched"), name -> true)
                        .manifest()
                        .version())
                .isEqualTo("v1");
    }

    @Test
    void rollback_afterTwoPromotions_goesBackOne() throws Exception {
        ArtefactRepository repository = repository();
        repository.publish(artefact("v1"));
        repository.publish(artefact("v2"));
        repository.promote("v1");
        repository.promote("v2");

        Pointer pointer = repository.rollback();

        assertThat(pointer.version()).isEqualTo("v1");
        assertThat(pointer.previous()).isEqualTo("v2");
    }

    @Test
    void rollback_withNothingBefore_saysSo() throws Exception {
        ArtefactRepository repository = repository();
        repository.publish(artefact("v1"));
        repository.promote("v1");

        assertThatThrownBy(repository::rollback)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no previous version");
    }

    @Test
    void publishing_theSameArtefactAgain_changesNothing() throws Exception {
        ArtefactRepository repository = repository();
        Artefact artefact = artefact("v1");
        repository.publish(artefact);

        repository.publish(artefact);

        assertThat(repository.fetch("v1", folder("again")).manifest()).isEqualTo(artefact.manifest());
    }

    @Test
    void publishing_anotherArtefactOfAVersion_isRefused() throws Exception {
        ArtefactRepository repository = repository();
        repository.publish(artefact("v1"));
        Path changed = folder("other");
        Files.delete(SmallArtefact.in(changed, "v1").file(ArtefactFiles.MANIFEST));
        Files.writeString(changed.resolve(ArtefactFiles.USERS), "somebody else\n");
        Artefact other = Artefact.seal(changed, SmallArtefact.manifest("v1"));

        assertThatThrownBy(() -> repository.publish(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("v1")
                .hasMessageContaining("exists already");
    }

    @Test
    void promoting_whatIsNotThere_keepsTheCurrentOne() throws Exception {
        ArtefactRepository repository = repository();
        repository.publish(artefact("v1"));
        repository.promote("v1");

        assertThatThrownBy(() -> repository.promote("v2"))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining("v2");
        assertThat(repository.current()).map(Pointer::version).contains("v1");
    }

    @Test
    void promoting_aDamagedVersion_keepsTheCurrentOneAndNamesTheFile() throws Exception {
        ArtefactRepository repository = repository();
        repository.publish(artefact("v1"));
        repository.promote("v1");
        repository.publish(artefact("v2"));
        store().replace("v2/scorer.onnx", "damaged".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> repository.promote("v2"))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining("scorer.onnx")
                .hasMessageContaining(Checksum.of("damaged".getBytes(StandardCharsets.UTF_8)));
        assertThat(repository.current()).map(Pointer::version).contains("v1");
    }

    @Test
    void manifest_replacedBehindThePointer_isRefused() throws Exception {
        ArtefactRepository repository = repository();
        repository.publish(artefact("v1"));
        Pointer pointer = repository.promote("v1");
        Path manifest = work.resolve("v1").resolve(ArtefactFiles.MANIFEST);
        store().replace(
                        "v1/manifest.json",
                        Files.readString(manifest)
                                .replace("\"small\"", "\"other\"")
                                .getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> repository.fetch(pointer, folder("fetched"), name -> true))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining("manifest.json")
                .hasMessageContaining(pointer.manifestSha256());
    }

    private static ArtefactWatch<Loaded> watch(
            ArtefactRepository repository, AtomicReference<Instant> now, ArtefactWatch.Loader<Loaded> loader) {
        return new ArtefactWatch<>(
                repository, Set.of(ArtefactFiles.ITEMS), loader, Duration.ofSeconds(10), clockAt(now));
    }

    @Test
    void watch_loadsWhatIsPromoted_andKeepsItWhenTheNextIsDamaged() throws Exception {
        ArtefactRepository repository = repository();
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        List<Loaded> loaded = new ArrayList<>();
        try (ArtefactWatch<Loaded> watch = watch(repository, now, artefact -> {
            Loaded content = new Loaded(artefact.manifest().version());
            loaded.add(content);
            return content;
        })) {
            assertThat(watch.current()).isEmpty();
            repository.publish(artefact("v1"));
            repository.promote("v1");
            assertThat(watch.current()).as("the interval is not over").isEmpty();
            now.set(NOW.plusSeconds(10));
            assertThat(watch.current()).map(Loaded::version).contains("v1");

            repository.publish(artefact("v2"));
            repository.promote("v2");
            store().replace("v2/items.txt", "damaged".getBytes(StandardCharsets.UTF_8));
            now.set(NOW.plusSeconds(20));
            assertThat(watch.current()).map(Loaded::version).contains("v1");

            repository.publish(artefact("v3"));
            repository.promote("v3");
            now.set(NOW.plusSeconds(30));
            assertThat(watch.current()).map(Loaded::version).contains("v3");
            assertThat(loaded.get(0).closed()).as("a request may still use it").isFalse();

            repository.publish(artefact("v4"));
            repository.promote("v4");
            now.set(NOW.plusSeconds(40));
            assertThat(watch.current()).map(Loaded::version).contains("v4");
            assertThat(loaded.get(0).closed()).isTrue();
        }
        assertThat(loaded).allMatch(content -> content.closed().get());
    }

    @Test
    void watch_whoseLoaderFails_keepsWhatItHas() throws Exception {
        keepsWhatItHas(() -> {
            throw new IllegalStateException("cannot be used");
        });
    }

    @Test
    void watch_whoseLoaderHasTooLittleMemory_keepsWhatItHas() throws Exception {
        keepsWhatItHas(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
    }

    private void keepsWhatItHas(Runnable failure) throws Exception {
        ArtefactRepository repository = repository();
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        repository.publish(artefact("v1"));
        repository.promote("v1");
        try (ArtefactWatch<Loaded> watch = watch(repository, now, artefact -> {
            if (artefact.manifest().version().equals("v2")) {
                failure.run();
            }
            return new Loaded(artefact.manifest().version());
        })) {
            assertThat(watch.current()).map(Loaded::version).contains("v1");
            repository.publish(artefact("v2"));
            repository.promote("v2");
            now.set(NOW.plusSeconds(10));

            assertThat(watch.current()).map(Loaded::version).contains("v1");
        }
    }

    @Test
    void watch_triesWhatItRefused_afterGrowingPauses_andAtOnceWhenItIsPromotedAnew() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        ArtefactRepository repository = new ArtefactRepository(store(), clockAt(now));
        repository.publish(artefact("v1"));
        repository.promote("v1");
        List<Long> tries = new ArrayList<>();
        AtomicBoolean broken = new AtomicBoolean(true);
        try (ArtefactWatch<Loaded> watch = watch(repository, now, artefact -> {
            if (artefact.manifest().version().equals("v2")) {
                tries.add(Duration.between(NOW, now.get()).toSeconds());
                if (broken.get()) {
                    throw new UnsatisfiedLinkError("made with a later library");
                }
            }
            return new Loaded(artefact.manifest().version());
        })) {
            assertThat(watch.current()).map(Loaded::version).contains("v1");
            repository.publish(artefact("v2"));
            repository.promote("v2");
            while (now.get().isBefore(NOW.plusSeconds(2_000))) {
                now.set(now.get().plusSeconds(10));
                assertThat(watch.current()).map(Loaded::version).contains("v1");
            }
            assertThat(tries).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1_240L, 1_840L);

            broken.set(false);
            repository.promote("v2");
            now.set(now.get().plusSeconds(10));
            assertThat(watch.current()).map(Loaded::version).contains("v2");
        }
    }

    @Test
    void watch_fetchesOnlyWhatItsLoaderReads() throws Exception {
        ArtefactRepository repository = repository();
        repository.publish(artefact("v1"));
        repository.promote("v1");
        List<String> there = new ArrayList<>();
        try (ArtefactWatch<Loaded> watch = new ArtefactWatch<>(
                repository,
                Set.of(ArtefactFiles.ITEMS, ArtefactFiles.USERS),
                artefact -> {
                    try (var files = Files.list(artefact.directory())) {
                        files.map(file -> file.getFileName().toString()).forEach(there::add);
                    }
                    return new Loaded(artefact.manifest().version());
                },
                Duration.ofSeconds(10),
                clockAt(new AtomicReference<>(NOW)))) {
            assertThat(watch.current()).isPresent();
        }

        assertThat(there).containsExactlyInAnyOrder(ArtefactFiles.MANIFEST, ArtefactFiles.ITEMS, ArtefactFiles.USERS);
    }

    @Test
    void watch_whenThePointerIsDamaged_keepsWhatItHas() throws Exception {
        ArtefactRepository repository = repository();
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        repository.publish(artefact("v1"));
        repository.promote("v1");
        try (ArtefactWatch<Loaded> watch = watch(
                repository, now, artefact -> new Loaded(artefact.manifest().version()))) {
            assertThat(watch.current()).map(Loaded::version).contains("v1");
            for (String pointer : List.of(
                    "{",
                    "",
                    "null",
                    "[]",
                    "{}",
                    "{\"version\":\"v2\"}",
                    "{\"manifestSha256\":\"00\"}",
                    "{\"version\":\"../v2\",\"manifestSha256\":\"00\"}",
                    "{\"version\":\"v2\",\"manifestSha256\":\"00\"}")) {
                store().replace("current.json", pointer.getBytes(StandardCharsets.UTF_8));
                now.set(now.get().plusSeconds(10));

                assertThat(watch.current())
                        .as("after pointer %s", pointer)
                        .map(Loaded::version)
                        .contains("v1");
            }
        }
    }

    private ArtefactRepository repository() {
        return new ArtefactRepository(store(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Artefact artefact(String version) throws IOException {
        return SmallArtefact.in(work.resolve(version), version);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }

    private static Clock clockAt(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
    }

    private record Loaded(String version, AtomicBoolean closed) implements AutoCloseable {

        Loaded(String version) {
            this(version, new AtomicBoolean());
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
