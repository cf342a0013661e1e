package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;
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

/** Every kind of figure can be saved as CSV that says unit, model and n. Needs Chromium. */
class CsvInBrowserTest {
    private static final String SAVE_ALL = "(async () => { const out = []; let name;"
            + " const waiting = []; HTMLAnchorElement.prototype.click = function () { name = this.download; };"
            + " URL.createObjectURL = b => { waiting.push(b.text()); return '#'; };"
            + " for (const fig of document.querySelectorAll('figure.fig')) {"
            + " const b = fig.querySelector('[data-save$=csv]'); waiting.length = 0; if (b) b.click();"
            + " out.push({kind: fig.className, name: fig.dataset.name, words: 'words' in fig.dataset,"
            + " text: waiting.length ? await waiting[0] : ''}); } return out; })()";

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: no Chromium on the PATH or in CHROMIUM, so no CSV was saved in a browser");
        browser = new Browser(chromium.get());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private record Saved(String kind, String name, boolean words, List<String> lines) {
        /** The cells of a column, none of which is quoted here. */
        List<String> column(String name) {
            int at = List.of(lines.get(0).split(",", -1)).indexOf(name);
            int fromEnd = lines.get(0).split(",", -1).length - at;
            return lines.subList(1, lines.size()).stream()
                    .map(line -> line.split(",", -1))
                    .map(cells -> cells[cells.length - fromEnd])
                    .distinct()
                    .toList();
        }
    }

    private static List<Saved> saved(RunResult run) throws Exception {
        Path page = folder.resolve(run.id() + run.title() + ".html");
        new ReportPage().write(run, page);
        browser.open(page, "", 1280, 900, false, true);
        List<Saved> all = new ArrayList<>();
        for (JsonNode one : browser.evaluate(SAVE_ALL)) {
            all.add(new Saved(
                    one.get("kind").asText(),
                    one.get("name").asText(),
                    one.get("words").asBoolean(),
                    one.get("text").asText().lines().toList()));
        }
        assertThat(browser.complaints()).isEmpty();
        return all;
    }

    @Test
    void everyKindOfFigureSaysUnitModelAndN() throws Exception {
        TreeSet<String> kinds = new TreeSet<>();
        for (RunResult run :
                List.of(DemoRun.full(), HeadRun.run(), TrainingRun.withAttention(), ModelRuns.families())) {
            for (Saved one : saved(run)) {
                kinds.add(one.kind());
                assertThat(one.lines()).as(run.title() + " " + one).hasSizeGreaterThan(1);
                if (!one.words()) {
                    assertThat(List.of(one.lines()
                                    .get(0)
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .split(",")))
                            .as(run.title() + " " + one.name())
                            .contains("unit", "model", "n")
                            .doesNotHaveDuplicates();
                }
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

    /** Whatever is one row's is of one row; means say of how many. */
    @Test
    void theyAreSaidWhereTheyAreKnown() throws Exception {
        List<Saved> demo = saved(DemoRun.full());
        assertColumns(one(demo, "gain"), "loss gap, nats", "toy", "1");
        assertColumns(one(demo, "says"), "logits", "toy", "1");
        assertColumns(one(demo, "patterns"), "share of attention", "toy", "1");
        List<Saved> heads = saved(HeadRun.run());
        assertThat(one(heads, "claims").lines())
                .containsExactly(
                        "claim,in,component,value,low,high,level,above,below,verdict,unit,model,n",
                        "a head of seed 1 is one,seed 1,L1H2,0.8,0.7,0.9,0.95,0.5,,holds,,toy seed 1,7");
        List<Saved> models = saved(ModelRuns.families());
        assertThat(one(models, "models-size").lines())
                .contains(
                        "measurement,model,size,size in,value,low,high,unit,n",
                        "score,small,12900,parameters,0.25,0.25,0.25,share,9");
        assertThat(one(models, "models-depth-1").column("model")).containsExactly("small", "large");
        assertThat(one(models, "claims").column("unit")).containsExactly("share", "");
    }

    private static Saved one(List<Saved> all, String name) {
        return all.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figure is called " + name));
    }

    private static void assertColumns(Saved saved, String unit, String model, String n) {
        assertThat(saved.lines().get(1)).contains(unit);
        assertThat(saved.column("model")).as(saved.name()).containsExactly(model);
        assertThat(saved.column("n")).as(saved.name()).containsExactly(n);
    }
}
