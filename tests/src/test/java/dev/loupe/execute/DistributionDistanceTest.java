package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionDistanceTest {
    private static final String SPEC = """
            loupe: 1
            model: {cards: [lang-gelu-1l, lang-solu-1l], seeds: [0, 1]}
            dataset: {generator: planted-language, rows: 30, seed: 3}
            measure:
              shape: {distribution: [skew, mean], site: mlp.pre, sample: {count: 600, seed: 1}}
            """;

    @TempDir
    Path folder;

    private RunResult run(String rest) {
        try (Laboratory lab = new Laboratory(folder, SPEC + rest)) {
            return lab.result();
        }
    }

    @Test
    void modelsOfOneAxisAreComparedAndOtherAxesStay() {
        RunResult result = run("  apart: {distribution-distance: shape.skew, between: model}\n"
                + "  seeds: {distribution-distance: shape.skew, between: seed}\n");
        NamedArray apart = Laboratory.numbers(result, "apart.w1");
        assertThat(apart.axes().stream().map(axis -> axis.name()).toList()).containsExactlyInAnyOrder("seed", "pair");
        assertThat(apart.axis("pair").labels()).containsExactly("lang-gelu-1l and lang-solu-1l");
        NamedArray seeds = Laboratory.numbers(result, "seeds.w1");
        assertThat(seeds.axis("pair").labels()).containsExactly("0 and 1");
        assertThat(seeds.axis("model").size()).isEqualTo(2);
        // Of sets of equal size the distance is the mean difference of their sorted numbers.
        double[] skew = Laboratory.numbers(result, "shape.skew").data();
        int each = skew.length / 4;
        double[] gelu = Arrays.copyOfRange(skew, 0, each);
        double[] solu = Arrays.copyOfRange(skew, 2 * each, 3 * each);
        Arrays.sort(gelu);
        Arrays.sort(solu);
        double sum = 0;
        for (int i = 0; i < each; i++) {
            sum += Math.abs(gelu[i] - solu[i]) / each;
        }
        assertThat(apart.data()[0]).isEqualTo(sum, within(1e-9));
    }

    @Test
    void aMissingAxisIsNamed() {
        assertThatThrownBy(() -> run("  apart: {distribution-distance: shape.skew, between: checkpoint}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("no axis `checkpoint`");
    }
}
