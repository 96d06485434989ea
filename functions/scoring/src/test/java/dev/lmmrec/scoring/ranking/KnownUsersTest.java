package dev.lmmrec.scoring.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KnownUsersTest {

    @Test
    void pages_oneAfterTheOther_areAllUsersWithThePrefix_onceEachAndInOrder() {
        long seed = 20261130;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            TreeSet<String> all = new TreeSet<>();
            int size = random.nextInt(40);
            for (int i = 0; i < size; i++) {
                all.add(Integer.toString(random.nextInt(1 << random.nextInt(1, 12)), 4));
            }
            String prefix = random.nextBoolean() ? "" : Integer.toString(random.nextInt(20), 4);
            int most = 1 + random.nextInt(7);
            KnownUsers users = new KnownUsers(new ArrayList<>(all.descendingSet()));

            List<String> found = new ArrayList<>();
            List<String> page = users.page(prefix, Optional.empty(), most);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(most);
                found.addAll(page);
                page = users.page(prefix, Optional.of(page.get(page.size() - 1)), most);
            }

            assertThat(found)
                    .as("seed %d, round %d, prefix '%s' of %s", seed, round, prefix, all)
                    .containsExactlyElementsOf(
                            all.stream().filter(id -> id.startsWith(prefix)).toList());
        }
    }

    @Test
    void page_afterAnIdThatIsNotThere_goesOnBehindItsPlace() {
        KnownUsers users = new KnownUsers(List.of("a", "c", "e"));

        assertThat(users.page("", Optional.of("b"), 5)).containsExactly("c", "e");
        assertThat(users.page("", Optional.of("z"), 5)).isEmpty();
        assertThat(users.page("c", Optional.of("a"), 5)).containsExactly("c");
    }
}
