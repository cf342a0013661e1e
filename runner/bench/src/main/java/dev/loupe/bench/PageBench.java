package dev.loupe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** How large pages are in a browser, and how soon they can be used: each is opened from disk in a headless Chromium. */
public final class PageBench {
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    /** A sheet of a PDF file. */
    private static final Pattern SHEET = Pattern.compile("/Type\\s*/Page[^s]");

    /** Notes when the script is done and the frame after that is drawn; a page without a script is ready when loaded. */
    private static final String CLOCK = "const seen = () => requestAnimationFrame(() => setTimeout(() => {"
            + " window.benchReady = performance.now(); }));"
            + "new MutationObserver((all, o) => { if (document.documentElement && document.documentElement.dataset.ready"
            + " === 'true') { o.disconnect(); seen(); } }).observe(document, {subtree: true, attributes: true,"
            + " attributeFilter: ['data-ready']});";

    private static final String READY = "(async () => { const after = performance.now() + 30000;"
            + " const script = Array.from(document.scripts).some(s => s.textContent.includes('dataset.ready'));"
            + " while (performance.now() < after && (document.readyState !== 'complete' || script && !window.benchReady))"
            + " await new Promise(done => setTimeout(done, 5));"
            + " return script ? window.benchReady || NaN : performance.getEntriesByType('navigation')[0].loadEventEnd; })()";

    private static final String SIZES = "(() => { const all = s => Array.from(document.querySelectorAll(s)),"
            + " claims = document.querySelector('#claims');"
            + " const before = e => claims && e.checkVisibility() && e.compareDocumentPosition(claims) & 4;"
            + " const options = (f, s) => Math.max(1, f.querySelectorAll(s + ' option').length);"
            + " return {height: document.documentElement.scrollHeight,"
            + " wide: document.documentElement.scrollWidth > innerWidth,"
            + " stops: all('a[href],button,input,select,summary,[tabindex=\"0\"]').filter(before).length,"
            + " heads: all('.sheet .thumb').length + all('figure.moments').reduce((n, f) =>"
            + " n + options(f, 'select.head') * options(f, 'select.unit'), 0)}; })()";

    private final Map<String, String> environment;
    private final int rounds;
    private final StopSignal stop;

    /**
     * One page.
     *
     * @param heads how many heads it shows the attention of
     * @param height in pixels, at a width of 1440
     * @param sheets of letter paper
     * @param ready seconds from the beginning until its script is done and the next frame drawn, round by round
     * @param stops of the tab key before its claims
     */
    public record Measured(String name, long bytes, int heads, int height, int sheets, List<Double> ready, int stops) {
        /** The median over rounds. */
        public double seconds() {
            double[] sorted = ready.stream().mapToDouble(s -> s).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }

    /**
     * @param environment variables of the process, which say where Chromium is
     * @param rounds how often each page is opened
     */
    public PageBench(Map<String, String> environment, int rounds, StopSignal stop) {
        this.environment = environment;
        this.rounds = rounds;
        this.stop = stop;
    }

    /** Opens all pages in turn, so that what else a machine does meets all of them. */
    public List<Measured> run(Map<String, Path> pages, Consumer<Measured> done) throws IOException {
        List<Measured> all = new ArrayList<>();
        Path program = Chromium.find(environment)
                .orElseThrow(() -> new EnvironmentException(
                        "no Chromium is on the PATH; name one in the environment variable CHROMIUM"));
        try (Chromium browser = new Chromium(program, event -> {})) {
            browser.call(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", WIDTH, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
            browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", CLOCK));
            for (Map.Entry<String, Path> page : pages.entrySet()) {
                stop.check();
                Measured measured = measured(browser, page.getKey(), page.getValue());
                all.add(measured);
                done.accept(measured);
            }
        }
        return all;
    }

    private Measured measured(Chromium browser, String name, Path page) throws IOException {
        List<Double> ready = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            browser.call("Page.navigate", Map.of("url", "about:blank"));
            browser.call("Page.navigate", Map.of("url", page.toUri().toString()));
            ready.add(browser.evaluate(READY).asDouble(Double.NaN) / 1000);
        }
        JsonNode sizes = browser.evaluate(SIZES);
        String pdf = new String(
                Base64.getDecoder()
                        .decode(browser.call("Page.printToPDF", Map.of())
                                .path("data")
                                .asText()),
                StandardCharsets.ISO_8859_1);
        return new Measured(
                name,
                Files.size(page),
                sizes.path("heads").asInt(),
                sizes.path("height").asInt(),
                (int) SHEET.matcher(pdf).results().count(),
                ready,
                sizes.path("stops").asInt());
    }
}
