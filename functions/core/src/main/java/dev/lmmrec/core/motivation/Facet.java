package dev.lmmrec.core.motivation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kind of reason a motivation gives. Twelve are known everywhere; a deployment may use its own as well.
 *
 * @param name lower case letters, digits and hyphens
 */
public record Facet(@JsonValue String name) {

    // before the facets, whose constructor needs it
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** Does what it is for: sound, taste, performance, fit, features. */
    public static final Facet FUNCTION = new Facet("function");
    /** Materials, build, workmanship. */
    public static final Facet QUALITY = new Facet("quality");
    /** Lasts, breaks, wears. */
    public static final Facet DURABILITY = new Facet("durability");
    /** Cost and value. */
    public static final Facet PRICE = new Facet("price");
    /** Looks, size, weight, feel. */
    public static final Facet DESIGN = new Facet("design");
    /** Easy to use, set up, carry, clean. */
    public static final Facet CONVENIENCE = new Facet("convenience");
    /** Delivery, packaging, seller, staff, warranty. */
    public static final Facet SERVICE = new Facet("service");
    /** Gift, family, guests, colleagues, recommended by others. */
    public static final Facet SOCIAL = new Facet("social");
    /** Fun, pleasure, nostalgia, atmosphere, frustration. */
    public static final Facet EMOTION = new Facet("emotion");
    /** Skill level, profession, style, brand loyalty, values. */
    public static final Facet IDENTITY = new Facet("identity");
    /** New, unusual, variety, curiosity. */
    public static final Facet NOVELTY = new Facet("novelty");
    /** Better or worse than a named alternative or the former one. */
    public static final Facet COMPARISON = new Facet("comparison");

    /** The twelve facets that are known everywhere. */
    public static final List<Facet> KNOWN = List.of(
            FUNCTION,
            QUALITY,
            DURABILITY,
            PRICE,
            DESIGN,
            CONVENIENCE,
            SERVICE,
            SOCIAL,
            EMOTION,
            IDENTITY,
            NOVELTY,
            COMPARISON);

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is not 1 to 40 lower case letters, digits and hyphens
     */
    @JsonCreator
    public Facet {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "facet '" + name + "' must be 1 to 40 lower case letters, digits and hyphens");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
