package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that lends its architecture to an untrained one, and in which nothing is measured, is not trained. */
class OnlyArchitectureTest {
    @TempDir
    Path folder;

    @Test
    void isNotTrained() throws Exception {
        String spec = """
                loupe: 1
                model: {lends: {card: induction-2l, seeds: [77]}, fresh: {reinitialise: lends, seeds: 0}}
                dataset: {generator: repeated-tokens, period: 5, length: 12, rows: 4, seed: 1}
                metric: loss
                measure: {loss: {evaluate: default, model: fresh}}
                """;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            assertThat(Laboratory.numbers(lab.result(), "loss").data()[0]).isBetween(3.0, 4.0);
        }
        assertThat(Files.exists(folder.resolve("cache"))).isFalse();
    }
}
