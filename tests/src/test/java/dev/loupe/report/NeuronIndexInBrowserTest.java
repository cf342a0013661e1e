package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.text.TextFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of several neurons is sorted, and read on a phone. Needs Chromium. */
class NeuronIndexInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no page was read in a browser");
        page = folder.resolve("neurons.html");
        List<String> columns = List.of("Fires at, share of tokens", "Loss without it, nats more");
        TextFile.write(
                new PageTemplate()
                        .fill(new NeuronIndex(
                                "Neurons of toy",
                                columns,
                                List.of(
                                        new NeuronIndex.Row(
                                                "L0N9", "a.html", List.of("0.0205", "−0.3"), "·for", "holds"),
                                        new NeuronIndex.Row(
                                                "L0N11", "b.html", List.of("0.5", "0.02"), "”", "refuted")))),
                page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** The largest first, then the smallest, below zero. */
    @Test
    void itSortsByNumbers() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        browser.evaluate("document.querySelectorAll('thead th button')[2].click()");
        assertThat(first()).isEqualTo("L0N11");
        browser.evaluate("document.querySelectorAll('thead th button')[2].click()");
        assertThat(first()).isEqualTo("L0N9");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).hasSize(1);
    }

    /** The heads of columns are out of sight there, so each number says what it is. */
    @Test
    void onAPhoneEachNumberSaysWhatItIs() throws Exception {
        browser.open(page, "", 390, 844, true, false);
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("Array.from(document.querySelectorAll('tbody tr:first-child td')).map(td =>"
                                + " getComputedStyle(td, '::before').content + td.textContent).join()")
                        .asText())
                .contains("\"Fires at, share of tokens: \"0.0205", "\"Loss without it, nats more: \"−0.3");
    }

    private static String first() throws Exception {
        return browser.evaluate("document.querySelector('tbody th').textContent")
                .asText();
    }
}
