package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.report.compare.ComparedRun;
import dev.loupe.report.compare.RunComparison;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.store.Resamples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three long runs beside one another: short where nothing is opened, and whole without scripts. Needs Chromium. */
class ComparisonInBrowserTest {
    private static final int MEASUREMENTS = 40;
    private static final int PARTS = 3;

    /** The first so many measurements are the same in all runs. */
    private static final int SAME = 10;

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no comparison was opened in a browser");
        page = folder.resolve("comparison.html");
        new ComparisonPage().write(RunComparison.of(List.of(run("one", 0), run("two", 1), run("three", 2))), page);
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void whatDiffersIsFoundWithinAFewScreens() throws Exception {
        browser.open(page, "", 1440, 900, false, true);
        assertThat(number("document.documentElement.scrollHeight")).isLessThan(15_000);
        // Of measurement 39 all numbers differ, of measurement 10 one of 60.
        assertThat(text("#results tbody tr:first-child")).contains("Measurement 39");
        assertThat(text("#results tbody tr:last-child")).contains("Measurement 10");
        assertThat(number("document.querySelectorAll('#same > details').length"))
                .isEqualTo(SAME);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void nothingIsLostWithoutScriptsAndAllOfItIsBehindALine() throws Exception {
        browser.open(page, "", 1440, 900, false, false);
        assertThat(number("document.querySelectorAll('.compared tbody tr:not(.part)').length"))
                .isEqualTo(MEASUREMENTS * PARTS * 20);
        assertThat(number("[...document.querySelectorAll('.compared')].filter(t => !t.checkVisibility()"
                        + " && !t.closest('details').querySelector('summary')).length"))
                .isZero();
    }

    @Test
    void anAddressOpensWhatIsFolded() throws Exception {
        browser.open(page, "#result-measurement-3", 1440, 900, false, true);
        browser.until("document.querySelector('#result-measurement-3').open");
        assertThat(text("#result-measurement-3 summary"))
                .contains("Measurement 3")
                .contains("0 of 120 differences");
    }

    /** In a narrow table each number says whose it is, since the heading of its column is not beside it. */
    @Test
    void onAPhoneNothingOverflowsAndNumbersNameTheirRun() throws Exception {
        browser.open(page, "", 390, 844, true, true);
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        assertThat(browser.evaluate(
                                "getComputedStyle(document.querySelector('.compared td[data-of]'), '::before').content")
                        .asText())
                .contains("one");
    }

    private static int number(String script) throws Exception {
        return browser.evaluate(script).asInt();
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    private static ComparedRun run(String label, int place) {
        List<Artifact> artifacts = new ArrayList<>();
        for (int m = 0; m < MEASUREMENTS; m++) {
            for (int part = 0; part < PARTS; part++) {
                artifacts.add(heads("measurement-" + m, part, m < SAME ? 0 : place, m));
            }
        }
        RunResult demo = HeadRun.run();
        return new ComparedRun(
                label,
                new RunResult(
                        "1.1",
                        "Heads",
                        "Which heads are they?",
                        "",
                        "An answer.",
                        demo.claims(),
                        artifacts,
                        demo.provenance(),
                        "",
                        List.of(),
                        "",
                        "",
                        Map.of()),
                new Resamples("", new TreeMap<>()));
    }

    /** Twenty numbers with ends 0.1 around them; a half later in each run from the first up to one more for each measurement. */
    private static Quantity heads(String name, int part, int place, int measurement) {
        List<Axis> axes = List.of(Axis.counted("layer", 5), Axis.counted("head", 4));
        int moved = Math.max(0, (measurement - SAME) * PARTS * 20 / (MEASUREMENTS - SAME - 1) - part * 20);
        double[] values = new double[20];
        Arrays.setAll(values, i -> i / 100.0 + (i < moved || part == 0 && i == 0 ? place / 2.0 : 0));
        return new Quantity(
                name + ".P" + part,
                "M" + name.substring(1).replace('-', ' ') + ": P" + part,
                "",
                Figure.AUTO,
                "nats",
                new NamedArray(axes, values),
                new Interval(shifted(axes, values, -.1), shifted(axes, values, .1), .95, "made up", 10),
                null,
                Setting.UNKNOWN);
    }

    private static NamedArray shifted(List<Axis> axes, double[] values, double by) {
        return new NamedArray(axes, Arrays.stream(values).map(v -> v + by).toArray());
    }
}
