package dev.lmmrec.reading.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.reading.agreement.MotiveScore;
import dev.lmmrec.reading.label.SharedLabels;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The bundled student against labelled reviews, which are not part of the project: without them it is skipped. */
class LabelledStudentTest {

    @Test
    void student_onReviewsNotTrainedOn_agreesWithTheLabelsAsWellAsMeasured() throws IOException {
        var labelled = SharedLabels.read("musical-instruments", "musical-instruments");
        MotiveScore score = new MotiveScore();
        try (StudentReader student = StudentReader.bundled()) {
            labelled.stream()
                    .filter(each -> each.split().equals("dev"))
                    .forEach(each -> score.add(student.read(each.review()).motivations(), each.motivations()));
        }

        assertThat(score.total().motiveF1()).as("%s", score).isGreaterThan(0.52);
        assertThat(score.total().spanF1()).as("%s", score).isGreaterThan(0.67);
        assertThat(score.total().facetAccuracy()).as("%s", score).isGreaterThan(0.74);
    }

    @Test
    void student_thatReadsTwice_agreesBetterWithLabelsOfAnotherDomain() throws IOException {
        var games = SharedLabels.read("steam-reviews", "steam-reviews");
        MotiveScore once = new MotiveScore();
        MotiveScore twice = new MotiveScore();
        StudentReader student = StudentReader.bundled();
        try (TwiceReader reader = new TwiceReader(student)) {
            games.forEach(each -> {
                once.add(student.read(each.review()).motivations(), each.motivations());
                twice.add(reader.read(each.review()).motivations(), each.motivations());
            });
        }

        assertThat(twice.total().motiveF1())
                .as("once %s, twice %s", once, twice)
                .isGreaterThan(once.total().motiveF1() + 0.02);
    }
}
