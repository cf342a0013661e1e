package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.report.models.ModelRuns;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models beside one another: sorted, read by key, on a phone and without scripts. Needs Chromium. */
class ModelsInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no models were sorted in a browser");
        page = folder.resolve("models.html");
        new ReportPage().write(ModelRuns.families(), page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** By all digits of the number of parameters, and by the number of a claim: 12.9k is less than 135M. */
    @Test
    void modelsSortBySizeAndByTheNumberOfAClaim() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        sort("Parameters");
        assertThat(first()).startsWith("model large");
        sort("Parameters");
        assertThat(first()).startsWith("model small");
        sort("1");
        assertThat(first()).startsWith("model large");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aForestPlotIsReadByKey() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        browser.evaluate("document.querySelector('.forest .pic').focus()");
        browser.press("ArrowDown");
        assertThat(browser.evaluate("document.querySelector('#tip').textContent")
                        .asText())
                .isEqualTo("model small: chance ends at 0.200");
        browser.press("ArrowDown");
        assertThat(browser.evaluate("document.querySelector('#tip').textContent")
                        .asText())
                .isEqualTo("model small: 0.500 [0, 1] holds");
    }

    @Test
    void aPhoneShowsItWithoutASidewaysPageAndWithoutScripts() throws Exception {
        browser.open(page, "#models", 390, 844, false, false);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(390);
        assertThat(browser.evaluate("document.querySelectorAll('#models .forest svg').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(browser.evaluate("document.querySelectorAll('#models .matrix tbody tr').length")
                        .asInt())
                .isEqualTo(2);
    }

    private static void sort(String heading) throws Exception {
        browser.evaluate(
                "Array.from(document.querySelectorAll('#models .matrix th button')).find(b => b.textContent === '"
                        + heading + "').click()");
    }

    private static String first() throws Exception {
        return browser.evaluate("document.querySelector('#models .matrix tbody tr').textContent.trim()")
                .asText();
    }
}
