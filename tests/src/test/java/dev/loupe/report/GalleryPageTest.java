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
        assertThat(new GalleryPage().write(folder)).isEqualTo(runs);
        return Jsoup.parse(Files.readString(folder.resolve(GalleryPage.FILE)));
    }

    @Test
    void runsStandByChapterInTheOrderOfTheirNumbers() throws IOException {
        run("a", "6.20", "twenty");
        run("b", "6.7", "seven");
        run("c", "2.18", "circuit");
        run("d", "", "mine");
        Document page = gallery(4);
        assertThat(page.select("h2[id^=family]").eachText())
                .containsExactly("2. Circuits in the wild", "6. Tooling and techniques", "Other questions");
        assertThat(page.select(".runs h3").eachText())
                .containsExactly("2.18 · circuit", "6.7 · seven", "6.20 · twenty", "mine");
        assertThat(page.select(".runs a").eachAttr("href").get(0)).isEqualTo("./c/report.html");
        assertThat(page.select(".runs .verdict").eachText())
                .allSatisfy(verdict -> assertThat(verdict).contains(" of "));
    }

    @Test
    void hostileNamesAreText() throws IOException {
        run("javascript:alert(1) %2e", "1.1", DemoRun.HOSTILE);
        Document page = gallery(1);
        assertThat(page.select("script, img")).isEmpty();
        assertThat(page.select(".runs h3").text()).contains(DemoRun.HOSTILE);
        assertThat(page.select(".runs a").attr("href")).isEqualTo("./javascript%3Aalert%281%29%20%252e/report.html");
    }

    @Test
    void anEmptyFolderHasAGalleryToo() throws IOException {
        assertThat(gallery(0).text()).contains("no finished runs");
        assertThat(List.of(folder.toFile().list())).containsExactly(GalleryPage.FILE);
    }
}
