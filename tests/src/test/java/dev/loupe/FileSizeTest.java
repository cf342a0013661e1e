package dev.loupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One idea per file: a file that outgrows its page has taken in a second one. */
class FileSizeTest {
    private static final int LONGEST = 500;
    private static final int LONG = 300;

    @Test
    void filesStaySmall() throws IOException {
        Path sources = Path.of(System.getProperty("loupe.home", ".."), "runner");
        Map<Path, Integer> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f ->
                            f.toString().contains(Path.of("src", "main", "java").toString()))
                    .forEach(f -> lines.put(sources.relativize(f), count(f)));
        }
        List<Integer> sorted = lines.values().stream().sorted().toList();
        long small = sorted.stream().filter(n -> n <= LONG).count();
        System.out.printf(
                "Production files: %d, median %d lines, %d %% within %d, longest %d%n",
                sorted.size(),
                sorted.get(sorted.size() / 2),
                100 * small / sorted.size(),
                LONG,
                sorted.get(sorted.size() - 1));

        assertThat(lines)
                .as("files over %d lines", LONGEST)
                .allSatisfy((file, n) -> assertThat(n).as(file.toString()).isLessThanOrEqualTo(LONGEST));
        assertThat(sorted.get(sorted.size() / 2)).as("median").isLessThanOrEqualTo(100);
        assertThat(100.0 * small / sorted.size())
                .as("percent within %d lines", LONG)
                .isGreaterThanOrEqualTo(90);
    }

    private static int count(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
