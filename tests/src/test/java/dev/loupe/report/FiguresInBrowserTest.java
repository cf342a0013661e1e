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

/** What a reader does with figures: point, tap, walk by key, select, follow links and save. Needs Chromium. */
class FiguresInBrowserTest {
    private static final String SAVE =
            "window.saved = []; URL.createObjectURL = b => { b.arrayBuffer().then(a => saved.push({type: b.type,"
                    + " head: Array.from(new Uint8Array(a).slice(0, 8)), text: new TextDecoder().decode(a)})); return '#'; };";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so nothing was pointed at in a browser");
        page = folder.resolve("report.html");
        new ReportPage().write(HeadRun.run(), page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aClickSelectsOneCellInOneModelAndTheAddressNamesIt() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        clickCell("#m-scores-ind svg[data-map]", 1, 6);
        browser.until("location.hash === '#m-scores-ind;at=L1H2;in=seed%201'");
        checkSelection();
        // The address alone brings the same selection back.
        browser.open(page, "#m-scores-ind;at=L1H2;in=seed%201", 1440, 900, false, true);
        checkSelection();
        browser.press("Escape");
        browser.until("!location.hash.includes('at=')");
        assertThat(count(".sel")).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    /** L1H2 of seed 1: in both scores, not in seed 0, not in the planted model. */
    private static void checkSelection() throws Exception {
        assertThat(count("#m-scores-ind rect.chosen")).isEqualTo(1);
        assertThat(count("#m-scores-prev rect.chosen")).isEqualTo(1);
        assertThat(count("#m-planted-ind rect.chosen")).isZero();
        assertThat(browser.evaluate("Array.from(document.querySelectorAll('#m-scores-ind svg[data-map]')).indexOf("
                                + "document.querySelector('#m-scores-ind rect.chosen').parentNode)")
                        .asInt())
                .isEqualTo(1);
        assertThat(count("#m-patterns-seed-1 .thumb.sel")).isEqualTo(1);
        assertThat(count("#m-patterns-seed-0 .thumb.sel")).isZero();
    }

    /** IND of seed 1 at L1H2 is .1 + 14/100; 8-bit attention and the path of seed 1 stand beside it. */
    @Test
    void theCardSaysAllThatThePageHasOfAHead() throws Exception {
        browser.open(page, "#m-scores-ind;at=L1H2;in=seed%201", 1440, 900, false, true);
        String card = text("#card");
        assertThat(card)
                .contains("L1H2", "toy seed 1", "IND 0.240 [0.240, 0.240]", "PREV 0.340", "L1H2 to logits", "0.400")
                .doesNotContain("Planted", "seed 0");
        assertThat(count("#card canvas")).isEqualTo(1);
        browser.evaluate("document.querySelector('#card button').click()");
        assertThat(browser.evaluate("document.querySelector('#card').hidden").asBoolean())
                .isTrue();
    }

    @Test
    void aClaimLeadsToItsFigureAndCell() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        assertThat(text(".lead")).isEqualTo("One. Two. Three.");
        browser.evaluate("document.querySelector('#claim-1 .links a').click()");
        browser.until("document.querySelectorAll('#m-scores-ind rect.chosen').length > 0");
        assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#m-scores-ind;at=L1H2;in=seed%201");
        browser.until("Math.abs(document.querySelector('#m-scores-ind').getBoundingClientRect().top) < 80"
                + " || innerHeight + scrollY >= document.documentElement.scrollHeight - 2");
        browser.evaluate("document.querySelectorAll('#claim-1 .links a')[1].click()");
        browser.until("location.hash.startsWith('#m-without')");
        assertThat(browser.evaluate("document.querySelector('#m-without').tagName")
                        .asText())
                .isEqualTo("TR");
    }

    @Test
    void valuesComeOnATapAndByKey() throws Exception {
        browser.open(page, "", 390, 844, false, true);
        browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
        double[] at = place("#m-scores-ind svg[data-map]", 0, 5);
        browser.call(
                "Input.dispatchTouchEvent",
                Map.of("type", "touchStart", "touchPoints", List.of(Map.of("x", at[0], "y", at[1]))));
        browser.call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
        browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
        browser.until("!document.querySelector('#tip').hidden");
        assertThat(text("#tip")).isEqualTo("L1H1, seed 0: 0.150 [0.150, 0.150] share of attention");

        browser.open(page, "", 1440, 900, false, true);
        browser.evaluate("document.querySelector('#m-scores-ind .pic').focus()");
        browser.press("ArrowRight");
        assertThat(text("#tip")).startsWith("L0H0, seed 0: 0.100");
        browser.press("ArrowRight");
        browser.press("ArrowDown");
        assertThat(text("#tip")).startsWith("L1H1, seed 0: 0.150");
        browser.press("Enter");
        browser.until("location.hash.includes('at=L1H1;in=seed%200')");
        browser.evaluate("document.querySelector('#paths .pic').focus()");
        browser.press("ArrowRight");
        assertThat(text("#tip")).contains("to logits: 0.");
        assertThat(browser.complaints()).isEmpty();
    }

