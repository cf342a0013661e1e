package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.report.models.ModelRuns;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of figure can be saved as a picture for a paper: SVG and PNG, light and whole. Needs Chromium. */
class PicturesInBrowserTest {
    /** Of every figure both pictures, the PNG with its size and how many of its pixels are neither white nor clear. */
    private static final String SAVE_ALL = """
            (async () => {
                const out = [];
                let waiting = [];
                HTMLAnchorElement.prototype.click = () => {};
                URL.createObjectURL = b => { waiting.push(b); return '#'; };
                const saved = async button => {
                    waiting = [];
                    if (!button) return null;
                    button.click();
                    while (!waiting.length) await new Promise(done => setTimeout(done, 5));
                    return waiting[0];
                };
                for (const fig of document.querySelectorAll('figure.fig')) {
                    const svg = await saved(fig.querySelector('[data-save$=svg]')), png = await saved(fig.querySelector('[data-save$=png]'));
                    const one = {kind: fig.className, name: fig.dataset.name, svg: svg ? await svg.text() : '', wide: 0, high: 0, ink: 0};
                    if (png) {
                        const picture = await createImageBitmap(png), canvas = new OffscreenCanvas(picture.width, picture.height);
                        canvas.getContext('2d').drawImage(picture, 0, 0);
                        const p = canvas.getContext('2d').getImageData(0, 0, picture.width, picture.height).data;
                        for (let i = 0; i < p.length; i += 4) if (p[i + 3] && Math.min(p[i], p[i + 1], p[i + 2]) < 250) one.ink++;
                        one.wide = picture.width;
                        one.high = picture.height;
                        one.corner = Array.from(p.slice(0, 4)).join();
                    }
                    const box = new DOMParser().parseFromString(one.svg, 'image/svg+xml').documentElement;
                    one.size = [Number(box.getAttribute('width')), Number(box.getAttribute('height'))];
                    out.push(one);
                }
                return out;
            })()""";

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no picture was saved in a browser");
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static List<JsonNode> saved(RunResult run) throws Exception {
        Path page = folder.resolve(run.id() + run.title() + ".html");
        new ReportPage().write(run, page);
        browser.open(page, "", 1440, 900, true, true);
        List<JsonNode> all = new ArrayList<>();
        browser.evaluate(SAVE_ALL).forEach(all::add);
        assertThat(browser.complaints()).isEmpty();
        return all;
    }

    /** In dark mode: the paper is white, and nothing refers to the style of the page. */
    @Test
    void everyKindOfFigureIsSavedAsSvgAndPng() throws Exception {
        TreeSet<String> kinds = new TreeSet<>();
        for (RunResult run :
                List.of(DemoRun.full(), HeadRun.run(), TrainingRun.withAttention(), ModelRuns.families())) {
            for (JsonNode one : saved(run)) {
                String what = run.title() + ", " + one.get("kind").asText() + ", "
                        + one.get("name").asText();
                kinds.add(one.get("kind").asText());
                assertThat(one.get("svg").asText())
                        .as(what)
                        .startsWith("<svg")
                        .contains("fill=\"#ffffff\"")
                        .doesNotContain("var(--", "class=", "rgb(20, 24, 29)", "rgb(228, 232, 237)");
                assertThat(one.get("wide").asInt())
                        .as(what)
                        .isCloseTo(2 * one.get("size").get(0).asInt(), within(2));
                assertThat(one.get("high").asInt())
                        .as(what)
                        .isCloseTo(2 * one.get("size").get(1).asInt(), within(2));
                assertThat(one.get("corner").asText()).as(what).isEqualTo("255,255,255,255");
                assertThat(one.get("ink").asInt()).as(what).isGreaterThan(500);
            }
        }
        assertThat(kinds)
                .containsExactly(
                        "fig",
                        "fig attention",
                        "fig forest",
                        "fig heat",
                        "fig moments",
                        "fig onsets",
                        "fig paths",
                        "fig rankings",
                        "fig rows",
                        "fig text");
    }

    @Test
    void tablesAreSavedWithTheirWords() throws Exception {
        List<JsonNode> demo = saved(DemoRun.full());
        assertThat(svg(demo, "says")).contains(">token<", "model: toy", "unit: logits");
        List<JsonNode> training = saved(TrainingRun.withAttention());
        assertThat(svg(training, "onsets"))
                .contains(">step at half height<", "In how many models the row comes before the column");
        List<JsonNode> models = saved(ModelRuns.families());
        assertThat(svg(models, "models"))
                .contains(">Model<", ">model small<", ">model large<", ">holds</tspan>", "1. ");
        assertThat(svg(models, "models-comparability")).contains("What makes them comparable");
    }

    /** A table of two thousand rows is taller than a browser's picture may be: it is saved less fine, not lost. */
    @Test
    void aVeryTallPictureIsSavedLessFine() throws Exception {
        Path page = folder.resolve("tall.html");
        new ReportPage().write(TrainingRun.withAttention(), page);
        browser.open(page, "", 1440, 900, false, true);
        browser.evaluate("(() => { const body = document.querySelector('.onsets tbody'), row = body.rows[0];"
                + " for (let i = 0; i < 2000; i++) body.append(row.cloneNode(true)); })()");
        List<JsonNode> all = new ArrayList<>();
        browser.evaluate(SAVE_ALL.replace("'figure.fig'", "'figure.onsets'")).forEach(all::add);
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("size").get(1).asInt()).isGreaterThan(30_000);
        assertThat(all.get(0).get("high").asInt()).isBetween(15_000, 16_384);
    }

    private static String svg(List<JsonNode> all, String name) {
        return all.stream()
                .filter(one -> one.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figure is called " + name))
                .get("svg")
                .asText();
    }
}
