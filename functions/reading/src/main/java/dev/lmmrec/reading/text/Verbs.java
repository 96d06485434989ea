package dev.lmmrec.reading.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The verbs of {@code verbs.tsv}: from a form that reviewers use to the third person. */
public final class Verbs {

    private final Map<String, String> thirdPerson;

    private Verbs(Map<String, String> thirdPerson) {
        this.thirdPerson = thirdPerson;
    }

    /**
     * Reads verbs.
     *
     * @param lines forms between blanks, a tab, the third person; {@code #} begins a comment
     */
    public static Verbs read(BufferedReader lines) throws IOException {
        Map<String, String> thirdPerson = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            for (String form : cells[0].split(" ", -1)) {
                thirdPerson.putIfAbsent(form, cells[1]);
            }
            thirdPerson.putIfAbsent(cells[1], cells[1]);
        }
        return new Verbs(thirdPerson);
    }

    /** The third person of a form, if it is one of a known verb. */
    public Optional<String> thirdPerson(String form) {
        return Optional.ofNullable(thirdPerson.get(form));
    }
}
