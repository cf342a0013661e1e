package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pair MLP written as a transformer: uniform attention over {@code a b =} brings A[a] + A[b] to the last position, each neuron
 * reads one coordinate of it and writes into coordinates that the unembedding alone reads. Whatever is said of the one must be
 * said of the other, and it is computed in another way: from activations and logits of all pairs instead of matrices.
 */
class WavesOfTransformersTest {
    private static final int P = 7;
    private static final int NEURONS = 4;
    private static final int WIDTH = 2 * NEURONS;

    @TempDir
    Path folder;

    @BeforeEach
    void theSameNetworkTwice() throws IOException {
        Random random = new Random(5);
        float[] a = new float[P * NEURONS];
        float[] u = new float[NEURONS * P];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) random.nextGaussian();
            u[i] = (float) random.nextGaussian();
        }
        Path pair = Files.createDirectories(folder.resolve("pair"));
        Files.writeString(
                pair.resolve("config.json"),
                "{\"architecture\": {\"pair-mlp\": {\"inputs\": 7, \"hidden\": 4, \"shared\": true}}}");
        new SafetensorsWriter()
                .floats("A", new long[] {P, NEURONS}, a)
                .floats("U", new long[] {NEURONS, P}, u)
                .write(pair.resolve("model.safetensors"));

        float[] embedding = new float[(P + 1) * WIDTH];
        float[] value = new float[WIDTH * WIDTH];
        float[] output = new float[WIDTH * WIDTH];
        float[] in = new float[WIDTH * NEURONS];
        float[] out = new float[NEURONS * WIDTH];
        float[] unembedding = new float[WIDTH * P];
        for (int n = 0; n < NEURONS; n++) {
            for (int x = 0; x < P; x++) {
                embedding[x * WIDTH + n] = a[x * NEURONS + n];
                unembedding[(NEURONS + n) * P + x] = u[n * P + x];
            }
            value[n * WIDTH + n] = 3;
            output[n * WIDTH + n] = 1;
            in[n * NEURONS + n] = 1;
            out[n * WIDTH + NEURONS + n] = 1;
        }
        Path transformer = Files.createDirectories(folder.resolve("transformer"));
        Files.writeString(transformer.resolve("config.json"), """
                {"n_layers": 1, "d_model": 8, "n_ctx": 3, "d_head": 8, "n_heads": 1, "d_mlp": 4, "d_vocab": 8, "d_vocab_out": 7,
                 "act_fn": "relu", "normalization_type": null}
                """);
        new SafetensorsWriter()
                .floats("embed.W_E", new long[] {P + 1, WIDTH}, embedding)
                .floats("pos_embed.W_pos", new long[] {3, WIDTH}, new float[3 * WIDTH])
                .floats("blocks.0.attn.W_Q", new long[] {1, WIDTH, WIDTH}, new float[WIDTH * WIDTH])
                .floats("blocks.0.attn.W_K", new long[] {1, WIDTH, WIDTH}, new float[WIDTH * WIDTH])
                .floats("blocks.0.attn.W_V", new long[] {1, WIDTH, WIDTH}, value)
                .floats("blocks.0.attn.W_O", new long[] {1, WIDTH, WIDTH}, output)
                .floats("blocks.0.attn.b_Q", new long[] {1, WIDTH}, new float[WIDTH])
                .floats("blocks.0.attn.b_K", new long[] {1, WIDTH}, new float[WIDTH])
                .floats("blocks.0.attn.b_V", new long[] {1, WIDTH}, new float[WIDTH])
                .floats("blocks.0.attn.b_O", new long[] {WIDTH}, new float[WIDTH])
                .floats("blocks.0.mlp.W_in", new long[] {WIDTH, NEURONS}, in)
                .floats("blocks.0.mlp.b_in", new long[] {NEURONS}, new float[NEURONS])
                .floats("blocks.0.mlp.W_out", new long[] {NEURONS, WIDTH}, out)
                .floats("blocks.0.mlp.b_out", new long[] {WIDTH}, new float[WIDTH])
                .floats("unembed.W_U", new long[] {WIDTH, P}, unembedding)
                .floats("unembed.b_U", new long[] {P}, new float[P])
                .write(transformer.resolve("model.safetensors"));
    }

    private Spoken run(String spec) throws IOException {
        Files.writeString(folder.resolve("waves.yaml"), spec);
        return Spoken.with(
                100,
                Map.of(),
                "run",
                folder.resolve("waves.yaml").toString(),
                "--models",
                folder.toString(),
                "--out",
                folder.resolve("runs").toString());
    }

    @Test
    void theyHaveTheSameWaves() throws IOException {
        StringBuilder claims = new StringBuilder();
        for (String part : new String[] {
            "neurons.pure",
            "neurons.same-frequency",
            "neurons.top-power",
            "logits.explained",
            "logits.restricted",
            "logits.excluded"
        }) {
            claims.append(same(part, ""));
        }
        for (int k = 1; k <= 3; k++) {
            claims.append(same("embedding", ", where: {frequency: \"" + k + "\"}"));
            claims.append(same("in-logits", ", where: {frequency: \"" + k + "\"}"));
            claims.append(same("without", ", where: {frequency: \"" + k + "\"}"));
            for (String table : new String[] {"A", "B", "U"}) {
                claims.append(same("tables", ", where: {table: " + table + ", frequency: \"" + k + "\"}"));
            }
        }
        Spoken spoken = run("""
                loupe: 1
                model: {one: pair, other: transformer}
                dataset: {all: {generator: modular-pairs, modulus: 7, operation: add}}
                metric: {nats: loss}
                intervention: {waves: {ablate-frequency: 1..3, modulus: 7, each: true}}
                measure:
                  one-neurons: {fourier: [pure, same-frequency, top-power], model: one}
                  other-neurons: {fourier: [pure, same-frequency, top-power], pairs: {}, model: other, dataset: all}
                  one-logits: {fourier-logits: [explained, restricted, excluded], key: 2, model: one, dataset: all}
                  other-logits: {fourier-logits: [explained, restricted, excluded], key: 2, model: other, dataset: all}
                  one-embedding: {fourier-spectrum: embedding, model: one}
                  other-embedding: {fourier-spectrum: embedding, model: other}
                  one-in-logits: {fourier-spectrum: logits, model: one, dataset: all}
                  other-in-logits: {fourier-spectrum: logits, model: other, dataset: all}
                  one-tables: {fourier-spectrum: neurons, model: one}
                  other-tables: {fourier-spectrum: neurons, pairs: {}, model: other, dataset: all}
                  one-without: {frequency-ablation: [A], model: one, dataset: all}
                  other-without: {apply: waves, read: nats, as: change, model: other, dataset: all}
                claims:
                """ + claims);
        assertThat(spoken.exit()).as(spoken.out() + spoken.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
        String page = Files.readString(folder.resolve("runs/waves/report.html"));
        assertThat(page).contains("Model: pair. Computed from weights alone.", "Model: transformer. Dataset: all");
    }

    private static String same(String part, String where) {
        return "  - {say: same, that: {difference: [{value: one-" + part + where + "}, {value: other-" + part + where
                + "}]}, above: -1.0e-5, below: 1.0e-5, by: estimate}\n";
    }

    @Test
    void whatCannotBeReadIsRefused() throws IOException {
        Spoken spoken = run("""
                loupe: 1
                model: {one: pair, other: transformer}
                dataset:
                  all: {generator: modular-pairs, modulus: 7}
                  some: {generator: modular-pairs, modulus: 7, split: train}
                  products: {generator: modular-pairs, modulus: 7, operation: multiply}
                measure:
                  placed: {fourier: pure, pairs: {first: A}, model: one, dataset: all}
                  part: {fourier: pure, pairs: {}, model: other, dataset: some}
                  unplaced: {fourier: pure, model: other}
                  product: {fourier-spectrum: logits, model: other, dataset: products}
                  places: {fourier: pure, pairs: {first: X}, model: other, dataset: all}
                  even: {fourier-spectrum: embedding, pairs: {modulus: 6}, model: other}
                """);
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err().replaceAll("\\s+", " "))
                .contains("`pairs` is for transformers; pair is a pair-mlp")
                .contains("neurons of a transformer are read on rows: say where the numbers lie with `pairs`")
                .contains("of the 49 pairs of numbers below 7, and frequencies are read from all of them")
                .contains("the rows ask for neither a + b nor a - b modulo 7")
                .contains("there is no named position `X` in these rows; they have A, B, END")
                .contains("frequencies are read for an odd modulus, not for 6");
    }

    /** The token of {@code =} is read and never predicted. */
    @Test
    void aTokenThatIsAskedForAndNotPredictedIsSaid() throws IOException {
        Spoken spoken = run("""
                loupe: 1
                model: transformer
                dataset: {generator: tokens, ids: [[1, 2, 7], [3, 4, 7]], answer: [3, 0]}
                measure:
                  whole: {evaluate: {loss: {}}}
                  answer: {evaluate: {loss: {at: END}}}
                """);
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err().replaceAll("\\s+", " "))
                .contains("position 1 of row 0 is asked for token 7, but the model predicts ids 0 to 6 only")
                .doesNotContain("answer:");
    }
}
