package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelSearchTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: one-neuron, seed: 3}
            dataset: {generator: tokens, ids: [%s]}
            """.formatted(rows());

    @TempDir
    Path folder;

    /** Subject 7 or another one, then the end; the answer stands at the second position. */
    private static String rows() {
        StringBuilder rows = new StringBuilder();
        for (int r = 0; r < 120; r++) {
            rows.append(r == 0 ? "" : ", ")
                    .append("[36, ")
                    .append(r % 2 == 0 ? 7 : r % 32)
                    .append(", 36]");
        }
        return rows.toString();
    }

    private RunResult run(String rest) {
        try (Laboratory lab = new Laboratory(folder, SPEC + rest)) {
            return lab.result();
        }
    }

    @Test
    void theSearchReadsThePositionsAndTheLabelOfItsRows() {
        RunResult result = run(
                "measure: {s: {label-search: [END], layers: [1], sample: {count: 240, seed: 1}, draws: 19, seed: 2}}\n");
        NamedArray auc = Laboratory.numbers(result, "s.auc");
        assertThat(NamedArray.describe(auc.axes())).isEqualTo("[label 1]");
        assertThat(Laboratory.numbers(result, "s.layer").data()[0]).isEqualTo(1);
        assertThat(auc.data()[0]).isBetween(.5, 1.0);
    }

    @Test
    void tooFewDrawsAndTooLargeSamplesAreRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> run("""
                measure:
                  a: {label-search: [END, END2], sample: {seed: 1}, draws: 30, seed: 2}
                  b: {label-search: [nowhere], sample: {seed: 1}, draws: 19, seed: 2}
                  c: {label-search: [END], site: resid_post, sample: {seed: 1}, seed: 2}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`draws` must be 39 to 10000, not 30")
                .hasMessageContaining("`nowhere`")
                .hasMessageContaining("`resid_post` has no neurons");
    }
}
