package dev.lmmrec.local.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in a browser, on the whole deployment: what it shows is what the API answers. */
class PageIT {

    private static final String USER = "u013";
    private static final int ITEMS = 10;

    /** For something to come of a review, on a machine that does much else; nothing waits longer than it has to. */
    private static final double REVIEW_MILLIS_MAX = 120_000;

    private static final double STEP_MILLIS_MAX = 60_000;

    private static LiveSystem system;
    private static HeadlessBrowser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void bringSampleToServing() throws Exception {
        browser = HeadlessBrowser.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(STEP_MILLIS_MAX);
        system = LiveSystem.start("page", Map.of("LMMREC_ARTEFACT_LOOK_INTERVAL", "1S"));
        system.training("import", system.sampleFile().toString());
        system.awaitIdle();
        system.training(
                "train",
                "--no-baselines",
                "--out",
                system.logs().resolve("artefacts").toString());
        String version = system.versions().get(0);
        system.training("promote", version);
        system.await(
                "artefact " + version + " to be served",
                // the function may still be coming up
                () -> system.get("/v1/health"),
                answer -> version.equals(answer.body().path("modelVersion").asText()));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingWasComplainedOf() {
        if (context != null) {
            context.close();
        }
        assertThat(complaints).as("errors in the browser's console").isEmpty();
    }

    // ---- moving about

    private void open(String query) {
        open(query, new NewContextOptions().setViewportSize(1280, 900));
    }

    private void open(String query, NewContextOptions options) {
        context = browser.open(options.setReducedMotion(ReducedMotion.REDUCE));
        page = context.newPage();
        page.setDefaultTimeout(STEP_MILLIS_MAX);
        page.onConsoleMessage(this::listen);
        page.onPageError(error -> complaints.add(error));
        page.onDialog(dialog -> {
            complaints.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.navigate(system.deployment().api() + "/" + query);
    }

    private void openUser(String userId) {
        open("?user=" + userId);
        awaitRanking();
    }

    private void listen(ConsoleMessage message) {
        // a failed request is told by the page itself; the console's own line of it says no more
        if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
            complaints.add(message.text());
        }
    }

    private void awaitRanking() {
        assertThat(page.locator(".item")).hasCount(ITEMS);
        awaitQuiet();
    }

    private void awaitQuiet() {
        assertThat(page.locator("body")).not().hasAttribute("aria-busy", "true");
    }

    private List<String> shownItems() {
        return page.locator(".item h3").allTextContents();
    }

    private static List<String> itemIds(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("items").forEach(item -> ids.add(item.path("itemId").asText()));
        return ids;
    }

    private static JsonNode recommended(String more) throws Exception {
        return system.getOk("/v1/users/" + USER + "/recommendations?k=" + ITEMS + more);
    }

    // ---- what it is for

    @Test
    void choosingAUser_showsTheirMotivesAndWhatIsRecommendedAndWhy() throws Exception {
        open("");
        awaitRanking();
        page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Person"))
                .fill("u01");
        assertThat(page.getByRole(AriaRole.OPTION)).not().hasCount(0);
        assertThat(page.getByRole(AriaRole.OPTION).first()).hasText("u010");
        page.locator("[role=option]", new Page.LocatorOptions().setHasText(USER))
                .click();
        assertThat(page.locator("#title")).containsText(USER);
        awaitRanking();

        JsonNode profile = system.userProfile(USER);
        JsonNode answer = recommended("");
        assertThat(shownItems()).isEqualTo(itemIds(answer));
        assertThat(page.locator("#chart g.motive"))
                .hasCount(profile.path("motivations").size());
        TreeSet<String> facets = new TreeSet<>();
        profile.path("motivations")
                .forEach(motive -> facets.add(motive.path("facet").asText()));
        assertThat(new TreeSet<>(page.locator("#chart text.facet").allTextContents()))
                .isEqualTo(facets);
        assertThat(page.locator(".motive-row")).not().hasCount(0);
        JsonNode reason = answer.path("items").get(0).path("reasons").get(0);
        Locator first = page.locator(".item").first();
        assertThat(first.locator(".yours").first())
                .containsText(reason.at("/user/quote/text").asText());
        assertThat(first.locator(".theirs").first())
                .containsText(reason.at("/item/quote/text").asText());
        assertThat(page.locator(".bar .part").count()).isPositive();
        assertThat(page.locator("#live")).containsText(ITEMS + " recommendations");
    }

    @Test
    void motives_areInTheOrderOfTheApi() throws Exception {
        ObjectNode profile = (ObjectNode) system.userProfile(USER);
        List<JsonNode> motives = new ArrayList<>();
        profile.path("motivations").forEach(motives::add);
        Collections.reverse(motives);
        profile.withArray("motivations").removeAll().addAll(motives);
        openUser("u014");
        page.route("**/" + USER + "/profile", route -> answer(route, 200, "application/json", profile.toString()));

        choose(USER);
        awaitRanking();
        showAllMotives();

        assertThat(motives).hasSizeGreaterThan(1);
        assertThat(page.locator(".motive-row .statement").allTextContents())
                .containsExactlyElementsOf(motives.stream()
                        .map(motive -> motive.path("statement").asText())
                        .toList());
    }

    @Test
    void diversity_whenMoved_changesTheOrder() throws Exception {
        openUser(USER);
        List<String> before = shownItems();

        page.locator("#diversity").focus();
        page.keyboard().press("End");
        assertThat(page.locator("#ranking-change")).containsText("Diversity 1");
        awaitQuiet();

        assertThat(shownItems()).isNotEqualTo(before).isEqualTo(itemIds(recommended("&diversity=1")));
        assertThat(page.locator("#diversity-value")).hasText("1");
        assertThat(page.url()).contains("diversity=1");
        assertThat(page.locator("#live")).containsText("Diversity 1");
        assertThat(page.locator(".move")).not().hasCount(0);
    }

    private void choose(String userId) {
        page.locator("#user").fill(userId);
        page.keyboard().press("Escape");
        page.locator("#person button").click();
        assertThat(page.locator("#title")).containsText(userId);
    }

    @Test
    void diversity_whenMovedWhileAPersonLoads_waitsForTheirMotives() throws Exception {
        openUser("u014");
        List<Route> held = new ArrayList<>();
        page.route("**/" + USER + "/profile", route -> held.add(route));
        choose(USER);
        assertThat(page.locator("#motives-summary")).isHidden();
        page.waitForCondition(() -> !held.isEmpty());

        page.locator("#diversity").focus();
        page.keyboard().press("End");
        page.waitForCondition(() -> page.url().contains("diversity=1"));
        held.get(0).resume();
        awaitRanking();

        assertThat(shownItems()).isEqualTo(itemIds(recommended("&diversity=1")));
        assertThat(page.locator("#chart g.motive"))
                .hasCount(system.userProfile(USER).path("motivations").size());
        assertThat(page.locator("#motives-summary")).containsText("stars on average");
    }

    @Test
    void diversity_whenMovedWhileTheFirstRankingIsOnItsWay_marksNothingAsNew() throws Exception {
        openUser("u014");
        List<Route> held = new ArrayList<>();
        page.route("**/" + USER + "/recommendations*", route -> {
            // the first alone; taking the route back would let it through
            if (held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        choose(USER);
        assertThat(page.locator("#motives-summary")).containsText("stars on average");
        page.waitForCondition(() -> !held.isEmpty());

        page.locator("#diversity").focus();
        page.keyboard().press("End");
        awaitRanking();

        assertThat(shownItems()).isEqualTo(itemIds(recommended("&diversity=1")));
        assertThat(page.locator(".move")).hasCount(0);
        assertThat(page.locator("#ranking-change")).isHidden();
        assertThat(page.locator("#live")).containsText(ITEMS + " recommendations");
    }

    @Test
    void motive_switchedOff_isLeftOutOfTheRanking_andBackAgain() throws Exception {
        openUser(USER);
        List<String> before = shownItems();
        JsonNode reason = recommended("").path("items").get(0).path("reasons").get(0);
        String motive = reason.at("/user/id").asText();
        double score = recommended("").path("items").get(0).path("score").asDouble();
        showAllMotives();

        page.locator("[data-switch='" + motive + "']").click();
        assertThat(page.locator("[data-switch='" + motive + "']")).hasAttribute("aria-checked", "false");
        assertThat(page.locator("#ranking-change"))
                .containsText("Without \u201c"
                        + firstWords(reason.at("/user/statement").asText()));
        awaitQuiet();

        JsonNode without = recommended("&withoutMotivations=" + motive);
        assertThat(shownItems()).isEqualTo(itemIds(without));
        without.path("items").forEach(item -> {
            if (item.path("itemId").asText().equals(before.get(0))) {
                assertThat(item.path("score").asDouble()).isLessThan(score);
            }
        });
        assertThat(page.locator("#chart g.motive.off")).hasCount(1);
        assertThat(page.url()).contains("without=" + motive);

        page.locator("[data-switch='" + motive + "']").click();
        assertThat(page.locator("#ranking-change")).containsText("With \u201c");
        awaitQuiet();
        assertThat(shownItems()).isEqualTo(before);
    }

    private void showAllMotives() {
        if (page.locator(".more").isVisible()) {
            page.locator(".more").click();
        }
    }

    private static String firstWords(String statement) {
        return statement.substring(0, Math.min(20, statement.length()));
    }

    @Test
    void motivesSwitchedOffOneAfterTheOther_changeTheOrder() {
        openUser(USER);
        List<String> before = shownItems();
        showAllMotives();
        int motives = page.locator(".switch").count();

        for (int i = 0; i < motives; i++) {
            page.locator(".switch").nth(i).click();
            assertThat(page.locator(".switch").nth(i)).hasAttribute("aria-checked", "false");
        }
        awaitQuiet();

        assertThat(shownItems()).isNotEqualTo(before);
        assertThat(page.locator("#chart g.motive.off")).hasCount(motives);
    }

    @Test
    void reasonRefused_countsNoMoreHere_andLessWhereverThePersonIsRankedFor() throws Exception {
        openUser(USER);
        JsonNode best = recommended("").path("items").get(0);
        Locator refuse = page.locator(".item").first().locator(".not").first();
        String motive = refuse.getAttribute("data-not").split(" ", -1)[1];

        Response counted = page.waitForResponse("**/v1/feedback", refuse::click);

        assertThat(counted.status()).isEqualTo(200);
        assertThat(recommended("").path("items"))
                .filteredOn(item -> item.path("itemId").equals(best.path("itemId")))
                .allSatisfy(item -> assertThat(item.path("score").asDouble())
                        .isLessThan(best.path("score").asDouble()));
        assertThat(page.locator("#ranking-change")).containsText("Not because of");
        assertThat(page.locator("#chart g.motive.off")).hasCount(1);
        awaitQuiet();
        assertThat(page.locator(".not[data-not$='" + motive + "']")).hasCount(0);
    }

    // ---- a review on its way

    private void newcomer(String userId) {
        open("");
        awaitRanking();
        choose(userId);
        assertThat(page.locator("#motives-summary")).containsText("Nothing is known");
        assertThat(page.locator("#ranking-note")).not().isEmpty();
    }

    private void send(String itemId, String text) {
        page.locator("#item").fill(itemId);
        page.getByLabel("2 stars").check(new Locator.CheckOptions().setForce(true));
        page.locator("#text").fill(text);
        page.locator("#send").click();
        assertThat(page.locator(".found"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(REVIEW_MILLIS_MAX));
        awaitQuiet();
    }

    @Test
    void pastedReview_becomesMotives_andTheRankingFollows() throws Exception {
        String text = "I needed something warm for sitting outdoors in winter. The stitching came loose after a month.";
        newcomer("page-newcomer");

        send("winter-fell-boots", text);

        JsonNode profile = system.userProfile("page-newcomer");
        assertThat(profile.path("meanRating").asDouble()).isEqualTo(2);
        int motives = profile.path("motivations").size();
        assertThat(motives).isPositive();
        assertThat(page.locator(".found-list li")).hasCount(motives);
        assertThat(page.locator("#chart g.motive.fresh")).hasCount(motives);
        assertThat(page.locator(".steps .done")).hasCount(3);
        assertThat(page.locator(".read")).hasText(text);
        assertThat(page.locator(".read mark").allTextContents())
                .containsExactlyInAnyOrderElementsOf(profile.path("motivations").findValuesAsText("text"));
        assertThat(page.locator("#ranking-change")).containsText("With the new review");
        assertThat(page.locator("#ranking-note")).containsText("came after");
        assertThat(page.locator("#text")).hasValue("");
    }

    private Route sendHeld(String text) {
        List<Route> held = new ArrayList<>();
        page.route("**/v1/reviews", route -> held.add(route));
        page.locator("#item").fill("winter-fell-boots");
        page.locator("#text").fill(text);
        page.locator("#send").click();
        page.waitForCondition(() -> !held.isEmpty());
        return held.get(0);
    }

    @Test
    void reviewOnItsWay_whenAnotherPersonIsChosen_isNotWaitedForUnderTheirName() {
        openUser(USER);
        Route post = sendHeld("I needed something warm.");
        choose("u014");
        awaitRanking();

        answer(post, 202, "application/json", "{}");

        assertThat(page.locator("#send")).isEnabled();
        assertThat(page.locator("#progress")).isHidden();
        assertThat(page.locator("#text")).hasValue("");
        assertThat(page.locator("#title")).containsText("u014");
    }

    @Test
    void reviewThatDoesNotCount_saysWhy_andWhatIsTypedMeanwhileStays() throws Exception {
        openUser(USER);
        Route post = sendHeld("I needed something warm.");
        JsonNode review = system.json().readTree(post.request().postData());
        ObjectNode profile = (ObjectNode) system.userProfile(USER);
        ObjectNode held = ((ObjectNode) profile.path("interactions").get(0))
                .deepCopy()
                .put("reviewId", review.path("reviewId").asText())
                .put("held", "BURST");
        profile.withArray("interactions").add(held);
        List<Route> looks = new ArrayList<>();
        page.route("**/profile", route -> looks.add(route));
        answer(post, 202, "application/json", "{}");
        assertThat(page.locator("#text")).hasValue("");
        page.locator("#text").fill("It fits.");
        page.waitForCondition(() -> !looks.isEmpty());

        answer(looks.get(0), 200, "application/json", profile.toString());

        assertThat(page.locator(".found")).containsText("does not count for now");
        assertThat(page.locator("#text")).hasValue("It fits.");
        awaitQuiet();
    }

    @Test
    void hostileReview_staysText() {
        String hostile = "I wanted a warm one <img src=x onerror=\"window.hacked=1\">. It broke <script>window.hacked=2"
                + "</script> after a week. <a href=\"javascript:window.hacked=3\">cheap</a> {{7*7}} ${7*7}";
        newcomer("page-<b>bold</b>");

        send("<img src=x onerror=window.hacked=4>", hostile);

        assertThat(page.locator(".read")).hasText(hostile);
        assertThat(page.locator("#title b, main img, main script, main a[href]"))
                .hasCount(0);
        assertThat(page.evaluate("() => window.hacked")).isNull();
    }

    @Test
    void reviewWithoutWordsOrThing_isNotSent_andSaysWhatIsMissing() {
        openUser(USER);
        List<String> sent = new ArrayList<>();
        page.onRequest(request -> {
            if (request.method().equals("POST")) {
                sent.add(request.url());
            }
        });

        page.locator("#send").click();

        assertThat(page.locator("#item-wrong")).isVisible();
        assertThat(page.locator("#text-wrong")).isVisible();
        assertThat(page.locator("#item")).isFocused();
        assertThat(page.locator("#item")).hasAttribute("aria-invalid", "true");
        assertThat(sent).isEmpty();
    }

    // ---- what goes wrong

    private static void answer(Route route, int status, String type, String body) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType(type)
                .setBody(body));
    }

    @Test
    void refusalOfTheApi_isToldInItsWords_andTheRankingThatWasThereStays() {
        openUser(USER);
        List<String> before = shownItems();
        page.route(
                "**/recommendations*",
                route -> answer(
                        route,
                        400,
                        "application/problem+json",
                        "{\"status\":400,\"field\":\"diversity\",\"detail\":\"is too much of it\"}"));

        page.locator("#diversity").focus();
        page.keyboard().press("ArrowRight");

        assertThat(page.getByRole(AriaRole.ALERT)).hasText("diversity is too much of it");
        assertThat(shownItems()).isEqualTo(before);
    }

    @Test
    void gatewaysRefusal_isToldInWords() {
        openUser(USER);
        page.route(
                "**/recommendations*",
                route -> answer(route, 429, "application/json", "{\"message\":\"Too Many Requests\"}"));
        page.locator("#diversity").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Too many requests");

        page.unroute("**/recommendations*");
        page.route("**/recommendations*", Route::abort);
        page.keyboard().press("ArrowRight");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("cannot be reached");
    }

    @Test
    void apiThatAsksForAToken_getsTheOneThatIsPasted() {
        List<String> tokens = new ArrayList<>();
        context = browser.open(new NewContextOptions());
        page = context.newPage();
        page.setDefaultTimeout(STEP_MILLIS_MAX);
        page.route("**/v1/**", route -> {
            String token = route.request().headers().getOrDefault("authorization", "");
            tokens.add(token);
            if (token.equals("Bearer abc")) {
                route.resume();
            } else {
                answer(route, 401, "application/json", "{\"message\":\"Unauthorized\"}");
            }
        });
        page.navigate(system.deployment().api() + "/?user=" + USER);

        assertThat(page.locator("#token")).isFocused();
        page.keyboard().type("abc");
        page.keyboard().press("Enter");
        awaitRanking();

        assertThat(page.locator("#token-form")).isHidden();
        assertThat(tokens.get(tokens.size() - 1)).isEqualTo("Bearer abc");
        assertThat(page.evaluate("() => JSON.stringify(localStorage) + document.cookie + location.href")
                        .toString())
                .doesNotContain("abc");
    }

    @Test
    void apiWithoutIdsOfMotives_isShownWithoutSwitches() throws Exception {
        context = browser.open(new NewContextOptions());
        page = context.newPage();
        page.setDefaultTimeout(STEP_MILLIS_MAX);
        ObjectNode old = (ObjectNode) system.userProfile(USER);
        old.path("motivations").forEach(motive -> ((ObjectNode) motive).remove("id"));
        page.route("**/profile", route -> answer(route, 200, "application/json", old.toString()));
        page.navigate(system.deployment().api() + "/?user=" + USER);
        awaitRanking();

        assertThat(page.locator(".motive-row")).not().hasCount(0);
        assertThat(page.locator(".switch:not([disabled])")).hasCount(0);
        assertThat(page.locator(".not")).hasCount(0);
    }

    // ---- for everybody

    @Test
    void keyboardAlone_reachesEverything_andSeesWhereItIs() {
        openUser(USER);
        TreeSet<String> reached = new TreeSet<>();
        List<String> unseen = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            page.keyboard().press("Tab");
            Object[] where = ((List<?>) page.evaluate("""
                    () => {
                      const at = document.activeElement;
                      if (at === document.body) return ['', true];
                      const shown = at.matches('.theme input, .star input') ? at.nextElementSibling : at;
                      const name = at.id || at.name || at.className.split(' ')[0] || at.localName;
                      return [name, getComputedStyle(shown).outlineStyle !== 'none'];
                    }""")).toArray();
            reached.add(where[0].toString());
            if (!(boolean) where[1]) {
                unseen.add(where[0].toString());
            }
        }

        assertThat(reached)
                .contains(
                        "skip",
                        "user",
                        "theme",
                        "switch",
                        "summary",
                        "more",
                        "item",
                        "rating",
                        "text",
                        "send",
                        "diversity",
                        "not",
                        "button");
        assertThat(unseen).as("focus that cannot be seen").isEmpty();
    }

    @Test
    void keyboardAlone_doesTheWork() {
        open("");
        awaitRanking();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#ranking")).isFocused();

        page.locator("#user").focus();
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("u02");
        assertThat(page.getByRole(AriaRole.OPTION).first()).hasText("u020");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        String second = page.getByRole(AriaRole.OPTION).nth(1).textContent();
        assertThat(page.locator("#user")).hasAttribute("aria-activedescendant", "user-option-1");
        page.keyboard().press("Enter");
        assertThat(page.locator("#title")).containsText(second);
        awaitRanking();

        page.locator(".switch").first().focus();
        page.keyboard().press("Space");
        assertThat(page.locator(".switch").first()).hasAttribute("aria-checked", "false");
        assertThat(page.locator(".switch").first()).isFocused();
        assertThat(page.locator("#live")).containsText("Without");
        awaitQuiet();
        page.goBack();
        assertThat(page.locator("#title")).not().containsText(second);
    }

    @Test
    void skipLink_movesTheFocus_andNothingElse() {
        openUser(USER);
        page.locator("#diversity").focus();
        page.keyboard().press("End");
        assertThat(page.locator("#ranking-change")).containsText("Diversity 1");
        awaitQuiet();

        page.locator(".skip").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#ranking")).isFocused();
        page.evaluate("() => new Promise(requestAnimationFrame)");

        // a person who is shown anew has nothing to compare with
        assertThat(page.locator("#ranking-change")).containsText("Diversity 1");
        assertThat(page.locator("#diversity-value")).hasText("1");
    }

    @Test
    void narrowPhone_hasNoNeedToScrollSideways() {
        open("?user=" + USER, new NewContextOptions().setViewportSize(360, 740).setHasTouch(true));
        awaitRanking();
        showAllMotives();
        page.evaluate("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        page.locator("#user").fill("u");
        assertThat(page.getByRole(AriaRole.OPTION)).not().hasCount(0);

        assertThat((int) page.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        List<?> wide = (List<?>) page.evaluate("""
                () => [...document.querySelectorAll('main *')]
                  .filter((one) => one.getBoundingClientRect().right > 361 && !one.closest('.unseen'))
                  .map((one) => one.className || one.localName)""");
        assertThat(wide).isEmpty();
    }

    @Test
    void suggestions_onAPhone_areChosenByATap_andNotWhenAFingerGoesDownToScroll() {
        open("", new NewContextOptions().setViewportSize(360, 740).setHasTouch(true));
        awaitRanking();
        page.locator("#user").fill("u01");
        Locator option = page.locator("[role=option]", new Page.LocatorOptions().setHasText(USER));

        option.dispatchEvent("pointerdown");
        assertThat(page.locator("#title")).not().containsText(USER);
        assertThat(option).isVisible();

        option.tap();
        assertThat(page.locator("#title")).containsText(USER);
        assertThat(page.locator("#users")).isHidden();
        awaitRanking();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void page_isAccessible(ColorScheme scheme) throws IOException {
        open("?user=" + USER, new NewContextOptions().setViewportSize(1280, 900).setColorScheme(scheme));
        awaitRanking();
        showAllMotives();
        page.locator(".switch").first().click();
        assertThat(page.locator("#ranking-change")).isVisible();
        awaitQuiet();
        page.locator(".more-reasons summary").first().click();
        page.locator("#send").click();
        page.locator("#user").fill("u");
        assertThat(page.getByRole(AriaRole.OPTION)).not().hasCount(0);

        page.evaluate(axe());
        Object found = page.evaluate("""
                async () => {
                  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                  const { violations, passes } = await axe.run(document, { runOnly: tags });
                  return [passes.length, violations.map((one) =>
                    `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`)];
                }""");
        List<?> answer = (List<?>) found;
        assertThat((int) answer.get(0)).as("rules that were looked at").isGreaterThan(20);
        assertThat((List<?>) answer.get(1)).isEmpty();
    }

    private static String axe() throws IOException {
        try (InputStream in = PageIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void colours_followTheSystem_unlessChosen_andTheChoiceStays() {
        open("?user=" + USER, new NewContextOptions().setColorScheme(ColorScheme.LIGHT));
        awaitRanking();
        Object light = paper();

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        Object dark = paper();
        assertThat(dark).isNotEqualTo(light);

        page.getByLabel("Light").check(new Locator.CheckOptions().setForce(true));
        assertThat(paper()).isEqualTo(light);
        page.reload();
        assertThat(paper()).isEqualTo(light);
    }

    private Object paper() {
        return page.evaluate("() => getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void cards_glideToTheirPlaces_onlyWhereMotionIsWelcome() {
        for (ReducedMotion motion : List.of(ReducedMotion.NO_PREFERENCE, ReducedMotion.REDUCE)) {
            open("?user=" + USER);
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(motion));
            awaitRanking();
            page.evaluate("""
                    () => {
                      window.glides = 0;
                      const animate = Element.prototype.animate;
                      Element.prototype.animate = function (...all) { window.glides++; return animate.apply(this, all); };
                    }""");
            page.locator("#diversity").focus();
            page.keyboard().press("End");
            assertThat(page.locator("#ranking-change")).isVisible();
            awaitQuiet();

            int glides = (int) page.evaluate("() => window.glides");
            if (motion == ReducedMotion.REDUCE) {
                assertThat(glides).isZero();
            } else {
                assertThat(glides).isPositive();
            }
            context.close();
        }
    }

    /** Takes the pictures of the README anew: {@code -Dlmmrec.pictures=true}. */
    @Test
    @EnabledIfSystemProperty(named = "lmmrec.pictures", matches = "true")
    void pictures_areTaken() throws Exception {
        Path folder = Files.createDirectories(Path.of("..", "..", "docs", "pictures"));
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            open(
                    "?user=" + USER,
                    new NewContextOptions().setViewportSize(1280, 860).setColorScheme(scheme));
            awaitRanking();
            if (scheme == ColorScheme.DARK) {
                page.locator(".switch").first().click();
                assertThat(page.locator("#ranking-change")).isVisible();
                awaitQuiet();
            }
            picture(folder, "page-" + scheme.name().toLowerCase(Locale.ROOT));
            context.close();
        }
        open("?user=" + USER, new NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
        awaitRanking();
        picture(folder, "page-phone");
    }

    private void picture(Path folder, String name) throws IOException {
        page.evaluate("() => document.activeElement.blur()");
        Path file = folder.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(Files.size(file)).as("bytes of %s", name).isLessThan(200_000);
    }
}
