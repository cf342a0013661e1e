package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.result.store.ResultStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does with the gallery: search, choose, sort, with a mouse or a phone. Needs Chromium. */
class GalleryInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so the gallery was not opened in a browser");
        new ResultStore().write(folder.resolve("heads"), HeadRun.run());
        new GalleryPage()
                .write(
                        folder,
                        false,
                        runs -> List.of(
                                new Gallery.Open("6.7", "seven", "Where do ablations break?", "./loupe run seven.yaml"),
                                new Gallery.Open("6.20", "twenty", "Which heads are induction heads?", "")));
        page = folder.resolve(GalleryPage.FILE);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static List<String> shown() throws Exception {
        String titles = browser.evaluate("Array.from(document.querySelectorAll('.gallery tbody tr'))"
                        + ".filter(r => r.checkVisibility()).map(r => r.querySelector('.title').innerText).join('|')")
                .asText();
        return List.of(titles.split("[|]"));
    }

    private static void type(String field, String value) throws Exception {
        browser.evaluate("(() => { const f = document.querySelector('form.filter')." + field + "; f.value = '" + value
                + "'; f.dispatchEvent(new Event('input', {bubbles: true})); })()");
    }

    @Test
    void wordsChaptersAndVerdictsChooseRows() throws Exception {
        for (int width : new int[] {1440, 390}) {
            browser.open(page, "", width, 900, false, true);
            assertThat(shown()).hasSize(3);
            type("words", "induction which");
            assertThat(shown()).containsExactly("twenty");
            type("words", "");
            type("verdict", "open");
            assertThat(shown()).containsExactly("seven", "twenty");
            type("verdict", "");
            type("chapter", "6. Tooling and techniques");
            assertThat(shown()).contains("seven", "twenty");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void numbersOfProblemsSortAsNumbers() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        browser.evaluate("document.querySelector('.gallery thead button').click()");
        assertThat(shown()).containsSubsequence("twenty", "seven");
        browser.evaluate("document.querySelector('.gallery thead button').click()");
        assertThat(shown()).containsSubsequence("seven", "twenty");
    }

    @Test
    void isWholeWithoutScripts() throws Exception {
        browser.open(page, "", 1440, 900, false, false);
        assertThat(shown()).hasSize(3);
        assertThat(browser.evaluate("document.querySelector('form.filter').checkVisibility()")
                        .asBoolean())
                .isFalse();
    }
}
