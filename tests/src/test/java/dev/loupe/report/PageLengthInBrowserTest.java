package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.result.store.ResultStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The longest page of the gallery, with 270 heads and eighteen claims, can be read to its end. Needs Chromium. */
class PageLengthInBrowserTest {
    private static final Path RUN = Path.of(System.getProperty("loupe.home", ".."), "reports", "5.35-ioi-smollm2");

    @TempDir
    Path folder;

    @Test
    void aPageOfAWholeModelIsShortOnScreenAndOnPaperAndReadySoon() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(chromium.isPresent(), "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no page was measured");
        Path page = folder.resolve("page.html");
        new ReportPage().write(new ResultStore().read(RUN), page);
        try (Browser browser = new Browser(chromium.get())) {
            browser.open(page, "", 1440, 900, false, true);
            assertThat(browser.evaluate("document.documentElement.scrollHeight").asInt())
                    .isLessThan(15_000);
            String pdf = new String(
                    Base64.getDecoder()
                            .decode(browser.call("Page.printToPDF", Map.of())
                                    .path("data")
                                    .asText()),
                    StandardCharsets.ISO_8859_1);
            assertThat(Pattern.compile("/Type\\s*/Page[^s]")
                            .matcher(pdf)
                            .results()
                            .count())
                    .isBetween(2L, 19L);
        }
    }
}
