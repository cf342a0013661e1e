package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.report.models.ModelRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a whole: accessible, short by key, whole in print and without scripts. Needs Chromium. */
class PageInBrowserTest {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final int MOST_STOPS = 200;

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path demo;
    private static Path heads;
    private static Path training;
    private static Path models;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no page was examined in a browser");
        demo = folder.resolve("demo.html");
        new ReportPage().write(DemoRun.full(), demo);
        heads = folder.resolve("heads.html");
        new ReportPage().write(HeadRun.run(), heads);
        training = folder.resolve("training.html");
        new ReportPage().write(TrainingRun.withAttention(), training);
        models = folder.resolve("models.html");
        new ReportPage().write(ModelRuns.families(), models);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** Best practices are opinions on landmarks and headings; the rules of WCAG 2.1 A and AA count. */
    @Test
    void axeFindsNothing() throws Exception {
        String axe = resource();
        for (Path page : List.of(demo, heads, training, models)) {
            for (boolean dark : new boolean[] {false, true}) {
                for (int width : new int[] {1440, 390}) {
                    String hash = page.equals(heads)
                            ? "#m-scores-ind;at=L1H2;in=seed%201"
                            : page.equals(training) ? "#m-scores;step=8" : "";
                    browser.open(page, hash, width, 900, dark, true);
                    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                    browser.evaluate(axe + "; 0");
                    JsonNode found = browser.evaluate(
                            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(r =>"
                                    + " r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0,"
                                    + " 160) + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | ')))");
                    List<String> violations = new ArrayList<>();
                    found.forEach(violation -> violations.add(violation.asText()));
                    assertThat(violations)
                            .as("%s, dark %s, width %s", page, dark, width)
                            .isEmpty();
                }
            }
        }
    }

    private static String resource() throws IOException {
        try (InputStream in = PageInBrowserTest.class.getResourceAsStream(AXE)) {
            assertThat(in).as("%s of the test dependency axe-core", AXE).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theClaimsAreReachedInFewStops() throws Exception {
        for (Path page : List.of(demo, heads)) {
            browser.open(page, "", 1440, 900, false, true);
            int stops = browser.evaluate("(() => { const claims = document.querySelector('#claims'); return Array.from("
                            + "document.querySelectorAll('a[href],button,input,select,summary,[tabindex=\"0\"]'))"
                            + ".filter(e => e.checkVisibility() && e.compareDocumentPosition(claims) & 4).length; })()")
                    .asInt();
            assertThat(stops).isPositive().isLessThanOrEqualTo(MOST_STOPS);
        }
    }

    @Test
    void itPrintsWithoutWhatOnlyAScreenNeeds() throws Exception {
        browser.open(heads, "#m-scores-ind;at=L1H2;in=seed%201", 1440, 900, true, true);
        browser.call("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(browser.evaluate("Array.from(document.querySelectorAll('.tools,.contents,#card,#tip,.viewer'))"
                                + ".every(e => !e.checkVisibility())")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo("rgb(255, 255, 255)");
        JsonNode pdf = browser.call("Page.printToPDF", Map.of("printBackground", true));
        String raw = new String(Base64.getDecoder().decode(pdf.path("data").asText()), StandardCharsets.ISO_8859_1);
        long pages = Pattern.compile("/Type\\s*/Page\\b").matcher(raw).results().count();
        assertThat(pages).isBetween(1L, 8L);
        browser.call("Emulation.setEmulatedMedia", Map.of("media", ""));
    }

    /** The list of contents marks where the reader is. */
    @Test
    void theContentsFollowTheReader() throws Exception {
        browser.open(heads, "", 1440, 700, false, true);
        browser.until("document.querySelector('.contents a[aria-current]').hash === '#answer'");
        browser.evaluate("document.querySelector('#claims').scrollIntoView({behavior: 'instant'})");
        browser.until("document.querySelector('.contents a[aria-current]').hash === '#claims'");
        assertThat(browser.evaluate("document.querySelectorAll('.contents a[aria-current]').length")
                        .asInt())
                .isEqualTo(1);
    }

    /** Where a page from disk may not write to the clipboard, the command is marked, ready to be copied by key. */
    @Test
    void theCommandIsCopiedOrMarked() throws Exception {
        browser.open(demo, "", 1440, 900, false, true);
        String command =
                browser.evaluate("document.querySelector('#rerun').textContent").asText();
        assertThat(command).startsWith("./loupe run");
        browser.evaluate("document.querySelector('button.copy').click()");
        browser.until("document.querySelector('button.copy').textContent === 'Copied' || getSelection().toString() === "
                + "document.querySelector('#rerun').textContent");
    }

    /** Claims, numbers, maps, paths and tables are all there for a reader without scripts. */
    @Test
    void isWholeWithoutScripts() throws Exception {
        browser.open(heads, "", 390, 844, false, false);
        assertThat(browser.complaints()).isEmpty();
        String text = browser.evaluate("document.body.textContent").asText();
        assertThat(text)
                .contains("One. Two. Three.", "Four is too many.", "a head of seed 1 is one", "0.800 [0.700, 0.900]");
        assertThat(browser.evaluate("document.querySelectorAll('svg.chart').length")
                        .asInt())
                .isGreaterThan(8);
        browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        assertThat(browser.evaluate("document.querySelector('#m-scores-ind .datatable').innerText")
                        .asText())
                .contains("0.240");
        assertThat(browser.evaluate("Array.from(document.querySelectorAll('.tools,#card')).every(t =>"
                                + " !t.checkVisibility())")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                        .asBoolean())
                .isTrue();
    }
}
