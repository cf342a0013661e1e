package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One step of a training for all figures of a page. Needs Chromium. */
class StepsInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no step was chosen in a browser");
        page = folder.resolve("training.html");
        new ReportPage().write(TrainingRun.run(), page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void theAddressNamesTheStepOfEveryFigure() throws Exception {
        browser.open(page, "#m-scores;step=8", 1440, 900, false, true);
        assertThat(texts("#m-scores text.stepline")).containsExactly("8");
        assertThat(texts("#m-scores .stepname")).containsExactly("8", "8");
        assertThat(text("#m-scores .atstep"))
                .isEqualTo(
                        "Step 8: L1H1 0.341 (0.340, 0.342); L1H0 0.241 (0.240, 0.242); L0H1 0.141 (0.140, 0.142); L0H0 0.0410 (0.0400, 0.0420)");
        // The loss was not measured at step 8; its last checkpoint before is 4.
        assertThat(texts("#m-loss text.stepline")).containsExactly("4");
        assertThat(text("#m-loss .atstep")).isEqualTo("Step 4: 2.500 (3.000, 2.000)");
        assertThat(text(".cursorbar output")).isEqualTo("8");
        assertThat(browser.complaints()).isEmpty();
    }

    /** The cell under the pointer, its colour and what is selected are of the step that is shown. */
    @Test
    void mapsShowTheStep() throws Exception {
        browser.open(page, "#m-scores;step=1", 1440, 900, false, true);
        String second = "document.querySelectorAll('#m-scores svg[data-frames]')[1]";
        assertThat(browser.evaluate(second + ".querySelectorAll('rect.cell').length")
                        .asInt())
                .isEqualTo(4);
        // 0.312 of 0.372, the largest number of all steps: 17 of 20 colours.
        assertThat(browser.evaluate(second + ".querySelectorAll('rect.cell')[3].getAttribute('class')")
                        .asText())
                .isEqualTo("cell s17");
        browser.evaluate("document.querySelectorAll('#m-scores .pic')[2].focus()");
        browser.press("ArrowRight");
        assertThat(text("#tip")).isEqualTo("L0H0, seed 1, checkpoint 1: 0.0120 share of attention");
        browser.evaluate("location.hash = '#m-scores;step=64'");
        browser.until("document.querySelector('#m-scores .stepname').textContent === '64'");
        assertThat(browser.evaluate(second + ".querySelectorAll('rect.cell')[3].getAttribute('class')")
                        .asText())
                .isEqualTo("cell s20");
    }

    @Test
    void aSliderKeysAndATapChooseIt() throws Exception {
        browser.open(page, "", 390, 844, false, true);
        assertThat(text(".cursorbar output")).isEqualTo("none chosen");
        assertThat(texts("text.stepline")).isEmpty();
        browser.evaluate("document.querySelector('#step').focus()");
        browser.press("ArrowLeft");
        browser.until("location.hash.includes('step=32')");
        assertThat(browser.evaluate("document.querySelector('#step').getAttribute('aria-valuetext')")
                        .asText())
                .isEqualTo("step 32");

        browser.evaluate("document.querySelector('#m-loss .pic').focus()");
        browser.press("ArrowLeft");
        browser.until("location.hash.includes('step=4')");
        assertThat(texts("#m-scores text.stepline")).containsExactly("4");
        assertThat(text("#tip")).startsWith("Step 4: ");
        browser.press("End");
        browser.until("location.hash.includes('step=64')");

        JsonNode at = browser.evaluate(
                "(async () => { const svg = document.querySelector('#m-scores svg[data-steps]');"
                        + " svg.scrollIntoView({block: 'center'}); await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"
                        + " const b = svg.getBoundingClientRect(), f = b.width / svg.viewBox.baseVal.width;"
                        + " const x = Number(svg.dataset.steps.split(' ')[3].split(':')[1]); return [b.left + f * x, b.top + f * 100]; })()");
        browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
        browser.call(
                "Input.dispatchTouchEvent",
                Map.of(
                        "type",
                        "touchStart",
                        "touchPoints",
                        List.of(Map.of("x", at.get(0).asDouble(), "y", at.get(1).asDouble()))));
        browser.call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
        browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
        browser.until("location.hash.includes('step=4')");

        browser.evaluate("document.querySelector('.cursorbar button').click()");
        browser.until("!location.hash.includes('step=')");
        assertThat(texts("text.stepline")).isEmpty();
        assertThat(texts("#m-scores .stepname")).containsExactly("64", "64");
        assertThat(browser.complaints()).isEmpty();
    }

    /** The loss of seed 0 is at half height between 4 and 16: the first checkpoint that is not before it is 8. */
    @Test
    void anOnsetChoosesTheFirstCheckpointThatIsNotBeforeIt() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        browser.evaluate(
                "Array.from(document.querySelectorAll('#onsets tbody tr'))"
                        + ".find(r => /Loss/.test(r.textContent) && /seed 0/.test(r.textContent)).querySelector('button').click()");
        browser.until("location.hash.includes('step=8')");
    }

    @Test
    void withoutScriptsTheLastStepIsThere() throws Exception {
        browser.open(page, "#m-scores;step=8", 390, 844, false, false);
        assertThat(browser.evaluate("document.querySelector('.cursorbar').checkVisibility()")
                        .asBoolean())
                .isFalse();
        assertThat(texts("#m-scores .stepname")).containsExactly("64", "64");
        assertThat(browser.evaluate("document.querySelectorAll('#onsets .sortable tbody tr').length")
                        .asInt())
                .isEqualTo(4);
    }

    private static List<String> texts(String selector) throws Exception {
        List<String> all = new ArrayList<>();
        browser.evaluate("Array.from(document.querySelectorAll('" + selector + "')).map(e => e.textContent)")
                .forEach(text -> all.add(text.asText()));
        return all;
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }
}
