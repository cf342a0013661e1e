package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Edges of auto-circuit's micro model: two layers of two heads, head h of layer 0 multiplies what it reads by [1, 2] or [3, 4],
 * element by element, and so does layer 1; an input of [1, 1] gives [25, 49]. Here as a transformer without normalisation that
 * reads one token, so that every head attends to that alone.
 */
class EdgeAttributionTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    @TempDir
    Path folder;

    private void microModel() throws IOException {
        Files.createDirectories(folder.resolve("micro"));
        Files.writeString(folder.resolve("micro/config.json"), """
                {"n_layers": 2, "d_model": 2, "d_head": 2, "n_heads": 2, "n_ctx": 1, "d_vocab": 4, "d_vocab_out": 3,
                 "attn_only": true, "normalization_type": null}""");
        SafetensorsWriter out = new SafetensorsWriter();
        out.floats("embed.W_E", new long[] {4, 2}, new float[] {1, 1, -1, -1, 3, 3, -3, -3});
        out.floats("pos_embed.W_pos", new long[] {1, 2}, new float[2]);
        for (String block : new String[] {"blocks.0.", "blocks.1."}) {
            long[] matrices = {2, 2, 2};
            out.floats(block + "attn.W_Q", matrices, new float[8]);
            out.floats(block + "attn.W_K", matrices, new float[8]);
            out.floats(block + "attn.W_V", matrices, new float[] {1, 0, 0, 2, 3, 0, 0, 4});
            out.floats(block + "attn.W_O", matrices, new float[] {1, 0, 0, 1, 1, 0, 0, 1});
            for (String bias : new String[] {"b_Q", "b_K", "b_V"}) {
                out.floats(block + "attn." + bias, new long[] {2, 2}, new float[4]);
            }
            out.floats(block + "attn.b_O", new long[] {2}, new float[2]);
        }
        out.floats("unembed.W_U", new long[] {2, 3}, new float[] {1, 0, 0, 0, 1, 0});
        out.floats("unembed.b_U", new long[] {3}, new float[3]);
        out.write(folder.resolve("micro/model.safetensors"));
    }

    /** Id 2 always has the logit 0, so that the difference is the output's component {@code answer}. */
    private RunResult micro(int answer, int clean, int corrupted) throws IOException {
        microModel();
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: micro}
                dataset: {generator: tokens, ids: [[%d]], corrupted: [[%d]], answer: [%d], wrong: [2]}
                metric: {logit-difference: {at: END}}
                measure:
                  clean: {evaluate: default}
                  e: {edge-attribution: EAP, from: clean, recheck: 100}
                  ig: {edge-attribution: EAP-IG, steps: 3, from: clean}
                """.formatted(clean, corrupted, answer))) {
            return lab.result();
        }
    }

    private static double at(NamedArray numbers, String upstream, String downstream) {
        int up = numbers.axis("upstream").labels().indexOf(upstream);
        int down = numbers.axis("downstream").labels().indexOf(downstream);
        return numbers.data()[up * numbers.axis("downstream").size() + down];
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void edgesOfTheMicroModelAreWhatItsArithmeticSays(int component) throws IOException {
        RunResult result = micro(component, 0, 1);
        assertThat(Laboratory.numbers(result, "clean").value()).isEqualTo(component == 0 ? 25 : 49, within(1e-5));
        for (String which : new String[] {"e.estimate", "e.exact", "ig"}) {
            NamedArray edges = Laboratory.numbers(result, which);
            // [-25, -49] becomes [-19, -41] with the edge from the second head of layer 0 to the output.
            assertThat(at(edges, "L0H1", "logits")).as(which).isEqualTo(component == 0 ? 6 : 8, within(1e-4));
            // [-19, -41] becomes [-13, -25] with the first head of layer 0 to the second of layer 1.
            assertThat(at(edges, "L0H0", "L1H1.v")).as(which).isEqualTo(component == 0 ? 6 : 16, within(1e-4));
            // What L0H0 then writes, [2, 4] more, goes to the output and to both heads of layer 1.
            assertThat(at(edges, "embed", "L0H0.v")).as(which).isEqualTo(component == 0 ? 10 : 28, within(1e-4));
            assertThat(at(edges, "embed", "logits")).as(which).isEqualTo(2, within(1e-4));
            assertThat(at(edges, "L0H0", "L1H1.q")).as(which).isZero();
            assertThat(at(edges, "L1H0", "L0H0.v")).as(which).isNaN();
            assertThat(at(edges, "L0H0", "L0H1.v")).as(which).isNaN();
        }
    }

    /** auto-circuit's table: edges add up in one run, and act through one another. */
    @ParameterizedTest
    @CsvSource({
        "0, '', -25, -49",
        "0, 'L0H1->logits', -19, -41",
        "0, 'L0H1->logits, L0H0->L1H1.v', -13, -25",
        "0, 'L0H1->logits, L0H0->L1H1.v, embed->L0H0.v', -9, -13",
        "2, 'embed->logits', -69, -141"
    })
    void severalEdgesOfTheMicroModel(int clean, String edges, double first, double second) throws IOException {
        microModel();
        for (int component : new int[] {0, 1}) {
            RunResult result;
            try (Laboratory lab = new Laboratory(folder, """
                    loupe: 1
                    model: {folder: micro}
                    dataset: {generator: tokens, ids: [[%d]], corrupted: [[%d]], answer: [%d], wrong: [2]}
                    metric: {logit-difference: {at: END}}
                    intervention: {edges: {patch-edges: [%s], from: clean}}
                    """.formatted(clean, clean + 1, component, edges))) {
                result = lab.result();
            }
            assertThat(Laboratory.numbers(result, "result").value())
                    .isEqualTo(component == 0 ? first : second, within(1e-4));
        }
    }

    /** What an edge carries times a mask: at mask 0 its slope is the estimate, so a small difference has that effect. */
    @Test
    void theEstimateIsTheSlopeOfEveryEdge() throws IOException {
        Path near = Files.createDirectories(folder.resolve("near"));
        Files.copy(PARITY.resolve("gpt2/config.json"), near.resolve("config.json"));
        SafetensorsFile from = SafetensorsFile.open(PARITY.resolve("gpt2/model.safetensors"));
        SafetensorsWriter out = new SafetensorsWriter();
        for (String name : from.names()) {
            float[] values = from.tensor(name).floats();
            if (name.endsWith("wte.weight")) {
                // Token 8 is token 7 and a little of token 9.
                int width = (int) from.tensor(name).shape()[1];
                for (int i = 0; i < width; i++) {
                    values[8 * width + i] = values[7 * width + i] + .01f * values[9 * width + i];
                }
            }
            out.floats(name, from.tensor(name).shape(), values);
        }
        out.write(near.resolve("model.safetensors"));
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: near}
                dataset: {generator: tokens, ids: [[3, 7, 4, 7]], corrupted: [[3, 8, 4, 8]], answer: [1], wrong: [2]}
                metric: {logit-difference: {at: END}}
                measure:
                  e: {edge-attribution: EAP, recheck: 1000}
                """)) {
            result = lab.result();
        }
        double[] estimate = Laboratory.numbers(result, "e.estimate").data();
        double[] exact = Laboratory.numbers(result, "e.exact").data();
        double largest =
                Arrays.stream(estimate).map(Math::abs).filter(x -> x >= 0).max().orElseThrow();
        assertThat(largest).isGreaterThan(1e-4);
        for (int i = 0; i < exact.length; i++) {
            if (!Double.isNaN(estimate[i])) {
                assertThat(exact[i]).isEqualTo(estimate[i], within(.02 * largest));
            }
        }
    }

    @Test
    void aLargerInputCarriesMore() throws IOException {
        RunResult result = micro(0, 2, 3);
        // The output of -75 becomes -69.
        assertThat(at(Laboratory.numbers(result, "e.exact"), "embed", "logits")).isEqualTo(6, within(1e-4));
        assertThat(at(Laboratory.numbers(result, "e.estimate"), "embed", "logits"))
                .isEqualTo(6, within(1e-4));
    }

    @Test
    void allEdgesIntoTheOutputAreTheWholeModel() throws IOException {
        NamedArray edges = Laboratory.numbers(micro(1, 0, 1), "e.exact");
        double sum = 0;
        for (String upstream : edges.axis("upstream").labels()) {
            sum += at(edges, upstream, "logits");
        }
        // From the corrupted output, -49, to the clean one.
        assertThat(sum).isEqualTo(98, within(1e-4));
    }

    @Test
    void equalHalvesHaveNoEffectOnAnyEdge() throws IOException {
        NamedArray edges = Laboratory.numbers(micro(0, 1, 1), "e.exact");
        for (double effect : edges.data()) {
            assertThat(Double.isNaN(effect) || effect == 0).isTrue();
        }
    }

    @Test
    void sharedKeysAndValuesAreEdgesOfTheirOwn() throws IOException {
        Files.copy(PARITY.resolve("llama-gqa/analyses.safetensors"), folder.resolve("analyses.safetensors"));
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, file: analyses.safetensors}
                metric: {logit-difference: {at: END}}
                intervention:
                  k: {path-patch: mlp_out, layers: [0], to: L1KV1.k, mlps: frozen}
                  m: {path-patch: attn.z, heads: [L0H1], to: L1.mlp_in, mlps: frozen}
                  l: {path-patch: embed, to: logits, mlps: frozen}
                measure:
                  clean: {evaluate: default}
                  k: {apply: k, read: default}
                  m: {apply: m, read: default}
                  l: {apply: l, read: default}
                  e: {edge-attribution: EAP-IG, recheck: 1000}
                  fit: {edge-attribution: EAP-IG, recheck: 1000, show: agreement}
                """.formatted(PARITY.resolve("llama-gqa")))) {
            result = lab.result();
        }
        NamedArray exact = Laboratory.numbers(result, "e.exact");
        double clean = Laboratory.numbers(result, "clean").value();
        assertThat(exact.axis("downstream").labels())
                .contains("L1H3.q", "L1KV1.k")
                .doesNotContain("L1H1.k", "L1H3.k");
        assertThat(at(exact, "0_mlp_out", "L1KV1.k"))
                .isEqualTo(Laboratory.numbers(result, "k").value() - clean, within(1e-5));
        assertThat(at(exact, "L0H1", "L1.mlp_in"))
                .isEqualTo(Laboratory.numbers(result, "m").value() - clean, within(1e-5));
        assertThat(at(exact, "embed", "logits"))
                .isEqualTo(Laboratory.numbers(result, "l").value() - clean, within(1e-5));
        assertThat(Laboratory.numbers(result, "fit").data()[1]).isGreaterThan(.5);
    }

    @Test
    void stepsBelongToIntegratedGradients() {
        assertThatThrownBy(() -> micro("measure: {e: {edge-attribution: EAP, steps: 3}}"))
                .hasMessageContaining("`EAP-IG` only");
    }

    private Laboratory micro(String measure) throws IOException {
        microModel();
        return new Laboratory(folder, """
                loupe: 1
                model: {folder: micro}
                dataset: {generator: tokens, ids: [[0]], corrupted: [[1]], answer: [0], wrong: [2]}
                metric: {logit-difference: {at: END}}
                """ + measure);
    }
}
