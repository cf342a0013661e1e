package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A direction that differs by a label is the same as one edit for each of its values, at the positions that have it. */
class DirectionByLabelTest {
    private static final String SPEC = """
            loupe: 1
            model: {folder: %s}
            dataset: {generator: brackets, kinds: 2, depth: 2, length: 6, rows: 5, seed: 1}
            metric: {loss: {at: closing}}
            """.formatted(Specs.HOME.resolve("tests/src/test/resources/parity/gpt2"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"add", "clamp", "project-out"})
    void actsAsOneEditForEachValue(String mode) {
        String along = "{steer: resid_post, along: {result: {by: out, where: {neuron: \"%s\"}}}, mode: " + mode
                + (mode.equals("project-out") ? "" : ", by: 3.0") + ", layer: 0, at: %s}";
        RunResult result;
        try (Laboratory lab = new Laboratory(
                folder,
                SPEC + "intervention:\n  all: "
                        + along.formatted("L1N{depth}", "everywhere") + "\n  zero: "
                        + along.formatted("L1N0", "depth.0")
                        + "\n  one: " + along.formatted("L1N1", "depth.1") + "\n  two: "
                        + along.formatted("L1N2", "depth.2")
                        + """

                measure:
                  out: {directions: W_out, neurons: [L1N0, L1N1, L1N2]}
                  clean: {evaluate: default}
                  all: {apply: all, read: default}
                  each: {apply: [zero, one, two], read: default}
                """)) {
            result = lab.result();
        }
        double all = Laboratory.numbers(result, "all").value();
        assertThat(all).isCloseTo(Laboratory.numbers(result, "each").value(), within(1e-6));
        assertThat(Math.abs(all - Laboratory.numbers(result, "clean").value())).isGreaterThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L1N{height} | no label `height`",
                "L1N{depth}{opener} | several labels of the dataset (depth, opener)",
                "L1N{opener} | has no values to tell apart",
                "L0N{depth} | axis `neuron` has no `L0N0`",
            })
    void aLabelWithoutDirectionsIsSaidBeforeAnythingRuns(String neuron, String said) {
        assertThatThrownBy(() -> new Laboratory(folder, SPEC + """
                        intervention: {edit: {steer: resid_post, along: {result: {by: out, where: {neuron: "%s"}}}}}
                        measure:
                          out: {directions: W_out, neurons: [L1N0, L1N1, L1N2]}
                          after: {apply: edit, read: default}
                        """.formatted(neuron)).close())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(said);
    }
}
