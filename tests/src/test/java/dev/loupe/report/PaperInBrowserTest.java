package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.result.store.ResultStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the gallery on paper. Needs Chromium. */
class PaperInBrowserTest {
    private static final Path REPORTS = Path.of(System.getProperty("loupe.home", ".."), "reports");

    /** An entry of the outline that a PDF has of its headings: where on its sheet it leads to, in points from below. */
    private static final Pattern HEADING =
            Pattern.compile("/Title ([^\n]*)\n/Dest \\[[0-9]+ 0 R /XYZ [-0-9.]+ ([-0-9.]+)");

    /** The margin of 34 points, a heading and one line. */
    private static final double LOWEST = 75;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"9.14-linguistic", "9.10-attribution-and-examples", "2.19-backup-of-early-heads"})
    void noHeadingIsTheLastLineOfASheet(String name) throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(chromium.isPresent(), "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no page was printed");
        Path page = folder.resolve("page.html");
        new ReportPage().write(new ResultStore().read(REPORTS.resolve(name)), page);
        try (Browser browser = new Browser(chromium.get())) {
            browser.open(page, "", 1440, 900, false, true);
            String pdf = new String(
                    Base64.getDecoder()
                            .decode(browser.call(
                                            "Page.printToPDF",
                                            Map.of("generateTaggedPDF", true, "generateDocumentOutline", true))
                                    .path("data")
                                    .asText()),
                    StandardCharsets.ISO_8859_1);
            List<String> headings = HEADING.matcher(pdf)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(headings).contains("(Claims)", "(Method and provenance)");
            assertThat(HEADING.matcher(pdf)
                            .results()
                            .filter(found -> Double.parseDouble(found.group(2)) < LOWEST)
                            .map(found -> found.group(1)))
                    .isEmpty();
        }
    }
}
