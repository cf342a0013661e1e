package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copying scores of a model with shared values and an output of its own, against numpy in float64 on the fixture's weights:
 * eigenvalues of the whole vocabulary square, ranks by sorting.
 */
class CopyingOfSharedValuesTest {
    private static final Path LLAMA = Specs.HOME.resolve("tests/src/test/resources/parity/llama-gqa");
    private static final double[] EIGENVALUE = {
        0.216541, 0.063279, -0.013507, -0.295846, -0.187368, -0.009452, 0.089212, -0.128402
    };
    private static final double[] TOP_5 = {
        0.131148, 0.081967, 0.081967, 0.147541, 0.081967, 0.081967, 0.016393, 0.081967
    };
    private static final double[] BOTTOM_5 = {
        0.081967, 0.032787, 0.032787, 0.049180, 0.049180, 0.081967, 0.114754, 0.049180
    };

    @TempDir
    Path folder;

    @Test
    void areThoseOfTheVocabularySquare() {
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: %s, processing: []}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure: {copies: {copying: [eigenvalue, top-k, bottom-k], k: 5}}
                """.formatted(LLAMA))) {
            RunResult result = lab.result();
            same(Laboratory.numbers(result, "copies.eigenvalue"), EIGENVALUE);
            same(Laboratory.numbers(result, "copies.top-k"), TOP_5);
            same(Laboratory.numbers(result, "copies.bottom-k"), BOTTOM_5);
        }
    }

    private static void same(NamedArray found, double[] expected) {
        assertThat(found.data()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.data()[i]).as("[" + i + "]").isEqualTo(expected[i], within(1e-5));
        }
    }
}
