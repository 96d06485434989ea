package dev.lmmrec.training.evaluation;

/** What is measured of the first k places of every list. */
public enum Figure {
    /** Hits / held-out items of the user. */
    RECALL("recall", true),
    /** Discounted gain, {@code Σ 1 / log2(rank + 1)} over hits, / the ideal over min(k, held-out items). */
    NDCG("ndcg", true),
    /** One over the rank of the first hit, 0 without one. */
    MRR("mrr", true),
    /** 1 if there is a hit. */
    HIT_RATE("hit-rate", true),
    /** Items that are in any list / items. */
    COVERAGE("coverage", false),
    /** Mean self-information of listed items in bits, {@code -log2((count + 1) / (U + 1))} by training interactions. */
    NOVELTY("novelty", false),
    /** How unevenly lists share out their places among items: 0 evenly, towards 1 all to few. */
    GINI("gini", false);

    private final String title;
    private final boolean perUser;

    Figure(String title, boolean perUser) {
        this.title = title;
        this.perUser = perUser;
    }

    /**
     * Whether the figure is a mean over users.
     *
     * @return false if it belongs to all lists together
     */
    public boolean isPerUser() {
        return perUser;
    }

    /**
     * Its name with a length.
     *
     * @param k the length of lists
     * @return such as {@code recall@20}
     */
    public String at(int k) {
        return title + "@" + k;
    }

    @Override
    public String toString() {
        return title;
    }
}
