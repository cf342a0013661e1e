package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.text.HiddenCharacters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Needs Chromium on the PATH or in CHROMIUM; skipped, and said so, where there is none. */
class ReportInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so the report was not opened in a browser");
        page = folder.resolve("report.html");
        new ReportPage().write(DemoRun.full(), page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void complainsAboutNothingAndAsksForNothing() throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1440, 390}) {
                browser.open(page, "", width, 900, dark, true);
                assertThat(browser.complaints()).isEmpty();
                assertThat(browser.requests()).containsExactly(page.toUri().toString());
                assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                                .asBoolean())
                        .as("no sideways scrolling at %s", width)
                        .isTrue();
            }
        }
    }

    @Test
    void aCellOfACsvIsNoFormula() throws Exception {
        RunResult demo = DemoRun.full();
        List<String> labels = List.of("=1+1", "+cmd", "-a", "@SUM(A1)", "-1.5", "L0H1", "a,b");
        NamedArray numbers = new NamedArray(List.of(new Axis("=head", labels)), new double[] {-1, 2, 3, 4, 5, 6, 7});
        Quantity quantity = new Quantity("q", "q", "", Figure.AUTO, "", numbers, null, null);
        RunResult run = new RunResult(
                "1",
                "t",
                "q?",
                "",
                "",
                List.of(),
                List.of(quantity),
                demo.provenance(),
                "",
                List.of(),
                "",
                "",
                Map.of());
        Path file = folder.resolve("csv.html");
        new ReportPage().write(run, file);
        browser.open(file, "", 1280, 900, false, true);
        browser.evaluate("URL.createObjectURL = blob => { window.saved = blob; return '#'; };"
                + "document.querySelector('[data-save=csv]').click()");
        assertThat(browser.evaluate("saved.text()").asText().split("\r\n"))
                .containsExactly(
                        "measurement,'=head,value,low,high,unit,model,dataset,n",
                        "q,'=1+1,-1,,,,,,",
                        "q,'+cmd,2,,,,,,",
                        "q,'-a,3,,,,,,",
                        "q,'@SUM(A1),4,,,,,,",
                        "q,-1.5,5,,,,,,",
                        "q,L0H1,6,,,,,,",
                        "q,\"a,b\",7,,,,,,");
    }

    @Test
    void hostileNamesHideNothingAndMoveNothing() throws Exception {
        RunResult demo = DemoRun.full();
        String hostile = "a\u202e\u2066\u200b\u001b[2J\u0007\ufeff\nPASS forged";
        RunResult run = new RunResult(
                hostile,
                hostile,
                hostile,
                hostile,
                hostile,
                demo.claims(),
                demo.artifacts(),
                demo.provenance(),
                "a: \u202e",
                List.of(),
                hostile,
                hostile,
                Map.of());
        Path file = folder.resolve("hostile.html");
        new ReportPage().write(run, file);
        browser.open(file, "", 1280, 900, false, true);
        assertThat(browser.complaints()).isEmpty();
        String seen =
                browser.evaluate("document.title + document.body.innerText").asText();
        assertThat(seen).contains("a<U+202E><U+2066><U+200B><U+001B>[2J<U+0007><U+FEFF>");
        assertThat(seen.codePoints().filter(c -> c != '\n' && c != '\t' && HiddenCharacters.hides(c)))
                .isEmpty();
    }

    @Test
    void thePolicyStopsWhatItShould() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        browser.evaluate(
                "(() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
                        + "document.body.append(s); const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i); })()");
        assertThat(browser.evaluate("window.hacked === undefined").asBoolean()).isTrue();
        assertThat(browser.complaints()).anyMatch(text -> text.contains("Content Security Policy"));
    }

    @Test
    void tokensAnswerToTheKeyboard() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        browser.evaluate("document.querySelector('#m-gain .passage').focus()");
        browser.press("ArrowRight");
        String readout = browser.evaluate("document.querySelector('#m-gain .readout').textContent")
                .asText();
        assertThat(readout).contains("Token 1 of 29", "Once", "id 101", "log-probability", "·the 41.0 %");
        browser.press("End");
        assertThat(browser.evaluate("document.querySelector('#m-gain .readout').textContent")
                        .asText())
                .contains("Token 28 of 29");
        browser.evaluate("document.querySelector('#m-patterns .tokens').focus()");
        for (int i = 0; i < 12; i++) {
            browser.press("ArrowRight");
        }
        assertThat(browser.evaluate("document.querySelector('#m-patterns .readout').textContent")
                        .asText())
                .contains("L0H0", "query 12", "looks at: ·the (11) 0.49")
                .doesNotContain("undefined");
        browser.evaluate("document.querySelector('#m-patterns input[value=to]').click()");
        assertThat(browser.evaluate("document.querySelector('#m-patterns .readout').textContent")
                        .asText())
                .contains("is looked at by");
        browser.until("location.hash.includes('pos=12')");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void downloadsHoldTheDataDrawn() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        browser.evaluate(
                "window.saved = []; URL.createObjectURL = b => { b.text().then(t => saved.push(t)); return '#'; }");
        browser.evaluate("document.querySelectorAll('#m-damage [data-save]').forEach(b => b.click())");
        browser.evaluate(
                "document.querySelectorAll('#m-patterns [data-save], #m-gain [data-save]').forEach(b => b.click())");
        browser.until("saved.length === 12");
        String csv = browser.evaluate("saved.find(t => t.startsWith('measurement,layer,head,value,low,high,unit'))")
                .asText();
        assertThat(csv.lines())
                .hasSize(145)
                .anyMatch(line -> line.startsWith("damage,5,5,1.74,1.69,") && line.endsWith(",nats,,,256"));
        assertThat(csv.lines()).contains("damage,1,5,,,,nats,,,256");
        String svg = browser.evaluate("saved.find(t => t.startsWith && t.includes('<svg') && t.includes('nats'))")
                .asText();
        assertThat(svg)
                .contains("fill=\"rgb(8, 48, 107)\"")
                .doesNotContain("var(--")
                .doesNotContain("class=");
        assertThat(browser.evaluate("saved.find(t => t.startsWith('head,query,'))")
                        .asText()
                        .lines())
                .hasSize(442);
        assertThat(browser.evaluate(
                                "saved.filter(t => { try { JSON.parse(t); return true } catch (e) { return false } }).length")
                        .asInt())
                .isEqualTo(3);
    }

    /** Saved in dark mode: every token on its colour, light, with its number, and no part of it can run. */
    @Test
    void colouredTextIsSavedAsAPicture() throws Exception {
        browser.open(page, "", 1280, 900, true, true);
        browser.evaluate("window.saved = []; URL.createObjectURL = b => { b.text().then(t => saved.push([b.type, t]));"
                + " return '#'; }; document.querySelectorAll('#m-gain [data-save]').forEach(b => b.click())");
        browser.until("saved.length === 4 && saved.some(s => s[0] === 'image/png' && s[1].length > 1000)");
        String parsed =
                "new DOMParser().parseFromString(saved.find(s => s[0] === 'image/svg+xml')[1], 'image/svg+xml')";
        int tokens = browser.evaluate("document.querySelectorAll('#m-gain .tk').length")
                .asInt();
        assertThat(browser.evaluate(
                                "Array.from(" + parsed + ".querySelectorAll('g > title')).filter(t => / · id \\d+ · "
                                        + "/.test(t.textContent)).length")
                        .asInt())
                .isEqualTo(tokens);
        assertThat(browser.evaluate(parsed + ".querySelectorAll('parsererror, script').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate(parsed + ".querySelector('rect').getAttribute('fill')")
                        .asText())
                .isEqualTo("#ffffff");
        assertThat(browser.evaluate("new Set(Array.from(" + parsed + ".querySelectorAll('g > rect')).map(r =>"
                                + " r.getAttribute('fill'))).size")
                        .asInt())
                .isGreaterThan(2);
        assertThat(browser.complaints()).isEmpty();
    }

    /** The points of a dense scatter have no words in the file; the page's numbers give them. */
    @Test
    void pointsOfACloudSayTheirNumbers() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        assertThat(browser.evaluate("Array.from(document.querySelectorAll('.cloud circle')).filter(c =>"
                                + " /: [^,]+, [^,]+$/.test(c.dataset.tip || '')).length")
                        .asInt())
                .isEqualTo(browser.evaluate("document.querySelectorAll('.cloud circle').length")
                        .asInt())
                .isGreaterThan(100);
    }

    @Test
    void rankedTokensAreSavedAsTheyAreNotAsTheyLook() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        browser.evaluate(
                "window.saved = []; URL.createObjectURL = b => { b.text().then(t => saved.push(t)); return '#'; }");
        browser.evaluate("document.querySelectorAll('#m-says [data-save^=table]').forEach(b => b.click())");
        browser.until("saved.length === 2");
        String csv = browser.evaluate("saved.find(t => t.startsWith('case,'))").asText();
        assertThat(csv.lines()).hasSize(5).first().isEqualTo("case,group,token,id,clean,patched,change,unit,model,n");
        assertThat(csv).contains(DemoRun.HOSTILE).contains("<0xF0>,9,8,,");
        assertThat(browser.evaluate("JSON.parse(saved.find(t => t.startsWith('{'))).rows.length")
                        .asInt())
                .isEqualTo(4);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLinkToASectionLandsThere() throws Exception {
        browser.open(page, "#m-says", 1280, 900, false, true);
        browser.until("Math.abs(document.querySelector('#m-says').getBoundingClientRect().top) < 60"
                + " || innerHeight + scrollY >= document.documentElement.scrollHeight - 2");
    }

    @Test
    void tablesSort() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        String cell = "document.querySelector('#m-damage .toptable tbody tr').cells[1].textContent";
        assertThat(browser.evaluate(cell).asText()).isEqualTo("1.740");
        browser.evaluate("document.querySelectorAll('#m-damage .toptable th button')[1].click()");
        browser.evaluate("document.querySelectorAll('#m-damage .toptable th button')[1].click()");
        assertThat(browser.evaluate(cell).asText()).isEqualTo("−0.920");
        assertThat(browser.evaluate("document.querySelectorAll('#m-damage .toptable th')[1].getAttribute('aria-sort')")
                        .asText())
                .isEqualTo("ascending");
    }

    @Test
    void isReadableWithoutScripts() throws Exception {
        browser.open(page, "", 1280, 900, false, false);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.evaluate("document.querySelectorAll('svg.chart').length")
                        .asInt())
                .isGreaterThan(20);
        assertThat(browser.evaluate(
                                "Array.from(document.querySelectorAll('.thumb img')).every(i => i.naturalWidth > 0)")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.querySelector('.viewer').offsetHeight")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("Array.from(document.querySelectorAll('.tools')).every(t => t.offsetHeight === 0)")
                        .asBoolean())
                .isTrue();
    }
}
