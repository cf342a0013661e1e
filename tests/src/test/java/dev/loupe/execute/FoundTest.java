package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a result chooses is edited exactly as if it had been named. */
class FoundTest {
    private static final String SPEC = """
            loupe: 1
            model: {card: toy-facts-6l, seeds: 0}
            dataset: {generator: toy-facts, rows: 24, seed: 2}
            metric: loss
            """;

    @TempDir
    Path folder;

    private RunResult run(String rest) {
        try (Laboratory lab = new Laboratory(folder, SPEC + rest)) {
            return lab.result();
        }
    }

    private static int[] largest(NamedArray array) {
        int best = 0;
        for (int i = 0; i < array.data().length; i++) {
            best = array.data()[i] > array.data()[best] ? i : best;
        }
        return array.coordinates(best);
    }

    @Test
    void aChosenComponentIsTheOneOfTheSweep() {
        RunResult result = run("""
                intervention:
                  neurons: {ablate: mlp.post, over: [layer, neuron], layers: [1, 3]}
                  layers: {ablate: mlp_out, over: [layer]}
                  positions: {ablate: resid_mid, over: [layer, pos], layers: [0, 2]}
                  the-neuron: {ablate: mlp.post, neurons-from: {by: neurons, best: 1}}
                  the-layer: {ablate: mlp_out, layers-from: {by: layers, best: 1}}
                  the-position: {ablate: resid_mid, layers: [2], positions-from: {by: positions, where: {layer: 2}, best: 1}}
                measure:
                  neurons: {apply: neurons, read: loss}
                  layers: {apply: layers, read: loss}
                  positions: {apply: positions, read: loss}
                  the-neuron: {apply: the-neuron, read: loss}
                  the-layer: {apply: the-layer, read: loss}
                  the-position: {apply: the-position, read: loss}
                """.replace("read: loss", "read: default"));
        NamedArray neurons = Laboratory.numbers(result, "neurons");
        assertThat(largest(neurons)[0]).isBetween(0, 1);
        NamedArray layers = Laboratory.numbers(result, "layers");
        NamedArray positions = Laboratory.numbers(result, "positions").at("layer", 1);
        assertThat(Laboratory.numbers(result, "the-neuron").value()).isEqualTo(most(neurons));
        assertThat(Laboratory.numbers(result, "the-layer").value()).isEqualTo(most(layers));
        assertThat(Laboratory.numbers(result, "the-position").value()).isEqualTo(most(positions));
    }

    private static double most(NamedArray array) {
        return Arrays.stream(array.data()).max().orElseThrow();
    }

    @Test
    void whatCannotBeChosenIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> run("""
                intervention:
                  neurons: {ablate: mlp.post, over: [layer, neuron]}
                  a: {ablate: mlp.post, neurons-from: {by: neurons, above: 1}}
                  b: {ablate: mlp_out, layers-from: {by: neurons, best: 1}}
                  c: {ablate: mlp_out, layers: [0], positions-from: {by: neurons, best: 1}, at: END}
                  d: {ablate: mlp.post, neurons-from: {by: neurons, best: 1, where: {word: x}}}
                measure:
                  neurons: {apply: neurons, read: default}
                  a: {apply: a, read: default}
                  b: {apply: b, read: default}
                  d: {apply: d, read: default}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`best` is missing: there are up to")
                .hasMessageContaining("`neurons` does not score layers: it has [layer 6, neuron")
                .hasMessageContaining("`positions-from` selects the positions: leave out `at`")
                .hasMessageContaining("there is no axis `word`");
    }
}
