package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationDistributionTest {
    private static final String SPEC = """
            loupe: 1
            model: {card: lang-solu-1l, seeds: 0}
            dataset: {generator: planted-language, rows: %d, seed: 3}
            """;

    @TempDir
    Path folder;

    private RunResult run(int rows, String rest) {
        try (Laboratory lab = new Laboratory(folder, SPEC.formatted(rows) + rest)) {
            return lab.result();
        }
    }

    @Test
    void neuronsAndScalarsOfTheSamePositions() {
        RunResult result = run(40, """
                measure:
                  mid: {distribution: [mean, sd, skew], site: mlp.mid, sample: {count: 800, seed: 1}}
                  post: {distribution: mean, sample: {count: 800, seed: 1}}
                  scale: {distribution: [mean, sd], of: [ln-scale, solu-max, var-share, gauge-change], sample: {count: 800, seed: 1}}
                  draws: {distribution: [mean, excess-kurtosis], of: [normal, laplace], sample: {count: 800, seed: 1}}
                """);
        assertThat(NamedArray.describe(Laboratory.numbers(result, "mid.skew").axes()))
                .isEqualTo("[seed 1, layer 1, neuron 256]");
        NamedArray scalars = Laboratory.numbers(result, "scale.mean");
        assertThat(NamedArray.describe(scalars.axes())).isEqualTo("[seed 1, layer 1, scalar 4]");
        double scale = scalars.data()[0];
        // The variance over the neurons of a token is scale squared less epsilon, and on average over tokens about that
        // of neurons.
        assertThat(scale).isBetween(.005, .05);
        assertThat(scalars.data()[1]).isBetween(.01, .3);
        assertThat(scalars.data()[2]).isBetween(.8, 1.0);
        assertThat(scalars.data()[3]).isBetween(0.0, .12);
        assertThat(Laboratory.numbers(result, "draws.mean").data()[0]).isEqualTo(0, within(.15));
        assertThat(Laboratory.numbers(result, "draws.excess-kurtosis").data()[1])
                .isBetween(1.0, 7.0);
    }

    @Test
    void whatCannotBeToldIsSaidBeforeAnythingRuns() {
        assertThatThrownBy(() -> run(12, """
                measure:
                  a: {distribution: skew, site: resid_post, sample: {count: 400, seed: 1}}
                  b: {distribution: skew, of: ln-scale, site: mlp.pre, sample: {count: 400, seed: 1}}
                  c: {distribution: skew, layers: 3, sample: {count: 400, seed: 1}}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`resid_post` has no neurons")
                .hasMessageContaining("leave out `site`");
        assertThatThrownBy(
                        () -> run(12, "measure: {c: {distribution: skew, layers: 3, sample: {count: 400, seed: 1}}}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("there is no layer 3: the model has 0 to 0");
        assertThatThrownBy(() -> run(12, "measure: {d: {distribution: skew, sample: {count: 400, seed: 1}}}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("needs at least 20 documents")
                .hasMessageContaining("12 documents");
        assertThatThrownBy(() -> run(
                        40,
                        "measure: {d: {distribution: mean, of: ln-scale, sample: {count: 400, seed: 1}}}\n"
                                .replace("measure", "model: {card: lang-gelu-1l, seeds: 0}\nmeasure")))
                .isInstanceOf(SpecException.class);
    }
}
