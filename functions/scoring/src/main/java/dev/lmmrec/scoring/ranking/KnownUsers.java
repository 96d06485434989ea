package dev.lmmrec.scoring.ranking;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The users an artefact knows, in the order of their ids. Safe for use by several threads. */
public final class KnownUsers {

    private final Collection<String> users;

    /** Made when first asked for: most functions never are. */
    private volatile String[] sorted;

    /**
     * Takes the users.
     *
     * @param users each once, in any order; not changed afterwards
     */
    KnownUsers(Collection<String> users) {
        this.users = users;
    }

    /**
     * Some of the users.
     *
     * @param prefix what their ids begin with, empty for anything
     * @param after only ids behind this one; empty to begin with the first
     * @param most how many at most
     * @return their ids, in order
     */
    public List<String> page(String prefix, Optional<String> after, int most) {
        String[] all = sorted();
        int from = place(all, prefix, false);
        if (after.isPresent()) {
            from = Math.max(from, place(all, after.get(), true));
        }
        int to = from;
        while (to < all.length && to - from < most && all[to].startsWith(prefix)) {
            to++;
        }
        return List.of(Arrays.copyOfRange(all, from, to));
    }

    private static int place(String[] all, String id, boolean behind) {
        int found = Arrays.binarySearch(all, id);
        return found < 0 ? -found - 1 : behind ? found + 1 : found;
    }

    private String[] sorted() {
        String[] all = sorted;
        if (all == null) {
            all = users.toArray(String[]::new);
            Arrays.sort(all);
            sorted = all;
        }
        return all;
    }
}
