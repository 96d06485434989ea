package dev.lmmrec.training.cli;

import dev.lmmrec.reading.ReviewReader;
import dev.lmmrec.reading.label.LabelledMotives;
import dev.lmmrec.reading.linear.LinearReader;
import dev.lmmrec.reading.student.StudentReader;
import dev.lmmrec.reading.student.TwiceReader;
import dev.lmmrec.reading.triplet.DictionaryReader;
import dev.lmmrec.reading.triplet.TrainedReader;
import dev.lmmrec.reading.triplet.TripletFile;
import dev.lmmrec.reading.triplet.TripletReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Which reader a command line names. */
final class ReaderChoice {

    static final String OPTION_HELP = "embedded (linear) or student, which come with the program, a folder that distil"
            + " wrote, or a file of motives to take as the answer (default: ${DEFAULT-VALUE}). A student with :twice"
            + " behind it reads each review twice, which is better in another domain than that of its labels.";

    private static final String STUDENT = "student";
    private static final String TWICE = ":twice";

    private ReaderChoice() {}

    /** Opens a reader of triplets: a trained one, or a file of sentences whose triplets are learnt by heart. */
    static TripletReader openForTriplets(String name) throws IOException {
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + " (for triplets --extractor takes a folder that distil --triplets"
                    + " wrote, or a file of sentences with triplets, to learn by heart)");
        }
        return Files.isDirectory(path) ? TrainedReader.open(path) : new DictionaryReader(new TripletFile(path).read());
    }

    /** Opens the reader. */
    static ReviewReader open(String name) throws IOException {
        if (name.equals("embedded")) {
            return LinearReader.load();
        }
        if (name.endsWith(TWICE)) {
            String once = name.substring(0, name.length() - TWICE.length());
            return new TwiceReader(once.equals(STUDENT) ? StudentReader.bundled() : StudentReader.open(Path.of(once)));
        }
        if (name.equals(STUDENT)) {
            return StudentReader.bundled();
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + " (--extractor takes embedded, student, a folder or a file)");
        }
        return Files.isDirectory(path) ? StudentReader.open(path) : new LabelledMotives(path);
    }
}
