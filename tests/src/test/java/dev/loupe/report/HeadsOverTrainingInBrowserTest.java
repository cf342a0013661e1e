package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head of the heat map, and its attention at six steps. Needs Chromium. */
class HeadsOverTrainingInBrowserTest {
    private static final String MAP = "document.querySelector('#heads-over-training figure.heat svg')";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no head was chosen in a browser");
        page = folder.resolve("training.html");
        new ReportPage().write(TrainingRun.withAttention(), page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** The ninth row is the third head of seed 1, behind two names of seeds and the four heads of seed 0. */
    @Test
    void aClickOnAHeadShowsItsAttentionAtSixSteps() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        click(8, 3);
        browser.until("location.hash.includes('at=" + head(8) + "')");
        assertThat(browser.evaluate("decodeURIComponent(location.hash)").asText())
                .contains("in=seed 1, checkpoint 4")
                .contains("step=4");
        assertThat(text("#heads-over-training .moments select.head option:checked"))
                .isEqualTo(head(8));
        assertThat(text("#heads-over-training .moments select.unit option:checked"))
                .isEqualTo("seed 1");
        assertThat(browser.evaluate(
                                "Array.from(document.querySelectorAll('.moments .moment p')).map(p => p.textContent).join()")
                        .asText())
                .isEqualTo("Step 0,Step 1,Step 2,Step 8,Step 32,Step 64");
        assertThat(browser.evaluate("document.querySelectorAll('.heat .chosen').length")
                        .asInt())
                .isEqualTo(1);
        assertThat(browser.complaints()).isEmpty();
    }

    /** The picture is the data: query 2 looks at key 1 with a weight that says which step, head and seed it is of. */
    @Test
    void oneCellIsSaidAtEveryStepByKey() throws Exception {
        browser.open(page, "", 390, 844, false, true);
        browser.evaluate("document.querySelector('.moments .six').focus()");
        for (String key : new String[] {"ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"}) {
            browser.press(key);
        }
        assertThat(text(".moments .readout"))
                .isEqualTo("L0H0, query 2 c → key 1 b: 0.00 at step 0, 0.01 at step 1, 0.02 at step 2,"
                        + " 0.04 at step 8, 0.06 at step 32, 0.07 at step 64");
    }

    /** Saved in dark mode: light, with the steps, the scale and the training. */
    @Test
    void theMapsOfAHeadAreSaved() throws Exception {
        browser.open(page, "", 1440, 900, true, true);
        browser.evaluate(
                "window.saved = []; URL.createObjectURL = b => { b.text().then(t => saved.push(t)); return '#'; };"
                        + " document.querySelector('[data-save=moments-svg]').click()");
        browser.until("saved.length === 1");
        assertThat(browser.evaluate("saved[0]").asText())
                .contains("fill=\"#ffffff\"", "step 0", "step 64", "L0H0", "queries down, keys across")
                .contains("0 to 1 share of attention; grey: masked", "model: ", "n = 1; unit: share of attention");
    }

    @Test
    void keysGoOverNamesOfTrainings() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        browser.evaluate("document.querySelector('#heads-over-training .pic').focus()");
        browser.press("ArrowDown");
        assertThat(text("#tip")).startsWith(head(1) + ", seed 0, checkpoint 0: ");
        for (int i = 0; i < 4; i++) {
            browser.press("ArrowDown");
        }
        assertThat(text("#tip")).startsWith(head(6) + ", seed 1, checkpoint 0: ");
        browser.press("Enter");
        browser.until("location.hash.includes('at=" + head(6) + "')");
    }

    @Test
    void withoutScriptsAllHeadsAreThere() throws Exception {
        browser.open(page, "", 390, 844, false, false);
        assertThat(browser.evaluate("document.querySelectorAll('.moments details image').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(browser.evaluate("document.querySelector('.moments .viewer').checkVisibility()")
                        .asBoolean())
                .isFalse();
    }

    /** The head of a row, from the place of its first number: eight steps of two layers of two heads for each seed. */
    private static String head(int row) throws Exception {
        int head = browser.evaluate(MAP + ".dataset.rows.split(' ')[" + row + "] % 4")
                .asInt();
        return "L" + head / 2 + "H" + head % 2;
    }

    private static void click(int row, int column) throws Exception {
        JsonNode at = browser.evaluate("(async () => { const svg = " + MAP
                + "; svg.scrollIntoView({block: 'center'}); await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"
                + " const b = svg.getBoundingClientRect(), f = b.width / svg.viewBox.baseVal.width;"
                + " const m = svg.dataset.map.split(' ').map(Number), e = svg.dataset.edges.split(' ').map(Number);"
                + " return [b.left + f * (e[" + column + "] + e[" + column + " + 1]) / 2, b.top + f * (m[1] + m[3] * ("
                + row
                + " + .5))]; })()");
        for (String type : new String[] {"mousePressed", "mouseReleased"}) {
            browser.call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            at.get(0).asDouble(),
                            "y",
                            at.get(1).asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }
}
