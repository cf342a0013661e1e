package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head's map: chosen by lists and by sight, read under the pointer, saved. Needs Chromium. */
class AttentionInBrowserTest {
    private static final String SAVE =
            "window.saved = []; URL.createObjectURL = b => { b.text().then(t => saved.push(t)); return '#'; };";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path demo;
    private static Path heads;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no page was read in a browser");
        demo = folder.resolve("demo.html");
        new ReportPage().write(DemoRun.full(), demo);
        heads = folder.resolve("heads.html");
        new ReportPage().write(HeadRun.run(), heads);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aHeadIsChosenFromTheListAndByItsThumbnail() throws Exception {
        browser.open(demo, "", 1280, 900, false, true);
        choose("select.head", "5");
        browser.until("location.hash === '#m-patterns;at=L1H1'");
        assertThat(label()).startsWith("Attention map of L1H1, 21 queries by 21 keys");
        assertThat(text("#m-patterns .thumb[aria-pressed=true]")).isEqualTo("L1H1");
        browser.evaluate("document.querySelector('#m-patterns .thumb[data-at=L0H3]').click()");
        browser.until("location.hash === '#m-patterns;at=L0H3'");
        assertThat(label()).startsWith("Attention map of L0H3");
        assertThat(browser.complaints()).isEmpty();
    }

    /** Another example has other weights: those of the same cell, as the saved table says, are not the same. */
    @Test
    void anotherExampleIsDrawnReadAndSaved() throws Exception {
        browser.open(demo, "", 1280, 900, false, true);
        String before = cell(saved("csv"), 3, 2);
        String first = browser.evaluate("document.querySelector('#m-patterns canvas.map').toDataURL()")
                .asText();
        choose("select.example", "1");
        assertThat(cell(saved("csv"), 3, 2)).isNotEqualTo(before);
        assertThat(browser.evaluate("document.querySelector('#m-patterns canvas.map').toDataURL()")
                        .asText())
                .isNotEqualTo(first);
        assertThat(saved("svg")).contains("; example 2");
        assertThat(browser.complaints()).isEmpty();
    }

    /** Every query of this head looks at all before it alike: the fourth at each of four keys with a quarter. */
    @Test
    void thePointerReadsTheMap() throws Exception {
        browser.open(heads, "", 1280, 900, false, true);
        point("#m-patterns-seed-0 canvas.map", 3, 1);
        browser.until("!document.querySelector('#tip').hidden");
        assertThat(text("#tip")).isEqualTo("query 3 ·a → key 1 ·a: 0.252");
        assertThat(text("#m-patterns-seed-0 .readout")).contains("query 3 ·a looks at: ");
        point("#m-patterns-seed-0 canvas.map", 1, 3);
        assertThat(text("#tip")).isEqualTo("query 1 ·a → key 3 ·a: masked");
        browser.evaluate("document.querySelector('#m-patterns-seed-0 input[value=to]').click()");
        point("#m-patterns-seed-0 canvas.map", 4, 2);
        assertThat(text("#m-patterns-seed-0 .readout")).contains("key 2 ·b is looked at by: ");
        assertThat(browser.complaints()).isEmpty();
    }

    /** Saved: what its colours mean and what it is of, with masked cells unlike cells of weight zero. */
    @Test
    void thePictureOfAHeadSaysItsScaleAndItsModel() throws Exception {
        browser.open(heads, "", 1280, 900, true, true);
        String svg = saved("#m-patterns-seed-1 ", "svg");
        assertThat(svg)
                .contains(
                        "0 to 1 share of attention; grey: masked",
                        "model: toy seed 1; n = 1; unit: share of attention");
        assertThat(svg.split("#e9e9e9", -1)).as("masked cells of five queries").hasSize(11);
    }

    /** The colours of a map are those of the page, when the reader's screen turns dark as well. */
    @Test
    void theMapFollowsTheSchemeOfTheScreen() throws Exception {
        browser.open(heads, "", 1280, 900, false, true);
        String canvas = "document.querySelector('#m-patterns-seed-0 canvas.map')";
        String corner = "Array.from(" + canvas + ".getContext('2d').getImageData(70, 70, 1, 1).data).join()";
        String light = browser.evaluate(corner).asText();
        browser.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        browser.until(corner + " !== '" + light + "'");
        browser.open(heads, "", 1280, 900, true, true);
        String dark = browser.evaluate(corner).asText();
        assertThat(dark).isNotEqualTo(light);
    }

    /** What is saved of a text without a table of numbers must not take part in what the card collects. */
    @Test
    void theCardOpensAfterATextWasSaved() throws Exception {
        browser.open(demo, "", 1280, 900, false, true);
        browser.evaluate(SAVE + "document.querySelector('#m-gain [data-save=svg]').click()");
        browser.until("saved.length === 1");
        choose("select.head", "6");
        browser.until("!document.querySelector('#card').hidden");
        assertThat(text("#card")).contains("L1H2", "Attention, first example");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void choose(String list, String value) throws Exception {
        browser.evaluate("(() => { const box = document.querySelector('#m-patterns " + list + "'); box.value = '"
                + value + "'; box.dispatchEvent(new Event('change')); })()");
    }

    private static String label() throws Exception {
        return browser.evaluate("document.querySelector('#m-patterns canvas.map').getAttribute('aria-label')")
                .asText();
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    private static String saved(String kind) throws Exception {
        return saved("#m-patterns ", kind);
    }

    private static String saved(String figure, String kind) throws Exception {
        browser.evaluate(SAVE + "document.querySelector('" + figure + "[data-save=attention-" + kind + "]').click()");
        browser.until("saved.length === 1");
        return browser.evaluate("saved[0]").asText();
    }

    /** The weight of a cell in a saved table: head, query, its token, key, its token, weight. */
    private static String cell(String csv, int query, int key) {
        return csv.lines()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[1].equals(String.valueOf(query)) && cells[3].equals(String.valueOf(key)))
                .map(cells -> cells[5])
                .findFirst()
                .orElseThrow();
    }

    private static void point(String canvas, int query, int key) throws Exception {
        JsonNode at = browser.evaluate("(async () => { const c = document.querySelector('" + canvas
                + "'); c.scrollIntoView({block: 'center'}); await new Promise(done => requestAnimationFrame(() =>"
                + " requestAnimationFrame(done))); const b = c.getBoundingClientRect(), f = b.width / 460,"
                + " cell = (460 - 64 - 4) / 5; return [b.left + f * (64 + cell * (" + key
                + " + .5)), b.top + f * (64 + cell"
                + " * (" + query + " + .5))]; })()");
        // From beside it, since a pointer that rests says nothing.
        for (int aside : new int[] {3, 0}) {
            browser.call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            "mouseMoved",
                            "x",
                            at.get(0).asDouble() + aside,
                            "y",
                            at.get(1).asDouble()));
        }
    }
}
