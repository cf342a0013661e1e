package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise, token edits, directions and their order in one run, on numbers that follow from one another. */
class ComposedInterventionsTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
    private static final String HEAD = """
            loupe: 1
            model: {folder: "%s"}
            dataset:
              pairs:
                generator: tokens
                ids: [[5, 9, 23, 2, 17, 8, 20], [1, 2, 3, 4, 5, 6, 7]]
                corrupted: [[5, 9, 23, 2, 17, 8, 21], [1, 2, 3, 4, 5, 6, 21]]
                answer: [21, 21]
                wrong: [4, 5]
              other: {generator: tokens, ids: [[5, 9, 23, 2, 17, 8, 20]], answer: [21], wrong: [4]}
            metric: {difference: {logit-difference: {at: END}}}
            """.formatted(GPT2);

    @TempDir
    Path folder;

    private Map<String, StepValue> run(String rest) {
        return run("gpt2", rest);
    }

    private Map<String, StepValue> run(String model, String rest) {
        String head = HEAD.replace(GPT2.toString(), GPT2.resolveSibling(model).toString());
        try (Laboratory lab = new Laboratory(folder, head + rest)) {
            return lab.run(lab.plan());
        }
    }

    private static double value(Map<String, StepValue> values, String name) {
        return estimate(values, name).value();
    }

    private static NamedArray estimate(Map<String, StepValue> values, String name) {
        return Laboratory.table(Objects.requireNonNull(values.get(name), name)).estimate();
    }

    /**
     * What an MLP writes is the sum of its neurons and a bias, so that all of its neurons send what its output sends. Under a
     * norm on what it or attention writes this is so for parts and the whole, as long as the scale of that norm is held.
     */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gemma3"})
    void aLinearPathIsTheSumOfItsPartsAndNeuronsSendWhatTheirMlpSends(String model) {
        Map<String, StepValue> values = run(model, """
                intervention:
                  output: {direct-path: mlp_out, layers: [0], to: [logits]}
                  all-neurons: {direct-path: mlp.post, layers: [0], to: [logits]}
                  each-neuron: {direct-path: mlp.post, over: [neuron], layers: [0], to: [logits]}
                  frozen-output: {path-patch: mlp_out, layers: [0], to: [logits], mlps: frozen}
                  frozen-neurons: {path-patch: mlp.post, layers: [0], to: [logits], mlps: frozen}
                  received-output: {direct-path: mlp_out, layers: [0], to: [L1.mlp_in]}
                  received-neurons: {direct-path: mlp.post, layers: [0], to: [L1.mlp_in]}
                  each-head: {direct-path: attn.z, over: [head], layers: [1], to: [logits]}
                  all-heads: {direct-path: attn.z, layers: [1], to: [logits]}
                measure:
                  output: {apply: output, read: difference, as: change}
                  all-neurons: {apply: all-neurons, read: difference, as: change}
                  each-neuron: {apply: each-neuron, read: difference, as: change}
                  frozen-output: {apply: frozen-output, read: difference, as: change}
                  frozen-neurons: {apply: frozen-neurons, read: difference, as: change}
                  received-output: {apply: received-output, read: difference, as: change}
                  received-neurons: {apply: received-neurons, read: difference, as: change}
                  each-head: {apply: each-head, read: difference, as: change}
                  all-heads: {apply: all-heads, read: difference, as: change}
                """);
        assertThat(sum(values, "each-neuron")).isCloseTo(value(values, "all-neurons"), within(1e-5));
        assertThat(sum(values, "each-head")).isCloseTo(value(values, "all-heads"), within(1e-5));
        for (String name : List.of("all-neurons", "frozen-neurons", "received-neurons", "all-heads")) {
            assertThat(value(values, name)).as(name).isNotCloseTo(0, within(1e-4));
        }
        if (model.equals("gpt2")) {
            assertThat(value(values, "all-neurons")).isCloseTo(value(values, "output"), within(1e-5));
            assertThat(value(values, "received-neurons")).isCloseTo(value(values, "received-output"), within(1e-5));
        }
        assertThat(value(values, "frozen-neurons")).isCloseTo(value(values, "frozen-output"), within(1e-5));
    }

    private static double sum(Map<String, StepValue> values, String name) {
        NamedArray array = estimate(values, name);
        double sum = 0;
        for (double x : array.data()) {
            sum += x;
        }
        return sum;
    }

    @Test
    void anotherTokenIsThatTokenInItsPlace() {
        Map<String, StepValue> values = run("""
                intervention:
                  by-id: {replace-token: END, by-token: 21}
                  by-column: {replace-token: END, by-column: answer}
                  by-itself: {replace-token: END, by-position: END}
                measure:
                  clean: {evaluate: difference}
                  corrupted: {evaluate: difference, dataset: pairs/corrupted}
                  by-id: {apply: by-id, read: difference}
                  by-column: {apply: by-column, read: difference}
                  by-itself: {apply: by-itself, read: difference}
                """);
        assertThat(value(values, "corrupted")).isNotCloseTo(value(values, "clean"), within(1e-3));
        assertThat(value(values, "by-id")).isEqualTo(value(values, "corrupted"));
        assertThat(value(values, "by-column")).isEqualTo(value(values, "corrupted"));
        assertThat(value(values, "by-itself")).isEqualTo(value(values, "clean"));
    }

    @Test
    void everyCellAndEveryDatasetSeesTheSameNoise() {
        Map<String, StepValue> values = run("""
                intervention:
                  one: {add-noise: END, sigma: 3.0, seed: 2}
                  again: {add-noise: [END], sigma: 3.0, seed: 2}
                  many: {add-noise: END, sigma: 3.0, samples: 4, seed: 2}
                  unlike: {add-noise: END, sigma: 3.0, seed: 3}
                  restored: {patch: resid_post, over: [layer], from: unedited, after: one}
                  at-the-start: {patch: [embed], from: unedited, after: many}
                  nothing: {patch: resid_pre, layers: [0], over: [layer, position], at: [END], from: unedited, after: many}
                measure:
                  clean: {evaluate: difference}
                  one: {apply: one, read: difference}
                  again: {apply: again, read: difference}
                  many: {apply: many, read: difference}
                  unlike: {apply: unlike, read: difference}
                  first-row: {apply: one, read: difference, dataset: other}
                  restored: {apply: restored, read: difference}
                  at-the-start: {apply: at-the-start, read: difference}
                  recovered: {apply: nothing, read: difference, as: recovery, undefined-below: 0}
                  undefined: {apply: nothing, read: difference, as: recovery, undefined-below: 100}
                """);
        double one = value(values, "one");
        assertThat(one).isEqualTo(value(values, "again")).isNotCloseTo(value(values, "clean"), within(1e-3));
        assertThat(one).isNotCloseTo(value(values, "unlike"), within(1e-3));
        assertThat(value(values, "many")).isNotCloseTo(one, within(1e-3));
        double[] rows =
                Laboratory.table(Objects.requireNonNull(values.get("one"))).numerator();
        assertThat(value(values, "first-row")).isEqualTo(rows[0], within(1e-5));
        // Nothing is left of the noise after the last block, and restoring the embedding restores everything.
        for (double restored : estimate(values, "restored").data()) {
            assertThat(restored).isEqualTo(value(values, "clean"), within(1e-5));
        }
        assertThat(value(values, "at-the-start")).isEqualTo(value(values, "clean"), within(1e-5));
        assertThat(estimate(values, "recovered").data()).containsExactly(new double[] {1}, within(1e-4));
        assertThat(estimate(values, "undefined").data()).containsExactly(Double.NaN);
    }

    /** Where two edits are at one place, the later one sees what the earlier one wrote. */
    @Test
    void editsOfOnePlaceApplyInTheirOrder() {
        Map<String, StepValue> values = run("""
                intervention:
                  plus: {steer: resid_pre, toward: pairs, away: pairs/corrupted, by: 2.0, layer: 1}
                  minus: {steer: resid_pre, toward: pairs, away: pairs/corrupted, by: -2.0, layer: 1}
                  none: {steer: resid_pre, toward: pairs, away: pairs/corrupted, mode: project-out, layer: 1}
                  none-then-plus: {steer: resid_pre, toward: pairs, away: pairs/corrupted, by: 2.0, layer: 1, after: none}
                measure:
                  clean: {evaluate: difference}
                  there-and-back: {apply: [plus, minus], read: difference}
                  twice: {apply: [plus, plus-again], read: difference}
                  four: {apply: four, read: difference}
                  none: {apply: none, read: difference}
                  plus-then-none: {apply: [plus, none], read: difference}
                  none-then-plus: {apply: none-then-plus, read: difference}
                  listed: {apply: [none, plus], read: difference}
                """.replace("intervention:", """
                intervention:
                  plus-again: {steer: resid_pre, toward: pairs, away: pairs/corrupted, by: 2.0, layer: 1}
                  four: {steer: resid_pre, toward: pairs, away: pairs/corrupted, by: 4.0, layer: 1}"""));
        assertThat(value(values, "there-and-back")).isEqualTo(value(values, "clean"), within(1e-5));
        assertThat(value(values, "twice")).isEqualTo(value(values, "four"), within(1e-5));
        assertThat(value(values, "plus-then-none")).isEqualTo(value(values, "none"), within(1e-5));
        assertThat(value(values, "none-then-plus")).isEqualTo(value(values, "listed"));
        assertThat(value(values, "none-then-plus")).isNotCloseTo(value(values, "none"), within(1e-3));
    }

    @Test
    void directionsFromAFileAndRandomOnesOfEqualLength() throws IOException {
        float[] direction = new float[32];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) Math.sin(i);
        }
        new SafetensorsWriter()
                .floats("d", new long[] {32}, direction)
                .floats("double", new long[] {32}, doubled(direction))
                .write(folder.resolve("directions.safetensors"));
        String steer = "{steer: resid_post, layer: 1, along: ";
        String file = "{tensor: {file: directions.safetensors, name: %s}}";
        Map<String, StepValue> values = run("""
                intervention:
                  two: %1$s%2$s, by: 2.0}
                  doubled: %1$s%3$s, by: 1.0}
                  clamped: %1$s%2$s, mode: clamp, by: 0.0}
                  out: %1$s%3$s, mode: project-out}
                  random: %1$s{random: {like: %2$s, seed: 1}}}
                  random-again: %1$s{random: {like: %2$s, seed: 1}}}
                  random-other: %1$s{random: {like: %2$s, seed: 2}}}
                measure:
                  two: {apply: two, read: difference}
                  doubled: {apply: doubled, read: difference}
                  clamped: {apply: clamped, read: difference}
                  out: {apply: out, read: difference}
                  random: {apply: random, read: difference}
                  random-again: {apply: random-again, read: difference}
                  random-other: {apply: random-other, read: difference}
                """.formatted(steer, file.formatted("d"), file.formatted("double")));
        assertThat(value(values, "two")).isEqualTo(value(values, "doubled"), within(1e-5));
        assertThat(value(values, "clamped")).isEqualTo(value(values, "out"), within(1e-5));
        assertThat(value(values, "random")).isEqualTo(value(values, "random-again"));
        assertThat(value(values, "random")).isNotCloseTo(value(values, "random-other"), within(1e-4));
        assertThat(SafetensorsFile.open(folder.resolve("directions.safetensors"))
                        .names())
                .hasSize(2);
    }

    private static float[] doubled(float[] x) {
        float[] out = x.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= 2;
        }
        return out;
    }

    /** Destination and source by name are the cell of the sweep over positions. */
    @Test
    void aNamedQueryMayNotLookAtNamedKeys() {
        Map<String, StepValue> values = run("""
                intervention:
                  named: {ablate: attn.pattern, over: [layer, head], at: END, keys: END}
                  counted: {ablate: attn.pattern, over: [layer, head, dest, src]}
                measure:
                  clean: {evaluate: difference}
                  named: {apply: named, read: difference}
                  counted: {apply: counted, read: difference}
                """);
        double[] named = estimate(values, "named").data();
        double[] counted = estimate(values, "counted").data();
        for (int head = 0; head < 8; head++) {
            assertThat(named[head]).isEqualTo(counted[head * 49 + 48], within(1e-6));
            assertThat(named[head]).isNotCloseTo(value(values, "clean"), within(1e-5));
        }
    }

    /** Direct paths to the logits are linear: those of all components add up to all of them at once. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-neox", "gpt-neo-local", "llama-gqa", "tl-attn-only", "tl-solu"})
    void directPathsToTheLogitsAddUp(String model) throws IOException {
        boolean attentionOnly = model.equals("tl-attn-only");
        int last = layers(model) - 1;
        Map<String, StepValue> values = run(model, """
                intervention:
                  heads: {direct-path: attn.z, over: [layer, head], to: logits}
                  mlps: {direct-path: MLP, over: [layer], to: logits}
                  embed: {direct-path: embed, to: logits}
                  all: {patch: resid_post, layers: [LAST], from: corrupted}
                  hold: {freeze: ln_final.scale}
                  recomputed: {path-patch: attn.z, over: [layer, head], to: logits, mlps: frozen}
                  held: {path-patch: attn.z, over: [layer, head], to: logits, mlps: frozen, after: hold}
                measure:
                  clean: {evaluate: difference}
                  heads: {apply: heads, read: difference}
                  mlps: {apply: mlps, read: difference}
                  embed: {apply: embed, read: difference}
                  all: {apply: [all, hold], read: difference}
                  recomputed: {apply: recomputed, read: difference}
                  held: {apply: held, read: difference}
                """.replace("LAST", Integer.toString(last)).replaceAll(
                attentionOnly ? ".*mlps: .*(direct-path|apply).*\n" : "MLP", attentionOnly ? "" : "mlp_out"));
        double clean = value(values, "clean");
        double sum = 0;
        for (String part : List.of("heads", "mlps", "embed")) {
            if (!values.containsKey(part)) {
                continue;
            }
            for (double edited : estimate(values, part).data()) {
                sum += edited - clean;
            }
        }
        assertThat(Math.abs(sum)).isGreaterThan(1e-3);
        assertThat(clean + sum).isEqualTo(value(values, "all"), within(1e-4));
        // The freeze recipe differs from the linear path by the final scale alone.
        assertThat(estimate(values, "held").data())
                .containsExactly(estimate(values, "heads").data(), within(1e-5));
        assertThat(estimate(values, "recomputed").data()[3])
                .isNotCloseTo(estimate(values, "heads").data()[3], within(1e-6));
    }

    private static int layers(String model) throws IOException {
        JsonNode config = new ObjectMapper()
                .readTree(GPT2.resolveSibling(model).resolve("config.json").toFile());
        for (String name : List.of("n_layers", "n_layer", "num_layers", "num_hidden_layers")) {
            if (config.has(name)) {
                return config.get(name).asInt();
            }
        }
        throw new AssertionError(config);
    }
}
