package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.report.rating.RatingForm;
import dev.loupe.report.rating.RatingFormTest;
import dev.loupe.report.rating.Ratings;
import dev.loupe.report.rating.Ratings.Choice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rater does with a form: choose, change a choice, save. Needs Chromium. */
class RatingInBrowserTest {
    @TempDir
    static Path folder;

    private static final RatingForm FORM =
            RatingForm.of(Map.of("a run", RatingFormTest.run()), new RatingForm.Size(4, 5, 3, 7));
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no form was filled in in a browser");
        new RatingPage().write(FORM, folder);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void choicesAreSavedAndReadBack() throws Exception {
        for (int width : new int[] {1440, 390}) {
            browser.open(folder.resolve(RatingPage.FILE), "", width, 900, false, true);
            browser.evaluate(
                    "window.saved = []; URL.createObjectURL = b => { b.text().then(t => saved.push(t)); return '#'; }");
            for (String choice : new String[] {"card-1=one", "card-2=several", "card-2=none", "card-11=one"}) {
                String[] parts = choice.split("=");
                browser.evaluate(
                        "document.querySelector('input[name=\"" + parts[0] + "\"][value=" + parts[1] + "]').click()");
            }
            assertThat(browser.evaluate("document.querySelector('output').textContent")
                            .asText())
                    .isEqualTo("3 of 11 cards judged");
            browser.evaluate("document.querySelector('form.rating').elements.rater.value = 'Ann B'");
            browser.evaluate("document.querySelector('form.rating button').click()");
            browser.until("saved.length === 1");
            JsonNode file =
                    new ObjectMapper().readTree(browser.evaluate("saved[0]").asText());
            Ratings ratings = Ratings.of(file, FORM.key());
            assertThat(ratings.rater()).isEqualTo("Ann B");
            assertThat(ratings.choices()).isEqualTo(Map.of(1, Choice.ONE, 2, Choice.NONE, 11, Choice.ONE));
            assertThat(browser.complaints()).isEmpty();
            // The page needs nothing but itself, and fits a phone.
            assertThat(browser.requests()).hasSize(1);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(width);
        }
    }

    /** Text keeps off the window's edge, and no choice is cut in two. */
    @Test
    void cardsAndChoicesAreLaidOutForReading() throws Exception {
        for (int width : new int[] {1440, 390}) {
            browser.open(folder.resolve(RatingPage.FILE), "", width, 900, true, true);
            assertThat(browser.evaluate("document.querySelector('h2').getBoundingClientRect().left")
                            .asDouble())
                    .isGreaterThanOrEqualTo(16);
            assertThat(browser.evaluate("[...document.querySelectorAll('fieldset label')]"
                                    + ".filter(l => l.getClientRects().length > 1 || l.offsetHeight > 40).length")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void thePageDoesNotSayWhichCardIsWhich() throws Exception {
        String page = Files.readString(folder.resolve(RatingPage.FILE));
        for (String told : new String[] {"L0N", "a model", "seed 0", "top 1", "activation"}) {
            assertThat(page.substring(page.indexOf("<form")).contains(told))
                    .as(told)
                    .isFalse();
        }
        assertThat(Files.readString(folder.resolve(RatingPage.KEY))).contains("mixtures", "L0N", FORM.id());
    }
}
