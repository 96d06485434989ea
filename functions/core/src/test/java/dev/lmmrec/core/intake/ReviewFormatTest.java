package dev.lmmrec.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.intake.ReadLine.Rejected;
import dev.lmmrec.core.intake.ReadLine.Reviews;
import dev.lmmrec.core.review.CheckedReview.Accepted;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewFormatTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void lmmrec_allFields_becomesTheReview() throws IOException {
        assertThat(review(ReviewFormat.LMMREC, """
                {"reviewId":"r1","userId":"u","itemId":"i","rating":4.5,"time":1700000000,"title":"T","text":"Fine","source":"shop"}"""))
                .isEqualTo(new Review("r1", "u", "i", 4.5, 1_700_000_000, "T", "Fine", "shop"));
    }

    @Test
    void lmmrec_shortSpellingsWithoutId_getAStableId() throws IOException {
        String line = "{\"user\":\"u\",\"item\":7,\"rating\":4,\"time\":1700000000,\"text\":\"%s\"}";
        Review first = review(ReviewFormat.LMMREC, line.formatted("Fine"));
        Review edited = review(ReviewFormat.LMMREC, line.formatted("Fine, edited"));
        Review later = review(ReviewFormat.LMMREC, line.formatted("Fine").replace("1700000000", "1700000001"));

        assertThat(first.reviewId()).hasSize(32).isEqualTo(edited.reviewId()).isNotEqualTo(later.reviewId());
        assertThat(first.itemId()).isEqualTo("7");
    }

    @Test
    void amazon2014_json_isRead() throws IOException {
        Review review = review(ReviewFormat.AMAZON_2014, """
                {"reviewerID":"A1","asin":"B1","helpful":[0,1],"overall":5.0,"unixReviewTime":1400000000,"summary":"Yes","reviewText":"Solid"}""");
        assertThat(review)
                .isEqualTo(new Review(review.reviewId(), "A1", "B1", 5, 1_400_000_000, "Yes", "Solid", "amazon-2014"));
    }

    @Test
    void amazon2014_pythonLiteral_isReadWithItsEscapes() throws IOException {
        Review review = review(ReviewFormat.AMAZON_2014, """
                {'reviewerID': 'A1', 'asin': 'B1', 'overall': 2.0, 'unixReviewTime': 1400000000, 'summary': "It's ok", \
                'reviewText': u'caf\\xe9 isn\\'t \\u00fcber\\n"quoted"', 'helpful': (1, None), 'x': True}""");
        assertThat(review.title()).isEqualTo("It's ok");
        assertThat(review.text()).isEqualTo("café isn't über\n\"quoted\"");
    }

    @Test
    void amazon2014_brokenPythonLiteral_isRefusedWithTheCharacter() throws IOException {
        assertThat(rejected(ReviewFormat.AMAZON_2014, "{'reviewerID': 'A1', 'asin' 'B1'}")
                        .reason())
                .isEqualTo("is neither JSON nor a Python literal: expected ':' at character 29");
    }

    @Test
    void amazon2018_variantFields_areLeftAside() throws IOException {
        Review review = review(ReviewFormat.AMAZON_2018, """
                {"reviewerID":"A1","asin":"B1","overall":3,"verified":true,"vote":"12","style":{"Color:":" Red"},\
                "unixReviewTime":1500000000,"reviewText":"Middling"}""");
        assertThat(review.source()).isEqualTo("amazon-2018");
        assertThat(review.title()).isEmpty();
    }

    @Test
    void amazon2018_noReviewText_isRefusedNamingBothSpellings() throws IOException {
        assertThat(rejected(ReviewFormat.AMAZON_2018, """
                        {"reviewerID":"A1","asin":"B1","overall":3,"verified":true,"unixReviewTime":1500000000}""").reason())
                .isEqualTo("text (reviewText): is empty; a review needs words");
    }

    @Test
    void amazon2023_milliseconds_becomeSeconds() throws IOException {
        Review review = review(ReviewFormat.AMAZON_2023, """
                {"user_id":"A1","asin":"B1","parent_asin":"B0","rating":1.0,"timestamp":1588687728923,"title":"No","text":"Bad"}""");
        assertThat(review.time()).isEqualTo(1_588_687_728);
        assertThat(review.itemId()).isEqualTo("B0");
    }

    @ParameterizedTest
    @CsvSource({"1588687728", "99999999999", "0", "-1"})
    void amazon2023_seconds_areRefusedSayingWhatIsExpected(long timestamp) throws IOException {
        assertThat(rejected(ReviewFormat.AMAZON_2023, """
                        {"user_id":"A1","asin":"B1","rating":1.0,"timestamp":%d,"title":"No","text":"Bad"}""".formatted(timestamp)).reason())
                .isEqualTo("timestamp: is " + timestamp + ", must be epoch milliseconds from 100000000000 on;"
                        + " seconds go as time in the format lmmrec");
    }

    @Test
    void yelp_date_isUtc() throws IOException {
        Review review = review(ReviewFormat.YELP, """
                {"review_id":"y1","user_id":"u","business_id":"b","stars":4.0,"useful":0,"text":"Good soup","date":"2018-07-07 22:09:11"}""");
        assertThat(review)
                .isEqualTo(new Review(
                        "y1",
                        "u",
                        "b",
                        4,
                        Instant.parse("2018-07-07T22:09:11Z").getEpochSecond(),
                        "",
                        "Good soup",
                        "yelp"));
    }

    @ParameterizedTest
    @CsvSource({"2018-02-30 10:00:00", "2018-07-07", "yesterday"})
    void yelp_unreadableDate_isRefusedWithItsValue(String date) throws IOException {
        assertThat(rejected(ReviewFormat.YELP, """
                        {"review_id":"y1","user_id":"u","business_id":"b","stars":4.0,"text":"x","date":"%s"}""".formatted(date)).reason()).contains("date: is '" + date + "'");
    }

    @ParameterizedTest
    @CsvSource({"true,5", "false,1"})
    void steam_thumb_becomesARating(boolean recommended, double rating) throws IOException {
        Review review = review(ReviewFormat.STEAM, """
                {"user":"p","item":"440","recommended":%s,"time":1400000000,"text":"gg"}""".formatted(recommended));
        assertThat(review.rating()).isEqualTo(rating);
    }

    @Test
    void steam_nestedPythonLine_givesEachReview() throws IOException {
        List<ReadLine> read = read(ReviewFormat.STEAM, """
                {'user_id': 'p', 'user_url': 'x', 'reviews': [\
                {'funny': '', 'posted': 'Posted November 5, 2011.', 'item_id': '1250', 'recommend': True, 'review': 'Fun'}, \
                {'posted': 'Posted July 15.', 'item_id': '22200', 'recommend': False, 'review': 'Not fun'}]}""");

        List<Accepted> accepted = ((Reviews) read.get(0)).accepted();
        assertThat(accepted).extracting(a -> a.review().itemId()).containsExactly("1250", "22200");
        assertThat(accepted).extracting(a -> a.review().rating()).containsExactly(5.0, 1.0);
        assertThat(accepted.get(0).review().time())
                .isEqualTo(Instant.parse("2011-11-05T00:00:00Z").getEpochSecond());
        assertThat(accepted.get(0).notes()).isEmpty();
        assertThat(accepted.get(1).review().time())
                .isEqualTo(Instant.parse("2016-07-15T00:00:00Z").getEpochSecond());
        assertThat(accepted.get(1).notes()).hasToString("[time: has no year and was taken as 2016]");
    }

    @Test
    void steam_nestedLineWithOneBadReview_keepsTheOthers() throws IOException {
        Reviews read = (Reviews) read(ReviewFormat.STEAM, """
                        {"user_id":"p","reviews":[\
                        {"posted":"Posted May 1, 2012.","item_id":"1","recommend":true,"review":""},\
                        {"posted":"Posted May 2, 2012.","item_id":"2","recommend":true,"review":"Good"}]}""").get(0);
        assertThat(read.accepted()).hasSize(1);
        assertThat(read.rejected()).singleElement().satisfies(r -> assertThat(r.reason())
                .startsWith("text"));
    }

    @Test
    void steam_nestedWrongType_namesThePlace() throws IOException {
        assertThat(rejected(ReviewFormat.STEAM, "{\"user_id\":\"p\",\"reviews\":[{\"recommend\":\"yes\"}]}")
                        .reason())
                .isEqualTo("reviews[0].recommend: is the text \"yes\", must be true or false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lmmrec      | {\"user\":\"u\",\"item\":\"i\",\"rating\":4,\"time\":1,\"text\":\"t\"}",
                "lmmrec      | {\"userId\":\"u\",\"itemId\":\"i\"}",
                "amazon-2014 | {\"reviewerID\":\"u\",\"asin\":\"i\"}",
                "amazon-2014 | {'reviewerID':'u','asin':'i'}",
                "amazon-2018 | {\"reviewerID\":\"u\",\"asin\":\"i\",\"verified\":false}",
                "amazon-2018 | {\"reviewerID\":\"u\",\"asin\":\"i\",\"vote\":null}",
                "amazon-2023 | {\"user_id\":\"u\",\"asin\":\"i\"}",
                "yelp        | {\"user_id\":\"u\",\"business_id\":\"i\"}",
                "steam       | {\"user\":\"u\",\"item\":\"i\",\"recommended\":true}",
                "steam       | {\"user_id\":\"u\",\"reviews\":[]}",
            })
    void auto_firstFittingLine_decides(String format, String line) throws IOException {
        Path file = Files.writeString(folder.resolve("auto.jsonl"), "no json\n{\"a\":1}\n" + line + "\n");
        List<ReadLine> read = new ArrayList<>();
        Optional<ReviewFormat> decided =
                new ReviewFile(file, ReviewFormat.AUTO, new ReviewCheck(CLOCK)).read(read::add, Progress.SILENT);

        assertThat(decided).contains(ReviewFormat.named(format));
        assertThat(read).hasSize(3);
        assertThat(((Rejected) read.get(1)).reason())
                .contains("[a]")
                .contains("amazon-2014")
                .contains("steam");
    }

    @Test
    void named_unknown_listsAll() {
        assertThatThrownBy(() -> ReviewFormat.named("csv"))
                .hasMessage("format 'csv' is unknown; there are lmmrec, amazon-2014, amazon-2018, amazon-2023, yelp,"
                        + " steam, auto");
    }

    private Review review(ReviewFormat format, String line) throws IOException {
        List<ReadLine> read = read(format, line);
        assertThat(read).singleElement().isInstanceOf(Reviews.class);
        return ((Reviews) read.get(0)).accepted().get(0).review();
    }

    private Rejected rejected(ReviewFormat format, String line) throws IOException {
        List<ReadLine> read = read(format, line);
        assertThat(read).singleElement().isInstanceOf(Rejected.class);
        return (Rejected) read.get(0);
    }

    private List<ReadLine> read(ReviewFormat format, String line) throws IOException {
        Path file = Files.writeString(folder.resolve("one.jsonl"), line + "\n");
        List<ReadLine> read = new ArrayList<>();
        new ReviewFile(file, format, new ReviewCheck(CLOCK)).read(read::add, Progress.SILENT);
        return read;
    }
}
