package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.RunResult;
import dev.loupe.result.store.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryPageTest {
    @TempDir
    Path folder;

    private List<Gallery.Open> open = List.of();

    private void run(String place, String id, String title) throws IOException {
        RunResult demo = DemoRun.full();
        new ResultStore()
                .write(
                        folder.resolve(place),
                        new RunResult(
                                id,
                                title,
                                demo.question(),
                                demo.variant(),
                                demo.answer(),
                                demo.claims(),
                                demo.artifacts(),
                                demo.provenance(),
                                demo.resolvedSpec(),
                                demo.defaults(),
                                demo.notes(),
                                demo.explain(),
                                demo.extra()));
    }

    private Document gallery(int runs) throws IOException {
        assertThat(new GalleryPage().write(folder, false, results -> open)).isEqualTo(runs);
        return Jsoup.parse(Files.readString(folder.resolve(GalleryPage.FILE)));
    }

    @Test
    void runsAreInTheOrderOfTheirNumbers() throws IOException {
        run("a", "6.20", "twenty");
        run("b", "6.7", "seven");
        run("c", "2.18", "circuit");
        run("d", "", "mine");
        Document page = gallery(4);
        assertThat(page.select("select[name=chapter] option").eachText())
                .containsExactly("all", "2. Circuits in the wild", "6. Tooling and techniques", "Other questions");
        assertThat(page.select(".gallery .title").eachText())
                .allMatch(title -> title.contains(DemoRun.full().variant()));
        assertThat(page.select(".gallery .title a").eachText()).containsExactly("circuit", "seven", "twenty", "mine");
        assertThat(page.select(".gallery .no").eachAttr("data-key")).containsExactly("2018", "6007", "6020", "999999");
        assertThat(page.select(".gallery .title a").eachAttr("href").get(0)).isEqualTo("./c/report.html");
        assertThat(page.select(".gallery td.verdict").eachText())
                .allSatisfy(verdict -> assertThat(verdict).contains(" of "));
        assertThat(page.select(".preview svg")).hasSize(4);
        assertThat(page.select(".preview title")).isEmpty();
    }

    @Test
    void questionsWithoutARunSayWhatWouldAnswerThem() throws IOException {
        run("a", "6.20", "twenty");
        open = List.of(
                new Gallery.Open("6.7", "seven", "Where?", "./loupe run seven.yaml"),
                new Gallery.Open("1.6", "neurons", "", ""));
        Document page = gallery(1);
        assertThat(page.select(".gallery .title").eachText()).first().isEqualTo("neurons");
        assertThat(page.select(".gallery td.open").eachText()).containsExactly("no experiment yet", "not run here");
        assertThat(page.select(".gallery code").eachText()).containsExactly("./loupe run seven.yaml");
    }

    @Test
    void hostileNamesAreText() throws IOException {
        run("javascript:alert(1) %2e", "1.1", DemoRun.HOSTILE);
        Document page = gallery(1);
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.select(".gallery .title").text()).contains(DemoRun.HOSTILE);
        assertThat(page.select(".gallery .title a").attr("href"))
                .isEqualTo("./javascript%3Aalert%281%29%20%252e/report.html");
    }

    @Test
    void anEmptyFolderHasAGalleryToo() throws IOException {
        assertThat(gallery(0).text()).contains("no finished runs");
        assertThat(List.of(folder.toFile().list())).containsExactly(GalleryPage.FILE);
    }
}
