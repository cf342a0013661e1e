package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.result.store.ResultStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the gallery on paper. Needs Chromium. */
class PaperInBrowserTest {
    private static final Path REPORTS = Path.of(System.getProperty("loupe.home", ".."), "reports");

    /**
     * Links to every heading and to the first text or picture after it, out of the flow. A printed page says of whatever it
     * links to on which sheet it lies.
     */
    private static final String LINKED = """
            (() => {
                const shown = e => e.checkVisibility() && e.getClientRects().length > 0;
                const picture = e => /^(svg|img|canvas)$/.test(e.localName);
                const text = e => !e.closest('svg') && Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim());
                const all = Array.from(document.querySelectorAll('main *')).filter(e => shown(e) && (picture(e) || text(e)));
                const links = document.createElement('div');
                links.style.cssText = 'position:absolute;left:0;top:0';
                const link = (to, id) => {
                    to.id = id;
                    const a = document.createElement('a');
                    a.href = '#' + id;
                    a.textContent = '.';
                    links.append(a);
                };
                const pairs = [];
                Array.from(document.querySelectorAll('main :is(h1,h2,h3,h4,.paneltitle)')).filter(shown).forEach((h, n) => {
                    const next = all.find(e => h.compareDocumentPosition(e) & 4 && !h.contains(e));
                    link(h, 'heading-' + n);
                    if (!next.id.startsWith('next-')) {
                        link(next, 'next-' + n);
                    }
                    pairs.push([h.innerText, h.id, next.id]);
                });
                document.body.append(links);
                return pairs;
            })()""";

    /** What a link leads to, and the number of its sheet. */
    private static final Pattern PLACE = Pattern.compile("/((?:heading|next)-[0-9]+) ?\\[([0-9]+) 0 R /XYZ ");

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(chromium.isPresent(), "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no page was printed");
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.10-attribution-and-examples", "2.17-brackets"})
    void noHeadingIsTheLastLineOfASheet(String name) throws Exception {
        Path page = folder.resolve(name + ".html");
        new ReportPage().write(new ResultStore().read(REPORTS.resolve(name)), page);
        browser.open(page, "", 1440, 900, false, true);
        browser.call("Emulation.setEmulatedMedia", Map.of("media", "print"));
        JsonNode pairs = browser.evaluate(LINKED);
        Map<String, String> sheets = new HashMap<>();
        PLACE.matcher(printed()).results().forEach(found -> sheets.put(found.group(1), found.group(2)));
        browser.call("Emulation.setEmulatedMedia", Map.of("media", ""));
        assertThat(sheets.values().stream().distinct().count()).isGreaterThan(5);
        List<String> headings = new ArrayList<>();
        List<String> alone = new ArrayList<>();
        for (JsonNode pair : pairs) {
            String heading = sheets.get(pair.get(1).asText());
            String next = sheets.get(pair.get(2).asText());
            assertThat(heading).as("the sheet of %s", pair).isNotNull();
            assertThat(next).as("the sheet of what follows %s", pair).isNotNull();
            headings.add(pair.get(0).asText());
            if (!heading.equals(next)) {
                alone.add(pair.get(0).asText());
            }
        }
        assertThat(headings).hasSizeGreaterThan(20).anyMatch(heading -> heading.startsWith("Claims"));
        assertThat(alone).isEmpty();
    }

    private static String printed() throws Exception {
        JsonNode pdf = browser.call("Page.printToPDF", Map.of());
        return new String(Base64.getDecoder().decode(pdf.path("data").asText()), StandardCharsets.ISO_8859_1);
    }
}
