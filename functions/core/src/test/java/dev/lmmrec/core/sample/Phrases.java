package dev.lmmrec.core.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The phrases of the resource {@code phrases.txt}; the least used ones come first, so that words vary. */
final class Phrases {

    private final Map<String, List<Phrase>> sections = new HashMap<>();
    private final Random random;

    Phrases(Random random) {
        this.random = random;
        List<Phrase> section = new ArrayList<>();
        for (String line : lines("phrases.txt")) {
            if (line.startsWith("[")) {
                section = new ArrayList<>();
                sections.put(line.substring(1, line.indexOf(']')), section);
            } else {
                section.add(Phrase.parse(line));
            }
        }
    }

    /** The lines of a resource beside this class that are neither empty nor comments. */
    static List<String> lines(String resource) {
        try (InputStream in = Phrases.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    boolean has(String section, Noun noun) {
        return sections.getOrDefault(section, List.of()).stream().anyMatch(phrase -> phrase.suits(noun, false));
    }

    /** Picks a phrase of a section and fills it in; evidence stays between « and ». */
    String pick(String section, Noun noun, boolean named) {
        return pick(section, noun, named, false);
    }

    /** The same for something said aside: nothing that speaks of the item itself. */
    String pickAside(String section, Noun noun) {
        return pick(section, noun, false, true);
    }

    private String pick(String section, Noun noun, boolean named, boolean aside) {
        List<Phrase> suiting = sections.getOrDefault(section, List.of()).stream()
                .filter(phrase -> phrase.suits(noun, aside))
                .toList();
        if (suiting.isEmpty()) {
            throw new IllegalArgumentException("section [" + section + "] has no phrase for " + noun);
        }
        int leastUsed = suiting.stream().mapToInt(phrase -> phrase.used).min().orElseThrow();
        List<Phrase> fresh =
                suiting.stream().filter(phrase -> phrase.used == leastUsed).toList();
        Phrase chosen = fresh.get(random.nextInt(fresh.size()));
        chosen.used++;
        return fill(chosen.template, noun, named);
    }

    private String fill(String template, Noun noun, boolean named) {
        String words = template;
        for (int open = words.lastIndexOf('{'); open >= 0; open = words.lastIndexOf('{')) {
            int close = words.indexOf('}', open);
            String[] choices = words.substring(open + 1, close).split("\\|", -1);
            words = words.substring(0, open) + choices[random.nextInt(choices.length)] + words.substring(close + 1);
        }
        for (int open = words.indexOf('<'); open >= 0; open = words.indexOf('<')) {
            int close = words.indexOf('>', open);
            String[] forms = words.substring(open + 1, close).split("/", -1);
            words = words.substring(0, open) + forms[noun.plural() ? 1 : 0] + words.substring(close + 1);
        }
        return words.replace("$S", subject(noun, named))
                .replace("$this kind", "this kind")
                .replace("$this", noun.plural() ? "these" : "this")
                .replace("$it", noun.plural() ? "them" : "it")
                .replace("$n", noun.word())
                .replaceAll(" +", " ")
                .strip();
    }

    private String subject(Noun noun, boolean named) {
        if (named && random.nextInt(4) > 0) {
            return noun.plural() ? "they" : "it";
        }
        return switch (random.nextInt(5)) {
            case 0, 1 -> (noun.plural() ? "these " : "this ") + noun.word();
            case 2, 3 -> "the " + noun.word();
            default -> noun.plural() ? "they" : "it";
        };
    }

    /** The word a review uses for its item. */
    record Noun(String kind, String word) {

        boolean plural() {
            return kind.equals("gloves") || kind.equals("boots");
        }
    }

    private static final class Phrase {

        private final String template;
        private final List<String> kinds;
        private final boolean pointed;
        private int used;

        private Phrase(String template, List<String> kinds) {
            this.pointed = template.startsWith("! ");
            this.template = pointed ? template.substring(2) : template;
            this.kinds = kinds;
        }

        static Phrase parse(String line) {
            int mark = line.lastIndexOf(" @");
            return mark < 0
                    ? new Phrase(line.strip(), List.of())
                    : new Phrase(
                            line.substring(0, mark).strip(),
                            Arrays.asList(line.substring(mark + 2).strip().split(",")));
        }

        boolean suits(Noun noun, boolean aside) {
            return (kinds.isEmpty() || kinds.contains(noun.kind())) && !(pointed && aside);
        }
    }
}
