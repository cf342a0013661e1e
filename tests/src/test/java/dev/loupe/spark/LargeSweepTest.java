package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.tensors.SafetensorsWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep over layers of a model as large as SmolLM2-135M, or of SmolLM2 itself where LOUPE_MODELS has it, on two executors of which
 * one is killed in the middle: the bytes of one process.
 */
class LargeSweepTest {
    private static final String NAME = "smollm2-135m-instruct";

    /** The largest matrix is dequantised in the Java heap. */
    private static final List<String> HEAP = List.of("-Xmx1500m", "-Dspark.executor.memory=1500m");

    @TempDir
    Path folder;

    @Test
    void anExecutorIsKilledInTheMiddle() throws Exception {
        assumeFalse(File.separatorChar == '\\', "processes are killed by signals");
        try (Drivers drivers = new Drivers(folder);
                LoopbackCluster cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")))) {
            Process first = cluster.worker("first", Map.of());
            cluster.worker("second", Map.of());
            Path spec = Files.writeString(folder.resolve("layers.yaml"), """
                    loupe: 1
                    model: {folder: %s}
                    dataset: {generator: repeated-tokens, period: 3..5, length: 12, rows: 8, seed: 41}
                    intervention: {ablate: attn_out, layers: 16..29, over: [layer], with: zero}
                    metric: loss
                    measure:
                      swept: {apply: default, read: default, interval: {resamples: 100}}
                    """.formatted(model()));
            drivers.endsWell(drivers.run(spec, "whole", HEAP), "whole");

            Process onCluster = drivers.run(spec, "on-cluster", HEAP, "--on", cluster.address());
            drivers.untilSomeAreKept(onCluster, "on-cluster");
            LoopbackCluster.killExecutors(first);
            drivers.endsWell(onCluster, "on-cluster");

            assertThat(drivers.results("on-cluster", "layers")).isEqualTo(drivers.results("whole", "layers"));
        }
    }

    private Path model() throws IOException {
        for (String models : System.getenv().getOrDefault("LOUPE_MODELS", "").split(File.pathSeparator, -1)) {
            if (Files.isRegularFile(Path.of(models, NAME, "config.json"))) {
                return Path.of(models, NAME).toAbsolutePath();
            }
        }
        return drawn(Files.createDirectories(folder.resolve("models/drawn")));
    }

    /** A model of the same shape with seeded weights. */
    private static Path drawn(Path model) throws IOException {
        int width = 576;
        int inner = 1536;
        int vocabulary = 49152;
        int layers = 30;
        Files.writeString(model.resolve("config.json"), """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "hidden_size": 576,
                 "intermediate_size": 1536, "max_position_embeddings": 8192, "num_attention_heads": 9,
                 "num_hidden_layers": 30, "num_key_value_heads": 3, "head_dim": 64, "rms_norm_eps": 1e-05,
                 "rope_theta": 100000, "tie_word_embeddings": true, "vocab_size": 49152}
                """);
        SplittableRandom random = new SplittableRandom(7);
        SafetensorsWriter weights = new SafetensorsWriter();
        draw(weights, random, "model.embed_tokens.weight", vocabulary, width);
        scale(weights, "model.norm.weight", width);
        for (int layer = 0; layer < layers; layer++) {
            String block = "model.layers." + layer + ".";
            draw(weights, random, block + "self_attn.q_proj.weight", width, width);
            draw(weights, random, block + "self_attn.k_proj.weight", width / 3, width);
            draw(weights, random, block + "self_attn.v_proj.weight", width / 3, width);
            draw(weights, random, block + "self_attn.o_proj.weight", width, width);
            draw(weights, random, block + "mlp.gate_proj.weight", inner, width);
            draw(weights, random, block + "mlp.up_proj.weight", inner, width);
            draw(weights, random, block + "mlp.down_proj.weight", width, inner);
            scale(weights, block + "input_layernorm.weight", width);
            scale(weights, block + "post_attention_layernorm.weight", width);
        }
        weights.write(model.resolve("model.safetensors"));
        return model;
    }

    private static void draw(SafetensorsWriter weights, SplittableRandom random, String name, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.07f * (float) (random.nextDouble() - 0.5);
        }
        weights.floats(name, new long[] {rows, columns}, values);
    }

    private static void scale(SafetensorsWriter weights, String name, int width) {
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        weights.floats(name, new long[] {width}, ones);
    }
}
