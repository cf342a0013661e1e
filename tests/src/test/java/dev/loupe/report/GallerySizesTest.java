package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.RunResult;
import dev.loupe.result.store.ResultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every run of the gallery, made into a page again: small enough to be sent and opened anywhere. */
class GallerySizesTest {
    private static final Path REPORTS =
            Path.of(System.getProperty("loupe.home", "..")).resolve("reports");

    static Stream<Path> runs() {
        try (Stream<Path> folders = Files.list(REPORTS)) {
            return folders.filter(ResultStore::isComplete).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theGalleryHasRuns() {
        assertThat(runs()).hasSizeGreaterThan(30);
    }

    /** Under 400 kB, or under 2 MB with the attention of more than 24 heads; and the figures keep their numbers. */
    @ParameterizedTest
    @MethodSource("runs")
    void aPageIsSmall(Path folder) throws IOException {
        RunResult run = new ResultStore().read(folder);
        String page = new ReportPage().render(run);
        int heads = ReportPage.heads(run.artifacts());
        assertThat(page.getBytes(StandardCharsets.UTF_8).length)
                .as(folder.getFileName().toString())
                .isLessThan(heads > 24 ? 2_000_000 : 400_000);
    }
}