    /** Saved in dark mode: still black on white, with the names of both axes. */
    @Test
    void everyKindOfFigureIsSavedLightAndLabelled() throws Exception {
        browser.open(page, "", 1440, 900, true, true);
        for (String figure : List.of("#m-scores-ind", "#claims", "#numbers", "#paths", "#m-patterns-seed-0")) {
            browser.evaluate(SAVE + "document.querySelectorAll('" + figure
                    + " [data-save]').forEach(b => { if (/svg|png/.test(b.dataset.save)) b.click(); })");
            browser.until("saved.length === 2");
            String svg = browser.evaluate("saved.find(s => s.type === 'image/svg+xml').text")
                    .asText();
            assertThat(svg)
                    .as(figure)
                    .contains("fill=\"#ffffff\"")
                    .doesNotContain("var(--", "class=", "rgb(20, 24, 29)", "rgb(228, 232, 237)");
            assertThat(browser.evaluate("saved.find(s => s.type === 'image/png').head.join()")
                            .asText())
                    .as(figure)
                    .isEqualTo("137,80,78,71,13,10,26,10");
            assertThat(browser.evaluate(
                                    "new DOMParser().parseFromString(saved.find(s => s.type === 'image/svg+xml').text,"
                                            + " 'image/svg+xml').querySelectorAll('parsererror').length")
                            .asInt())
                    .isZero();
        }
        assertThat(saved("#m-scores-ind", "svg"))
                .contains("layer", "head", "Where heads look", "seed 1", "chance")
                .contains("model: toy seed 0, toy seed 1; dataset: rows; n = 7; unit: share of attention");
        assertThat(saved("#m-patterns-seed-0", "attention-svg"))
                .contains(">key<", ">query<", "rotate(-90", "·b", "L0H0");
        assertThat(saved("#claims", "svg")).contains("a head of seed 1 is one", "0.800");
        assertThat(saved("#paths", "rows-csv").lines().findFirst())
                .contains("sender,receiver,input,effect,unit,model,n");
        assertThat(saved("#numbers", "csv").lines())
                .containsExactly(
                        "measurement,seed,value,low,high,unit,model,dataset,n",
                        "whole,0,4,,,logits,toy seed 0,rows,",
                        "whole,1,5,,,logits,toy seed 1,rows,",
                        "without,0,1,,,logits,toy seed 0,rows,",
                        "without,1,2,,,logits,toy seed 1,rows,");
        assertThat(saved("#m-scores-ind", "csv").lines())
                .contains("scores.IND,1,1,2,0.24,0.24,0.24,share of attention,toy seed 1,rows,7");
        assertThat(browser.complaints()).isEmpty();
    }

    private static String saved(String figure, String kind) throws Exception {
        browser.evaluate(SAVE + "document.querySelector('" + figure + " [data-save=" + kind + "]').click()");
        browser.until("saved.length === 1");
        return browser.evaluate("saved[0].text").asText();
    }

    private static int count(String selector) throws Exception {
        return browser.evaluate("document.querySelectorAll('" + selector + "').length")
                .asInt();
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    /** The middle of a cell of the n-th map, in the window. */
    private static double[] place(String maps, int n, int cell) throws Exception {
        JsonNode at = browser.evaluate("(async () => { const svg = document.querySelectorAll('" + maps + "')[" + n
                + "]; svg.scrollIntoView({block: 'center'});"
                + " await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); const b = svg.getBoundingClientRect(),"
                + " [l, t, w, h, c] = svg.dataset.map.split(' ').map(Number), f = b.width / svg.viewBox.baseVal.width;"
                + " return [b.left + f * (l + (" + cell + " % c + .5) * w), b.top + f * (t + (Math.floor(" + cell
                + " / c) + .5) * h)]; })()");
        return new double[] {at.get(0).asDouble(), at.get(1).asDouble()};
    }

    private static void clickCell(String maps, int n, int cell) throws Exception {
        double[] at = place(maps, n, cell);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            browser.call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", at[0], "y", at[1], "button", "left", "clickCount", 1));
        }
    }
}
