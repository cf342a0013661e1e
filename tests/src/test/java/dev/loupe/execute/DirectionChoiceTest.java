package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.Compute;
import dev.loupe.plan.Forward;
import dev.loupe.resolve.Specs;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A direction that a measurement gives is the same as its numbers written into a file by hand. */
class DirectionChoiceTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
    private static final String SPEC = """
            loupe: 1
            model: {folder: %s}
            dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 4, seed: 1}
            metric: loss
            """.formatted(GPT2);

    @TempDir
    Path folder;

    @Test
    void aMeasuredDirectionActsAsItsNumbersDo() throws IOException {
        float[] all = SafetensorsFile.open(GPT2.resolve("model.safetensors"))
                .tensor("transformer.h.1.mlp.c_proj.weight")
                .floats();
        int model = SafetensorsFile.open(GPT2.resolve("model.safetensors"))
                .tensor("transformer.h.1.mlp.c_proj.bias")
                .floats()
                .length;
        new SafetensorsWriter()
                .floats("d", new long[] {model}, Arrays.copyOfRange(all, 7 * model, 8 * model))
                .write(folder.resolve("d.safetensors"));
        String edits = """
                  added-%1$s: {steer: resid_pre, along: %2$s, by: 3.0}
                  without-%1$s: {steer: resid_pre, along: %2$s, mode: project-out, layer: 1}
                  ablated-%1$s: {ablate: attn_out, layers: [1], along: %2$s}
                  random-%1$s: {steer: resid_pre, along: {random: {like: %2$s, seed: 4}}, by: 3.0, layer: 1}
                """;
        RunResult result;
        try (Laboratory lab = new Laboratory(
                folder,
                SPEC + "intervention:\n"
                        + edits.formatted("file", "{tensor: {file: d.safetensors, name: d}}")
                        + edits.formatted("result", "{result: {by: out, where: {neuron: L1N7}}}")
                        + "measure:\n  out: {directions: W_out, neurons: [L0N2, L1N7]}\n"
                        + "  clean: {evaluate: default}\n"
                        + measured("file")
                        + measured("result"))) {
            result = lab.result();
        }
        double clean = Laboratory.numbers(result, "clean").value();
        for (String edit : new String[] {"added", "without", "ablated", "random"}) {
            double[] file = Laboratory.numbers(result, edit + "-file").data();
            assertThat(Laboratory.numbers(result, edit + "-result").data()).containsExactly(file, within(1e-6));
            assertThat(Math.abs(file[file.length - 1] - clean)).as(edit).isGreaterThan(1e-4);
        }
    }

    private static String measured(String kind) {
        StringBuilder out = new StringBuilder();
        for (String edit : new String[] {"added", "without", "ablated", "random"}) {
            out.append("  %1$s-%2$s: {apply: %1$s-%2$s, read: default}%n".formatted(edit, kind));
        }
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{by: nothing} | nothing",
                "{by: loss} | `loss` gives no direction of `resid_pre`",
                "{by: out} | name one label of each other axis with `where`",
                "{by: out, where: {neuron: L1N8}} | axis `neuron` has no `L1N8`",
                "{by: out, where: {head: L1H1}} | there is no axis `layer`",
                "{by: circle} | `circle` is computed from itself",
            })
    void whatGivesNoDirectionIsSaidBeforeAnythingRuns(String result, String said) {
        assertThatThrownBy(() -> new Laboratory(folder, SPEC + """
                        intervention: {edit: {steer: resid_pre, along: {result: %s}}}
                        measure:
                          out: {directions: W_out, neurons: [L0N2, L1N7]}
                          loss: {evaluate: default}
                          circle: {apply: edit, read: default}
                        """.formatted(result)).close())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(said);
    }

    /** Under a null of untrained models the direction is that of the untrained model too. */
    @Test
    void aNullOfUntrainedModelsTakesTheirOwnDirections() {
        try (Laboratory lab = new Laboratory(folder, SPEC + """
                intervention: {edit: {steer: resid_pre, along: {result: {by: out, where: {neuron: L1N7}}}, layer: 0}}
                measure:
                  out: {directions: W_out, neurons: [L1N7]}
                  edited: {apply: edit, read: default, chance: {untrained: {instances: 2, seed: 5}}}
                """)) {
            String plan = lab.plan().steps().toString();
            assertThat(plan.split("WeightDirections", -1).length - 1).isGreaterThanOrEqualTo(4);
            lab.plan().steps().forEach(step -> {
                if (step instanceof Forward forward && !forward.clean()) {
                    int from = forward.cells().get(0).edits().get(0).summaries().get(0);
                    assertThat(((Compute) lab.plan().step(from)).model()).isEqualTo(forward.model());
                }
            });
        }
    }
}
