package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.store.ResultStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final RunResult RUN = DemoRun.full();
    private static final String HTML = new ReportPage().render(RUN);
    private static final Document PAGE = Jsoup.parse(HTML);

    @Test
    void answersFirst() {
        assertThat(PAGE.select("h1").eachText()).containsExactly(RUN.question());
        assertThat(PAGE.title()).contains(RUN.title());
        assertThat(PAGE.selectFirst(".lead").text()).isEqualTo(RUN.answer());
        assertThat(PAGE.selectFirst(".verdict").text())
                .startsWith("refuted")
                .contains("2 of 4 claims hold, 1 is refuted, 1 is undecided.");
        List<String> order = PAGE.select("main > section").eachAttr("id");
        assertThat(order).startsWith("answer", "m-scores", "claims").endsWith("notes", "method");
        assertThat(PAGE.select("#method details").eachAttr("id")).contains("spec", "plan");
        assertThat(order).contains("m-damage", "m-patterns", "m-gain").doesNotHaveDuplicates();
    }

    @Test
    void claimsStandInTheirOwnOrderWithNumberIntervalAndLimit() {
        assertThat(PAGE.select(".claims tbody th > bdi").eachText())
                .containsExactlyElementsOf(
                        RUN.claims().stream().map(ClaimResult::say).toList());
        Element first = PAGE.select(".claims tbody tr.refuted").first();
        assertThat(first.select("svg .wanted, svg .limit")).hasSize(2);
        assertThat(first.select("svg g.row"))
                .as("the deciding one, and both seeds")
                .hasSize(3);
        assertThat(first.text())
                .contains(
                        "above 0.5",
                        "0.0300 [0.0110, 0.0520]",
                        "L1H0",
                        "seed 1 0.610",
                        "four heads do the same work",
                        "holds in 1 of 2 seeds, refuted in 1; deciding: seed 0",
                        "by the whole 95 % interval");
        assertThat(PAGE.select(".claims tbody tr.undecided").text()).contains("undefined", "recovery is undefined");
    }

    @Test
    void everyFigureHasCaptionTableDownloadsAndWords() {
        for (Element figure : PAGE.select("figure")) {
            String name = figure.attr("data-name");
            assertThat(figure.select("figcaption").text()).as(name).isNotBlank();
            // The table of claims by models shows the numbers that the claims above it carry.
            assertThat(figure.select("script[type=application/json]"))
                    .as(name)
                    .hasSize("claims-models".equals(name) ? 0 : 1);
            assertThat(figure.select(".tools").attr("data-saves").split(" ").length)
                    .as(name)
                    .isGreaterThanOrEqualTo(2);
            if (figure.classNames().equals(Set.of("fig"))) {
                assertThat(figure.select("details table td")).as(name).isNotEmpty();
                assertThat(figure.select("svg").eachAttr("aria-label")).as(name).allMatch(s -> s.length() > 10);
            }
        }
        // Beside the artifacts: the claims, the claims by models, and what comes first in the training.
        assertThat(PAGE.select("figure")).hasSize(RUN.artifacts().size() + 3);
    }

    @Test
    void nullsStandBesideFinds() {
        Element scores = PAGE.selectFirst("#m-scores");
        assertThat(scores.select("figcaption").text())
                .contains("Largest: L0H0, PREV, seed 0")
                .contains("the largest of 20 draws is", "The largest is above chance.")
                .contains("n = 256")
                .contains("percentile bootstrap");
        assertThat(scores.selectFirst(".strip svg .draw").attr("d").split("M")).hasSize(21);
        assertThat(scores.select(".legend .chance")).hasSize(1);
        assertThat(PAGE.selectFirst("#m-ov figcaption").text()).contains("No chance level was measured");
        assertThat(PAGE.select("#m-damage .toptable th").eachText()).contains("above chance");
    }

    @Test
    void mapsShowEveryCellAndUndefinedOnesApart() {
        Element map = PAGE.selectFirst("#m-damage svg");
        assertThat(area(map)).isEqualTo(144);
        assertThat(map.select("path.cell.na")).hasSize(1);
        assertThat(map.select("text.num.na").eachText()).containsExactly("×");
        assertThat(map.select("text.num.p20").eachText()).containsExactly("1.74");
        assertThat(PAGE.select("#m-damage .datatable td").eachText()).contains("undefined", "1.740");
        assertThat(PAGE.select("#m-scores .panel")).hasSize(6);
        assertThat(PAGE.select("#m-scores .paneltitle").first().text()).isEqualTo("PREV, seed 0");
    }

    /** How many cells the paths of a map cover: runs of one colour are one rectangle. */
    private static int area(Element map) {
        int width = Integer.parseInt(map.attr("data-map").split(" ")[2]);
        int cells = 0;
        for (Element path : map.select("path.cell")) {
            for (String run : path.attr("d").split("M")) {
                cells += run.isEmpty() ? 0 : Integer.parseInt(run.split("h")[1].split("v")[0]) / width;
            }
        }
        return cells;
    }

    @Test
    void hostileTextIsOnlyText() {
        assertThat(PAGE.select("script:not([type=application/json])")).hasSize(1);
        assertThat(PAGE.select("script[src], link, iframe, object, embed, form, base"))
                .isEmpty();
        assertThat(PAGE.select("[onerror], [onclick], [onload], [style]")).isEmpty();
        assertThat(PAGE.select("img").eachAttr("src")).isNotEmpty().allMatch(src -> src.startsWith("data:image/png"));
        assertThat(PAGE.select("a").eachAttr("href")).allMatch(href -> href.startsWith("#") || href.isEmpty());
        assertThat(PAGE.select("#m-gain .tk").eachText()).anyMatch(text -> text.contains("<script>alert(1)</script>"));
        assertThat(PAGE.selectFirst("#notes").text())
                .contains("<script>alert(1)</script>")
                .contains("a picture");
        for (Element data : PAGE.select("script[type=application/json]")) {
            assertThat(data.data()).doesNotContain("<").doesNotContain("&");
        }
    }

    @Test
    void rankedTokensStandInTablesUnderTheirTexts() {
        Element says = PAGE.selectFirst("#m-says");
        assertThat(says.select(".prompts dt").eachText()).containsExactly("clean", "corrupted");
        assertThat(says.select(".prompts .named").eachText()).containsExactly(DemoRun.HOSTILE + "END", "·gaveEND");
        assertThat(says.select(".list h4").eachText())
                .containsExactly("highest in any of the runs", "largest decrease");
        assertThat(says.select(".list").get(0).select("thead th").eachText())
                .containsExactly("token", "id", "clean", "patched", "change");
        assertThat(says.select(".list").get(0).select("tbody tr").eachText())
                .containsExactly(
                        "·Mary 7 14.25 9.500 −4.750",
                        DemoRun.HOSTILE + " 8 9 8.500 −0.500",
                        "<0xF0> 9 8 undefined undefined");
        assertThat(says.select(".list").get(1).text()).contains("‹U+202E›evil");
        assertThat(says.selectFirst("h3").attr("data-at")).isEqualTo("L1H2");
    }

    @Test
    void invisibleTextIsVisible() {
        String text = PAGE.select("#m-gain .passage").text();
        assertThat(text)
                .contains("↵")
                .contains("→if")
                .contains("·upon")
                .contains("‹?›")
                .contains("‹U+202E›")
                .contains("··");
        assertThat(HTML).doesNotContain("\u202e").doesNotContain("\u0000");
        assertThat(PAGE.select("#m-gain .passage .tk.z").first().text()).isEqualTo("·a");
    }

    @Test
    void theSpecShowsItsDefaults() {
        assertThat(PAGE.select("#spec pre i").eachText())
                .containsExactly(
                        "dtype: float32",
                        "bos: none",
                        "dataset: repeats",
                        "per: position",
                        "by: bound",
                        "by: estimate");
        assertThat(PAGE.selectFirst("#method").text())
                .contains(
                        "sha256:77aa01bc",
                        "uncommitted changes",
                        "dataset.repeats.seed",
                        "700.0 MiB",
                        "78 %",
                        "float32",
                        "./loupe run experiments");
        assertThat(PAGE.selectFirst("#plan").text()).contains("<b>not bold</b>");
    }

    @Test
    void isAccessible() {
        assertThat(PAGE.selectFirst("html").attr("lang")).isEqualTo("en");
        assertThat(PAGE.select("main, nav, header, footer")).hasSize(4);
        Set<String> ids = new HashSet<>();
        assertThat(PAGE.select("[id]").eachAttr("id")).allMatch(ids::add);
        for (Element link : PAGE.select("a[href^=#]")) {
            assertThat(PAGE.getElementById(link.attr("href").substring(1).split(";")[0]))
                    .as(link.attr("href"))
                    .isNotNull();
        }
        int level = 1;
        for (Element heading : PAGE.select("main h1, main h2, main h3, main h4")) {
            int next = heading.tagName().charAt(1) - '0';
            assertThat(next).as(heading.text()).isLessThanOrEqualTo(level + 1);
            level = next;
        }
        for (Element control : PAGE.select("select, input")) {
            assertThat(control.parents().is("label")).isTrue();
        }
        assertThat(PAGE.select("button").eachText()).allMatch(text -> !text.isBlank());
        assertThat(PAGE.select("img")).allMatch(image -> image.hasAttr("alt"));
        assertThat(PAGE.select("[tabindex=0]")).allMatch(e -> e.hasAttr("aria-label") || e.id().equals("rerun"));
        assertThat(PAGE.select("section")).allMatch(s -> PAGE.getElementById(s.attr("aria-labelledby")) != null);
    }

    @Test
    void theSameRunGivesTheSamePage(@TempDir Path folder) throws IOException {
        new ResultStore().write(folder, RUN);
        assertThat(new ReportPage().render(new ResultStore().read(folder))).isEqualTo(HTML);
        Path file = folder.resolve(ReportPage.FILE);
        new ReportPage().write(RUN, file);
        assertThat(Files.readString(file)).isEqualTo(HTML);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void staysUnderTwoMegabytesAndSaysWhatIsLeftOut() {
        List<Artifact> artifacts = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            List<Axis> axes = List.of(Axis.counted("seed", 3), Axis.counted("layer", 24), Axis.counted("head", 16));
            artifacts.add(new Quantity(
                    "q" + i,
                    "Q",
                    "",
                    Figure.AUTO,
                    "",
                    new NamedArray(axes, random.doubles(3 * 24 * 16).toArray()),
                    null,
                    null));
        }
        List<String> heads = new ArrayList<>();
        for (int h = 0; h < 384; h++) {
            heads.add("L" + h / 16 + "H" + h % 16);
        }
        List<AttentionPatterns.Example> examples = new ArrayList<>();
        for (int e = 0; e < 3; e++) {
            examples.add(new AttentionPatterns.Example(
                    java.util.Collections.nCopies(96, " a"),
                    new NamedArray(
                            List.of(new Axis("head", heads), Axis.counted("query", 96), Axis.counted("key", 96)),
                            random.doubles(384L * 96 * 96).toArray())));
        }
        artifacts.add(new AttentionPatterns("patterns", "P", "", heads, examples));
        RunResult run = with(artifacts, RUN.claims());
        String page = new ReportPage().render(run);
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
        assertThat(Jsoup.parse(page).select("#m-patterns figcaption").text())
                .contains("2 of 3 examples are left out")
                .contains("positions are shown here");
    }

    @Test
    void anEmptyRunIsAPageToo() {
        Document page = Jsoup.parse(new ReportPage().render(with(List.of(), List.of())));
        assertThat(page.selectFirst(".verdict").text()).isEqualTo("The spec has no claims.");
        assertThat(page.select("main > section").eachAttr("id")).contains("answer", "claims", "method");
    }

    private static RunResult with(List<Artifact> artifacts, List<ClaimResult> claims) {
        return new RunResult(
                "1", "t", "Why?", "", "Because.", claims, artifacts, RUN.provenance(), "", List.of(), "", "", Map.of());
    }
}
