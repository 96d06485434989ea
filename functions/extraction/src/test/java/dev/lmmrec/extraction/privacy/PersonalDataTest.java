package dev.lmmrec.extraction.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    private final PersonalData personalData = new PersonalData("US");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            write to jane.doe+shop@mail.example.org please | jane.doe+shop@mail.example.org
            say jane(at)example(dot)org, or                | jane(at)example(dot)org
            to jane (at) example (dot) org for it          | jane (at) example (dot) org
            to jane [ at ] mail [dot] example {dot} org now | jane [ at ] mail [dot] example {dot} org
            ask john@gmail. com about it                   | john@gmail. com
            ask john@mail .example .com about it           | john@mail .example .com
            blank john @gmail.com before                   | john @gmail.com
            wide john\uff20gmail.com letters                | john\uff20gmail.com
            mail x@a.b.c.d.e.example.com again             | x@a.b.c.d.e.example.com
            ask m\u00fcller@b\u00fccher.de for it          | m\u00fcller@b\u00fccher.de
            my number is (212) 555-0123 thanks             | (212) 555-0123
            call 650-253-0000 now                          | 650-253-0000
            from abroad +49 30 901820 works                | +49 30 901820
            and +442079460000 too                          | +442079460000
            charged to 4111 1111 1111 1111 twice           | 4111 1111 1111 1111
            paid by 5500-0000-0000-0004.                   | 5500-0000-0000-0004
            amex 378282246310005 was refused               | 378282246310005
            follow @string_bender on there                 | @string_bender
            (thanks @joe)                                  | @joe
            ask @m\u00fcller about it                      | @m\u00fcller
            see @jane.smith.92. She knows                  | @jane.smith.92
            see @jane-smith, who knows                     | @jane-smith
            wide \uff20jane_smith too                       | \uff20jane_smith
            from abroad 0049 30 901820 works               | 0049 30 901820
            and 00 44 20 7946 0000 too                     | 00 44 20 7946 0000
            paid 4111\u20131111\u20131111\u20131111 once        | 4111\u20131111\u20131111\u20131111
            paid 4111 - 1111 - 1111 - 1111 once            | 4111 - 1111 - 1111 - 1111
            paid 4111  1111  1111  1111 once               | 4111  1111  1111  1111
            paid 4111\u20091111\u20091111\u20091111 once        | 4111\u20091111\u20091111\u20091111
            paid 4111\u202f1111\u202f1111\u202f1111 once        | 4111\u202f1111\u202f1111\u202f1111
            paid 4111/1111/1111/1111 once                  | 4111/1111/1111/1111
            paid 4111_1111_1111_1111 once                  | 4111_1111_1111_1111
            paid 4111, 1111, 1111, 1111 once               | 4111, 1111, 1111, 1111
            amex 3782 / 822463 / 10005 was refused         | 3782 / 822463 / 10005
            to DE89 3704 0044 0532 0130 00 AND NOT         | DE89 3704 0044 0532 0130 00
            of ab12 DE89 3704 0044 0532 0130 00 then       | DE89 3704 0044 0532 0130 00
            to gb82west12345698765432 please               | gb82west12345698765432
            SSN 123-45-6789 is mine                        | 123-45-6789
            sent to 42 Maple Street, Apt 7 on Monday       | 42 Maple Street, Apt 7
            we live at 1600 Amphitheatre Pkwy, Mountain View, CA 94043 | 1600 Amphitheatre Pkwy, Mountain View, CA 94043
            near 221B Baker St. in town                    | 221B Baker St.
            at 15 W. 8th Ave they know                     | 15 W. 8th Ave
            zu Hause in der Lindenstra\u00dfe 12a, 10115 Berlin also | Lindenstra\u00dfe 12a, 10115 Berlin
            via dei mercanti no, Via Dei Mercanti 7 s\u00ec | Via Dei Mercanti 7
            P.O. Box 1234 got it                           | P.O. Box 1234
            """)
    void personalData_isBlotted_andEverythingElseStays(String text, String personal) {
        int start = text.indexOf(personal);
        String blotted = "*".repeat(personal.length());

        assertThat(personalData.blot(text))
                .isEqualTo(text.substring(0, start) + blotted + text.substring(start + personal.length()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            I live at 12 main street in town               | 12 main street
            from 742 evergreen terrace.                    | 742 evergreen terrace
            sent to 12 Oak Way yesterday                   | 12 Oak Way
            sent to 34 Maple Circle, then                  | 34 Maple Circle
            the house is 5 Church Close, there             | 5 Church Close
            at 12 Elm Grove they                           | 12 Elm Grove
            at 12-14 High Street they                      | 12-14 High Street
            at 12 Main St, no problem                      | 12 Main St
            at 12 Main St, no. 7b, no problem              | 12 Main St, no. 7b
            at 12 MAIN STREET APT B they                   | 12 MAIN STREET APT B
            at 7 St. James Place they                      | 7 St. James Place
            at 9 J.F. Kennedy Blvd they                    | 9 J.F. Kennedy Blvd
            at 10 Sunset Drive they                        | 10 Sunset Drive
            """)
    void address_isBlotted_andEverythingElseStays(String text, String address) {
        assertThat(personalData.blot(text)).isEqualTo(text.replace(address, "*".repeat(address.length())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 16 GB Flash Drive",
                "256 GB USB Drive",
                "a 2 Terabyte External Hard Drive",
                "5 Star Place",
                "4 Stars. Place was great",
                "10 Minutes. Drive safe",
                "2 Thumbs Up. Place",
                "2 Thumbs Up All The Way",
                "3 PM Drive",
                "3 P.M. Drive",
                "6 String Guitar Road",
                "a 12 string road guitar",
                "after 25 years on the road",
                "a 10 mile road and a 12 lane highway",
                "played 30 or so road shows",
                "1 Great Way To Play",
                "10 Times The Same Place",
                "shot @60fps, @1080p, with @35mm and @24-70mm",
                "@3.5mm @120w @48khz @5pm",
            })
    void talkOfProducts_isNoAddressAndNoHandle(String text) {
        assertThat(personalData.blot(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bought 2 @ $10.50 each, 100% happy.",
                "I've had 12 of these since 1998 and 2 broke.",
                "The SM57 and the 5150 III 50W at 44.1 kHz / 24 bit.",
                "Strings .010 .013 .017 .026 .036 .046 stay in tune",
                "It took 4 drives to the shop on a 3 lane road",
                "Serial 1234567890123456 is on the back",
                "1 great street guitar, 5 stars",
                "ordered on 2014-03-12, arrived 03/17/2014",
                "@ home it is louder, rated 9/10 @ 5 pm",
                "sold @ home. Great, and @ work. It is",
                "gauges 52, 42, 30, 17, 13, 10, 9 and 4000, 500, 600, 700",
                "made in 2010, 2011, 2012 and 2016",
                "item 0099123456789, 00 12 34 and 5,00 49 30 901820",
                "GB82 WEST 1234 5698 7654 33 is no account, EL84 6V6 12AX7 nor ABCD",
                "part 000-12-3456, 123-00-4567 and 1-123-45-6789-0",
                "A-440, 440-480 Hz; 6L6, 12AX7, EL34",
                "",
            })
    void numbersThatTellNothingOfAnybody_stay(String text) {
        assertThat(personalData.blot(text)).isEqualTo(text);
    }

    @Test
    void card_overTwoLines_isBlottedWithTheBreak() {
        assertThat(personalData.blot("card 4111 1111\r\n1111 1111.")).isEqualTo("card " + "*".repeat(20) + ".");
    }

    @Test
    void number_ofADeploymentsOwnCountry_isBlottedWithoutACountryCode() {
        String text = "Ruf an: 030 901820.";

        assertThat(new PersonalData("de").blot(text)).isEqualTo("Ruf an: **********.");
    }

    @Test
    void region_thatIsNoCountry_isRefused() {
        assertThatThrownBy(() -> new PersonalData("Germany"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Germany' must be a country in two letters");
    }

    /** Whatever stands around: length and every other character are kept, and a second look finds nothing more. */
    @Test
    void anyMixture_keepsItsLength_andLosesEveryPlantedAddress() {
        List<String> planted = List.of("ann@example.com", "@ann_b", "4111111111111111", "+44 20 7946 0000");
        List<String> around = List.of(
                "caf\u00e9", "\ud83c\udfb8", "z\u0324\u0308", "12", "(x)", "\u97f3\u8272", "a.b", "-", "so good");
        long seed = 77;
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                List<String> from = random.nextInt(4) == 0 ? planted : around;
                text.append(from.get(random.nextInt(from.size()))).append(random.nextBoolean() ? " " : "\n");
            }
            String blotted = personalData.blot(text.toString());

            assertThat(blotted).as("seed %d run %d", seed, run).hasSameSizeAs(text);
            assertThat(blotted).as("seed %d run %d <%s>", seed, run, text).doesNotContain("ann", "4111", "7946");
            for (int i = 0; i < text.length(); i++) {
                assertThat(blotted.charAt(i)).isIn(text.charAt(i), PersonalData.BLOT);
            }
            assertThat(personalData.blot(blotted))
                    .as("seed %d run %d", seed, run)
                    .isEqualTo(blotted);
        }
    }
}
