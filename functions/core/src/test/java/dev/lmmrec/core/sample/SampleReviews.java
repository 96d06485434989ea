package dev.lmmrec.core.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.sample.Phrases.Noun;
import dev.lmmrec.core.sample.Sample.Item;
import dev.lmmrec.core.sample.Sample.Planted;
import dev.lmmrec.core.sample.Sample.PlantedMotivation;
import dev.lmmrec.core.sample.Sample.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Writes the bundled sample. Users have needs, items have traits; users choose mostly what answers their needs, and
 * write about it in words that are put together from many phrases. The same seed gives the same files everywhere.
 */
public final class SampleReviews {

    /** The seed of the bundled files. */
    public static final long SEED = 20_261_123;

    private static final int USERS = 80;
    private static final int REVIEWS_PER_USER_MIN = 5;
    private static final int REVIEWS_PER_USER_SPREAD = 6;
    private static final long TIME_FIRST = Instant.parse("2024-02-01T06:00:00Z").getEpochSecond();
    private static final int DAYS = 640;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int WAKING_SECONDS = 16 * 3_600;

    private final Random random;
    private final Phrases phrases;
    private final List<Theme> pack = new ArrayList<>();
    private final Map<String, List<String>> nouns = new HashMap<>();

    private SampleReviews(long seed) {
        this.random = new Random(seed);
        this.phrases = new Phrases(random);
    }

    /**
     * Writes the files.
     *
     * @param arguments the directory to write into
     * @throws IOException if they cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("give one argument, the directory to write into");
        }
        Path directory = Path.of(arguments[0]);
        Sample sample = generate(SEED);
        Files.writeString(directory.resolve("reviews.jsonl"), reviewLines(sample), StandardCharsets.UTF_8);
        Files.writeString(directory.resolve("planted.jsonl"), plantedLines(sample), StandardCharsets.UTF_8);
    }

    /**
     * Generates a sample.
     *
     * @param seed decides everything
     * @return the sample
     */
    public static Sample generate(long seed) {
        return new SampleReviews(seed).sample();
    }

    /**
     * The content of {@code reviews.jsonl}.
     *
     * @param sample a sample
     * @return one review a line
     */
    public static String reviewLines(Sample sample) {
        return lines(sample.reviews().stream().map(Planted::review).toList());
    }

