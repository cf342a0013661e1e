package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of many passages a reader asks for some. Needs Chromium. */
class PassagesInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no passages were looked for in a browser");
        page = folder.resolve("passages.html");
        new ReportPage().write(run(4), page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static TokenText.Passage passage(String label, String... tokens) {
        return new TokenText.Passage(
                label,
                Stream.of(tokens)
                        .map(token -> new TokenText.Token(token, 7, 1, -1, List.of()))
                        .toList());
    }

    private static RunResult run(int passages) {
        RunResult demo = DemoRun.full();
        List<TokenText.Passage> all = List.of(
                passage("L0N1, top 1 of 2: 3 at token 4 of row 5", "Once", " upon", " a", " time"),
                passage("L0N1, top 2 of 2: 2 at token 4 of row 6", "The", " cat", " and", " the", " dog"),
                passage("L0N1, random 1 of 2: 1 at token 4 of row 7", " the", " CAT", " sat"),
                passage("L0N1, random 2 of 2: 0 at token 4 of row 8", "topless", " tower"));
        TokenText text = new TokenText("text", "Text", "", "activation", all.subList(0, passages), "toy");
        return new RunResult(
                "1", "t", "q?", "", "", List.of(), List.of(text), demo.provenance(), "", List.of(), "", "", Map.of());
    }

    private static int shown(String asked) throws Exception {
        return browser.evaluate(
                        "(() => { const f = document.querySelector('.find input'); f.value = '" + asked
                                + "'; f.dispatchEvent(new Event('input')); return Array.from(document.querySelectorAll('.passage'))"
                                + ".filter(p => p.checkVisibility() && p.previousElementSibling.checkVisibility()).length; })()")
                .asInt();
    }

    @Test
    void passagesWithATextOrAHeadingAreShownAlone() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        assertThat(shown("cat")).isEqualTo(2);
        assertThat(browser.evaluate("document.querySelector('.find output').textContent")
                        .asText())
                .isEqualTo(" 2 of 4");
        assertThat(shown("the cat")).isEqualTo(2);
        assertThat(shown("the dog")).isEqualTo(1);
        assertThat(shown("top")).isEqualTo(3);
        assertThat(shown("random")).isEqualTo(2);
        assertThat(shown("nothing like it")).isZero();
        assertThat(shown("")).isEqualTo(4);
        assertThat(browser.evaluate("document.querySelector('.find output').textContent")
                        .asText())
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsNotShownIsNotSavedAsAPicture() throws Exception {
        browser.open(page, "", 1280, 900, false, true);
        shown("random");
        browser.evaluate("URL.createObjectURL = blob => { window.saved = blob; return '#'; };"
                + "document.querySelector('[data-save=svg]').click()");
        browser.until("window.saved !== undefined");
        assertThat(browser.evaluate("saved.text()").asText())
                .contains("random 1 of 2", "random 2 of 2")
                .doesNotContain("top 1 of 2");
    }

    @Test
    void aFewPassagesNeedNoSearch() throws Exception {
        Path few = folder.resolve("few.html");
        new ReportPage().write(run(3), few);
        browser.open(few, "", 1280, 900, false, true);
        assertThat(browser.evaluate("document.querySelectorAll('.find').length").asInt())
                .isZero();
    }
}
