package dev.lmmrec.core.sample;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a need and the traits that answer or fail it have in common. */
@SuppressWarnings("ImmutableEnumChecker") // a facet is a name
public enum Theme {
    /** Carries everything; small and light, or heavy and bulky. */
    LIGHT(Facet.DESIGN, Facet.DESIGN),
    /** Gets cold easily; warm, or not warm enough. */
    WARM(Facet.FUNCTION, Facet.FUNCTION),
    /** Camps with children and many people; made for all of them, or not. */
    FAMILY(Facet.SOCIAL, Facet.SOCIAL),
    /** Has little to spend; good value, or overpriced. */
    BUDGET(Facet.PRICE, Facet.PRICE),
    /** Starts in the dark to photograph; works with cold fingers in the dark, or is fiddly. */
    DAWN(Facet.IDENTITY, Facet.CONVENIENCE),
    /** Lives where it rains; stays dry, or leaks. */
    WET(Facet.FUNCTION, Facet.FUNCTION),
    /** Is hard on gear; lasts, or breaks. */
    ROUGH(Facet.DURABILITY, Facet.DURABILITY),
    /** Is new to it all; simple, or complicated. */
    BEGINNER(Facet.IDENTITY, Facet.CONVENIENCE),
    /** Has a bad back, wide feet, restless nights; comfortable, or not. */
    COMFORT(Facet.DESIGN, Facet.DESIGN),
    /** Would rather repair than replace; repaired and supplied with parts, or not. */
    REPAIR(Facet.IDENTITY, Facet.SERVICE),
    /** Only a trait: looks good. */
    LOOKS(null, Facet.DESIGN),
    /** Only a trait: is well made. */
    CRAFT(null, Facet.QUALITY);

    private final Facet needFacet;
    private final Facet traitFacet;

    Theme(Facet needFacet, Facet traitFacet) {
        this.needFacet = needFacet;
        this.traitFacet = traitFacet;
    }

    /**
     * The themes that users can have as a need.
     *
     * @return ten themes
     */
    public static List<Theme> needs() {
        return Arrays.stream(values()).filter(theme -> theme.needFacet != null).toList();
    }

    static Theme of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    Facet facet(Side side) {
        return side == Side.USER ? needFacet : traitFacet;
    }

    /**
     * The name in files.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