    /**
     * The content of {@code planted.jsonl}.
     *
     * @param sample a sample
     * @return one review's planted motivations a line
     */
    public static String plantedLines(Sample sample) {
        return lines(sample.reviews().stream()
                .map(planted -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("reviewId", planted.review().reviewId());
                    line.put(
                            "motivations",
                            planted.motivations().stream()
                                    .map(SampleReviews::fields)
                                    .toList());
                    return line;
                })
                .toList());
    }

    private static Map<String, Object> fields(PlantedMotivation motivation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("side", motivation.side());
        fields.put(
                motivation.side() == Side.USER ? "need" : "trait",
                motivation.theme().id());
        fields.put("facet", motivation.facet());
        fields.put("polarity", motivation.polarity());
        fields.put("evidence", motivation.evidence());
        fields.put("field", motivation.field());
        fields.put("start", motivation.start());
        return fields;
    }

    private static String lines(List<?> values) {
        ObjectMapper json = JsonMapper.builder().build();
        StringBuilder lines = new StringBuilder();
        for (Object value : values) {
            try {
                lines.append(json.writeValueAsString(value)).append('\n');
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("records and maps of text can be written as JSON", e);
            }
        }
        return lines.toString();
    }

    private Sample sample() {
        List<Item> items = Phrases.lines("items.txt").stream().map(this::item).toList();
        List<User> users = new ArrayList<>();
        List<Planted> drafts = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (int i = 1; i <= USERS; i++) {
            User user = new User(String.format("u%03d", i), needs());
            users.add(user);
            Wording wording = Wording.draw(random);
            for (Item item : choose(user, items)) {
                Planted draft = review(user, item, wording);
                for (int again = 0; again < 20 && !texts.add(draft.review().text()); again++) {
                    draft = review(user, item, wording);
                }
                drafts.add(draft);
            }
        }
        drafts.sort(
                Comparator.comparingLong((Planted planted) -> planted.review().time())
                        .thenComparing(planted -> planted.review().userId()));
        List<Planted> reviews = new ArrayList<>();
        for (Planted draft : drafts) {
            reviews.add(new Planted(
                    withId(draft.review(), String.format("s%04d", reviews.size() + 1)), draft.motivations()));
        }
        return new Sample(users, items, reviews);
    }

    private static Review withId(Review review, String id) {
        return new Review(
                id,
                review.userId(),
                review.itemId(),
                review.rating(),
                review.time(),
                review.title(),
                review.text(),
                review.source());
    }

    private Item item(String line) {
        String[] parts = line.split("\\|", -1);
        Map<Theme, Polarity> traits = new EnumMap<>(Theme.class);
        for (String trait : parts[3].strip().split(" +", -1)) {
            traits.put(
                    Theme.of(trait.substring(0, trait.length() - 1)),
                    trait.endsWith("+") ? Polarity.POSITIVE : Polarity.NEGATIVE);
        }
        String id = parts[0].strip();
        nouns.put(id, Arrays.asList(parts[2].strip().split(", *")));
        return new Item(id, parts[1].strip(), traits, Integer.parseInt(parts[4].strip()));
    }

    /** Deals from a pack of all needs, so that each is somebody's, and about equally often. */
    private Set<Theme> needs() {
        int draw = random.nextInt(10);
        int count = draw < 3 ? 1 : draw < 8 ? 2 : 3;
        Set<Theme> needs = EnumSet.noneOf(Theme.class);
        while (needs.size() < count) {
            if (pack.isEmpty()) {
                pack.addAll(Theme.needs());
                Collections.shuffle(pack, random);
            }
            needs.add(pack.remove(pack.size() - 1));
        }
        return needs;
    }

    private List<Item> choose(User user, List<Item> items) {
        int count = REVIEWS_PER_USER_MIN + random.nextInt(REVIEWS_PER_USER_SPREAD);
        List<Item> left = new ArrayList<>(items);
        List<Item> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            double[] weights = left.stream()
                    .mapToDouble(item -> weight(user, item, chosen))
                    .toArray();
            double point = random.nextDouble() * Arrays.stream(weights).sum();
            int index = 0;
            while (index < weights.length - 1 && point >= weights[index]) {
                point -= weights[index++];
            }
            chosen.add(left.remove(index));
        }
        return chosen;
    }

    private static double weight(User user, Item item, List<Item> chosen) {
        int answers = item.answers(user);
        double wanted = answers == 0 ? 0.4 : 2.0 + 4.0 * (answers - 1);
        double warned = item.fails(user) > 0 ? 0.75 : 1;
        boolean hasOne = chosen.stream().anyMatch(other -> other.kind().equals(item.kind()));
        return wanted * warned * (1 + item.popularity()) * (hasOne ? 0.3 : 1);
    }

    private Planted review(User user, Item item, Wording wording) {
        List<String> words = nouns.get(item.itemId());
        Noun noun = new Noun(item.kind(), words.get(random.nextInt(words.size())));
        long time = TIME_FIRST + (long) random.nextInt(DAYS) * SECONDS_PER_DAY + random.nextInt(WAKING_SECONDS);
        List<Theme> traits = random.nextInt(100) < 6 ? List.of() : told(user, item, wording);
        int rating = rating(user, item, traits, wording);
        Marked title = new Marked(Field.TITLE);
        Marked text = new Marked(Field.TEXT);
        if (traits.isEmpty()) {
            text.add(phrases.pick("plain " + rating, noun, false), null);
            text.end(wording.end(random));
        } else {
            body(text, user, item, noun, traits, rating, wording);
        }
        title(title, item, noun, traits, rating);
        List<PlantedMotivation> motivations = new ArrayList<>();
        String writtenTitle = title.written(wording, random, motivations);
        String writtenText = text.written(wording, random, motivations);
        return new Planted(
                new Review("", user.userId(), item.itemId(), rating, time, writtenTitle, writtenText, "sample"),
                motivations);
    }

    /** What the user has to say of an item: rather what concerns the user's needs. */
    private List<Theme> told(User user, Item item, Wording wording) {
        List<Theme> traits = new ArrayList<>(item.traits().keySet());
        Collections.shuffle(traits, random);
        traits.sort(Comparator.comparing(trait -> !user.needs().contains(trait)));
        List<Theme> told = new ArrayList<>();
        for (Theme trait : traits) {
            // a short review names one thing, a long one up to three
            int percent = user.needs().contains(trait) ? 90 : 40;
            if (told.size() <= wording.length() && random.nextInt(100) < percent) {
                told.add(trait);
            }
        }
        if (told.isEmpty()) {
            return List.of(traits.get(0));
        }
        // what pleases and what does not are told together
        Polarity first = item.traits().get(told.get(0));
        told.sort(Comparator.comparing(trait -> item.traits().get(trait) != first));
        return told;
    }

    private int rating(User user, Item item, List<Theme> told, Wording wording) {
        double rating = 3.8 + wording.leniency() + (random.nextInt(11) - 5) / 10.0;
        int good = 0;
        for (Theme trait : told) {
            boolean pleases = item.traits().get(trait) == Polarity.POSITIVE;
            boolean needed = user.needs().contains(trait);
            rating += pleases ? (needed ? 0.8 : 0.3) : (needed ? -2.5 : -1.2);
            good += pleases ? 1 : 0;
        }
        int stars = (int) Math.max(1, Math.min(5, Math.round(rating)));
        if (good == told.size()) {
            return Math.max(4, stars);
        }
        return good == 0 ? Math.min(3, stars) : stars;
    }

    private void body(Marked text, User user, Item item, Noun noun, List<Theme> traits, int rating, Wording wording) {
        int length = wording.length();
        boolean opener = random.nextInt(100) < new int[] {6, 35, 65}[length];
        boolean talk = random.nextInt(100) < new int[] {4, 25, 60}[length];
        boolean verdict = random.nextInt(100) < new int[] {25, 40, 55}[length];
        Theme need = needToTell(user, item, new int[] {55, 78, 92}[length]);
        boolean needFirst = random.nextInt(100) < 62;
        if (opener) {
            text.addOpener(phrases.pick("opener", noun, false), wording.end(random));
        }
        if (need != null && needFirst) {
            need(text, need, item, noun, rating);
            text.end(wording.dash() && random.nextInt(3) == 0 ? " -" : wording.end(random));
        }
        traits(text, item, noun, traits, wording);
        if (need != null && !needFirst) {
            need(text, need, item, noun, rating);
            text.end(wording.end(random));
        }
        if (talk) {
            text.add(phrases.pick("talk", noun, true), null);
            text.end(wording.end(random));
        }
        if (verdict) {
            boolean mixed = traits.stream().anyMatch(trait -> item.traits().get(trait) == Polarity.NEGATIVE);
            String section = "verdict " + rating + (mixed && rating == 4 ? " but" : "");
            text.add(phrases.pick(section, noun, true), null);
            text.end(wording.end(random));
        }
    }

    private Theme needToTell(User user, Item item, int percent) {
        if (random.nextInt(100) >= percent) {
            return null;
        }
        List<Theme> needs = new ArrayList<>(user.needs());
        Collections.shuffle(needs, random);
        needs.sort(Comparator.comparing(need -> !item.traits().containsKey(need)));
        Theme first = needs.get(0);
        // who buys something for another reason seldom speaks of this one
        return item.traits().containsKey(first) || random.nextInt(100) < 32 ? first : null;
    }

    private void need(Marked text, Theme need, Item item, Noun noun, int rating) {
        boolean met = rating >= 4 && item.traits().get(need) == Polarity.POSITIVE && random.nextInt(8) == 0;
        String section = "need " + need.id() + (met ? " +" : "");
        if (!phrases.has(section, noun)) {
            section = "need " + need.id();
            met = false;
        }
        String phrase = item.traits().containsKey(need)
                ? phrases.pick(section, noun, text.names(noun))
                : phrases.pickAside(section, noun);
        String words = phrase.replace("«", "");
        if (!met && words.matches("(I|I'm|we|we're|our|my) .*") && !words.contains(",") && random.nextInt(4) == 0) {
            phrase = phrases.pick("because", noun, text.names(noun)).replace("~", phrase);
        }
        text.add(phrase, new Plan(Side.USER, need, met ? Polarity.POSITIVE : Polarity.NEUTRAL));
    }

    private void traits(Marked text, Item item, Noun noun, List<Theme> traits, Wording wording) {
        Polarity before = null;
        String phraseBefore = "";
        for (int i = 0; i < traits.size(); i++) {
            Theme trait = traits.get(i);
            Polarity polarity = item.traits().get(trait);
            String phrase = phrases.pick("trait " + trait.id() + sign(polarity), noun, text.names(noun));
            Plan plan = new Plan(Side.ITEM, trait, polarity);
            boolean lead = random.nextInt(6) == 0;
            if (i == 0) {
                text.add(phrase, plan);
            } else if (lead) {
                boolean first = traits.stream()
                        .limit(i)
                        .noneMatch(other -> item.traits().get(other) == polarity);
                text.end(wording.end(random));
                String section = "lead" + sign(polarity) + (first ? "" : " more");
                text.add(phrases.pick(section, noun, true).replace("~", phrase), plan);
            } else if (before != polarity) {
                text.join(random.nextInt(3) == 0 ? ". But " : wording.dash() ? " - but " : ", but ", phrase, plan);
            } else if (hasSubject(phrase) && !phraseBefore.contains(",") && random.nextInt(2) == 0) {
                text.join(" and ", phrase, plan);
            } else {
                text.end(wording.end(random));
                text.add(phrase, plan);
            }
            before = polarity;
            phraseBefore = phrase;
        }
        text.end(wording.end(random));
    }

    private static boolean hasSubject(String phrase) {
        String words = phrase.replace("«", "");
        return words.matches("(I|it|they|this|these|the|my|you|we) .*");
    }

    private static String sign(Polarity polarity) {
        return polarity == Polarity.POSITIVE ? " +" : " -";
    }

    private void title(Marked title, Item item, Noun noun, List<Theme> traits, int rating) {
        int draw = random.nextInt(100);
        if (draw < 22) {
            return;
        }
        Theme first = traits.isEmpty() ? null : traits.get(0);
        Polarity polarity = first == null ? null : item.traits().get(first);
        boolean agrees = polarity == Polarity.POSITIVE ? rating >= 4 : rating <= 3;
        String section = first == null ? "" : "title " + first.id() + sign(polarity);
        if (draw < 52 && agrees && phrases.has(section, noun)) {
            title.add(phrases.pick(section, noun, false), new Plan(Side.ITEM, first, polarity));
        } else {
            title.add(phrases.pick("title " + rating, noun, false), null);
        }
    }

    /** What a phrase's marked words show. */
    private record Plan(Side side, Theme theme, Polarity polarity) {}

    /** A text that grows by phrases and remembers what their marked words show. */
    private static final class Marked {

        private final Field field;
        private final StringBuilder text = new StringBuilder();
        private final List<Plan> plans = new ArrayList<>();
        private boolean sentenceStarts = true;

        Marked(Field field) {
            this.field = field;
        }

        boolean names(Noun noun) {
            return text.indexOf(noun.word()) >= 0;
        }

        void add(String phrase, Plan plan) {
            if (text.length() > 0) {
                text.append(' ');
            }
            text.append(sentenceStarts ? capitalised(phrase) : phrase);
            sentenceStarts = false;
            remember(phrase, plan);
        }

        /** An opener ending in ~ goes on in the same sentence. */
        void addOpener(String phrase, String end) {
            if (phrase.endsWith("~")) {
                add(phrase.substring(0, phrase.length() - 1), null);
            } else {
                add(phrase, null);
                end(end);
            }
        }

        void join(String between, String phrase, Plan plan) {
            text.append(between).append(phrase);
            remember(phrase, plan);
        }

        private void remember(String phrase, Plan plan) {
            int marks = (int) phrase.chars().filter(c -> c == '«').count();
            if (marks != (plan == null ? 0 : 1)) {
                throw new IllegalStateException("phrase '" + phrase + "' marks evidence " + marks + " times");
            }
            if (plan != null) {
                plans.add(plan);
            }
        }

        void end(String mark) {
            if (mark.equals(" -")) {
                text.append(mark);
                return;
            }
            if (!text.toString().replace("»", "").endsWith(".")) {
                text.append(mark);
            }
            sentenceStarts = true;
        }

        private static String capitalised(String phrase) {
            int first = phrase.startsWith("«") ? 1 : 0;
            return phrase.substring(0, first)
                    + Character.toUpperCase(phrase.charAt(first))
                    + phrase.substring(first + 1);
        }

        String written(Wording wording, Random random, List<PlantedMotivation> motivations) {
            String own = wording.inOwnHand(text.toString(), random);
            StringBuilder plain = new StringBuilder();
            int start = 0;
            int next = 0;
            for (int i = 0; i < own.length(); i++) {
                char c = own.charAt(i);
                if (c == '«') {
                    start = plain.length();
                } else if (c == '»') {
                    Plan plan = plans.get(next++);
                    motivations.add(new PlantedMotivation(
                            plan.side(),
                            plan.theme(),
                            plan.theme().facet(plan.side()),
                            plan.polarity(),
                            plain.substring(start),
                            field,
                            start));
                } else {
                    plain.append(c);
                }
            }
            return plain.toString();
        }
    }
}
