package dev.loupe.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.Tensor;
import dev.loupe.train.step.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model of GPT-2's architecture with seeded random weights, written in hub layout, so that other libraries read the same
 * bits. Every matrix is normal with standard deviation 0.02, as GPT-2 is initialised.
 */
record SweepModel(int layers, int heads, int width, int context, int vocabulary, long seed) {
    /** GPT-2-small. */
    static final SweepModel GPT2_SMALL = new SweepModel(12, 12, 768, 1024, 50257, 0);

    /** Writes {@code config.json} and {@code model.safetensors}; the unembedding is the transposed embedding. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.put("model_type", "gpt2").putArray("architectures").add("GPT2LMHeadModel");
        config.put("n_layer", layers).put("n_head", heads).put("n_embd", width);
        config.put("n_positions", context).put("vocab_size", vocabulary);
        config.put("activation_function", "gelu_new").put("layer_norm_epsilon", 1e-5);
        config.put("tie_word_embeddings", true).put("resid_pdrop", 0).put("embd_pdrop", 0);
        config.put("attn_pdrop", 0).put("bos_token_id", vocabulary - 1).put("eos_token_id", vocabulary - 1);
        Files.writeString(folder.resolve("config.json"), config.toPrettyString() + "\n");
        SafetensorsWriter out = new SafetensorsWriter().metadata("format", "pt");
        shapes().forEach((name, shape) -> out.floats(name, shape, values(name, shape)));
        out.write(folder.resolve("model.safetensors"));
    }

    private float[] values(String name, long[] shape) {
        int count = Math.toIntExact(Tensor.count(shape));
        if (name.matches(".*ln_.*weight")) {
            float[] ones = new float[count];
            java.util.Arrays.fill(ones, 1);
            return ones;
        }
        return Noise.of(seed, name, 0).normal(count, 0.02);
    }

    private Map<String, long[]> shapes() {
        long d = width;
        Map<String, long[]> out = new LinkedHashMap<>();
        out.put("transformer.wte.weight", new long[] {vocabulary, d});
        out.put("transformer.wpe.weight", new long[] {context, d});
        for (int l = 0; l < layers; l++) {
            String at = "transformer.h." + l + ".";
            pair(out, at + "ln_1", new long[] {d}, d);
            pair(out, at + "attn.c_attn", new long[] {d, 3 * d}, 3 * d);
            pair(out, at + "attn.c_proj", new long[] {d, d}, d);
            pair(out, at + "ln_2", new long[] {d}, d);
            pair(out, at + "mlp.c_fc", new long[] {d, 4 * d}, 4 * d);
            pair(out, at + "mlp.c_proj", new long[] {4 * d, d}, d);
        }
        pair(out, "transformer.ln_f", new long[] {d}, d);
        return out;
    }

    private static void pair(Map<String, long[]> out, String name, long[] weight, long bias) {
        out.put(name + ".weight", weight);
        out.put(name + ".bias", new long[] {bias});
    }
}
