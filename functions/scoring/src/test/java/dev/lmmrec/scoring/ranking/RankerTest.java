package dev.lmmrec.scoring.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.scoring.HandMadeArtefact;
import dev.lmmrec.scoring.Profiles;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankerTest {

    @TempDir
    Path directory;

    private Ranker ranker;

    @BeforeEach
    void load() throws Exception {
        ranker = Ranker.load(HandMadeArtefact.in(directory.resolve("v1"), "v1"));
    }

    @AfterEach
    void close() throws Exception {
        ranker.close();
    }

    @Test
    void knownUser_isRankedByInteractionsTextAndPopularity() {
        // text vector (0, 1): score = <e_u, e_i> + 0.5 <(0, 1), z_i> + 0.1 popularity
        Ranking ranking = ranker.rank("alice", Optional.of(user("alice", List.of(), Profiles.vector(0, 2))), 4);

        assertThat(ranking.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(ranking.modelVersion()).isEqualTo("v1");
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("tent", "stove", "lamp", "mug");
        assertThat(ranking.items().get(0).score()).isCloseTo(1 + 0 + 0.1, within(1e-5));
        assertThat(ranking.items().get(1).score()).isCloseTo(0.6 + 0.35 + 0.05, within(1e-5));
        assertThat(ranking.items().get(2).score()).isCloseTo(0 + 0.5 + 0.075, within(1e-5));
        assertThat(ranking.items().get(3).score()).isCloseTo(0.025, within(1e-5));
    }

    @Test
    void knownUser_withoutProfile_isRankedByInteractions() {
        Ranking ranking = ranker.rank("bob", Optional.empty(), 1);

        assertThat(ranking.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp");
    }

    @Test
    void newUser_withText_isRankedByWordsAlone() {
        Ranking ranking = ranker.rank("carol", Optional.of(user("carol", List.of(), Profiles.vector(0, 1))), 2);

        assertThat(ranking.strategy()).isEqualTo(Strategy.TEXT_ONLY);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp", "stove");
    }

    @Test
    void unknownUser_getsPopularItems() {
        Ranking ranking = ranker.rank("nobody", Optional.empty(), 4);

        assertThat(ranking.strategy()).isEqualTo(Strategy.POPULAR);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("tent", "lamp", "stove", "mug");
    }

    @Test
    void alignedVector_ofThisArtefact_isUsedAndOfAnotherIsNot() {
        DenseVector aligned = DenseVector.of(0, 1);
        Profile fresh = user("carol", List.of(), Profiles.vector(1, 0)).withAligned(aligned, "v1");
        Profile stale = user("carol", List.of(), Profiles.vector(1, 0)).withAligned(aligned, "v0");

        assertThat(ranker.rank("carol", Optional.of(fresh), 1).items())
                .extracting(Ranked::itemId)
                .containsExactly("lamp");
        assertThat(ranker.rank("carol", Optional.of(stale), 1).items())
                .extracting(Ranked::itemId)
                .containsExactly("tent");
    }

    @Test
    void reviewedItems_areLeftOut_andSoManyFewerComeBack() {
        Profile profile = user("alice", List.of("tent", "stove", "not-in-the-artefact"), Profiles.vector(0, 1));

        assertThat(ranker.rank("alice", Optional.of(profile), 4).items())
                .extracting(Ranked::itemId)
                .containsExactly("lamp", "mug");
    }

    @Test
    void moreItemsThanThereAre_areNotRefused() {
        assertThat(ranker.rank("alice", Optional.empty(), 100).items()).hasSize(4);
    }

    @Test
    void artefact_whoseGraphIsNone_isRefusedByName() throws Exception {
        Path broken = directory.resolve("broken");
        HandMadeArtefact.in(broken, "v2");
        Files.writeString(broken.resolve(ArtefactFiles.SCORER), "no graph");
        Files.delete(broken.resolve(ArtefactFiles.MANIFEST));
        Artefact sealed = Artefact.seal(broken, ranker.manifest());

        assertThatThrownBy(() -> Ranker.load(sealed))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining(ArtefactFiles.SCORER);
    }

    private static Profile user(String id, List<String> seen, DenseVector text) {
        return Profiles.profile(ProfileKey.user(id), seen, text);
    }
}
