package dev.loupe.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.backend.Backend;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.GgufWriter;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scaled rotary positions and metadata of GGUF files, against transformers' numbers for the same weights. */
class GgufRotaryTest {
    private static final Path FIXTURES = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/rotary");
    private static final int HEAD = 16;
    private static final Map<String, String> NAMES = Map.of(
            "input_layernorm", "attn_norm",
            "post_attention_layernorm", "ffn_norm",
            "self_attn.q_proj", "attn_q",
            "self_attn.k_proj", "attn_k",
            "self_attn.v_proj", "attn_v",
            "self_attn.o_proj", "attn_output",
            "mlp.gate_proj", "ffn_gate",
            "mlp.up_proj", "ffn_up",
            "mlp.down_proj", "ffn_down");

    @TempDir
    Path folder;

    /** The fixture's llama as its converter writes it. */
    private static GgufWriter llama(int context) {
        return llama(context, 1);
    }

    /** @param shared heads of keys and values, one number or one for each layer */
    private static GgufWriter llama(int context, int... shared) {
        GgufWriter out = new GgufWriter()
                .text("general.architecture", "llama")
                .whole("llama.block_count", 2)
                .whole("llama.context_length", context)
                .whole("llama.embedding_length", 16)
                .whole("llama.feed_forward_length", 24)
                .whole("llama.attention.head_count", 2)
                .whole("llama.attention.key_length", HEAD)
                .whole("llama.attention.value_length", HEAD)
                .real("llama.attention.layer_norm_rms_epsilon", 1e-6f);
        if (shared.length == 1) {
            out.whole("llama.attention.head_count_kv", shared[0]);
        } else {
            out.ints("llama.attention.head_count_kv", shared);
        }
        SafetensorsFile file = SafetensorsFile.open(FIXTURES.resolve("llama.safetensors"));
        for (String name : file.names()) {
            long[] shape = file.shape(name);
            float[] values = file.floats(name);
            out.tensor(own(name), shape, name.contains("q_proj") || name.contains("k_proj") ? turned(values) : values);
        }
        return out;
    }

    private static String own(String hub) {
        String[] parts = hub.replace(".weight", "").split("layers\\.", 2);
        if (parts.length == 1) {
            return Map.of("model.embed_tokens", "token_embd", "model.norm", "output_norm", "lm_head", "output")
                            .get(parts[0])
                    + ".weight";
        }
        int dot = parts[1].indexOf('.');
        return "blk." + parts[1].substring(0, dot) + "." + NAMES.get(parts[1].substring(dot + 1)) + ".weight";
    }

    /** Rows [head, 2, pair] to [head, pair, 2]. */
    private static float[] turned(float[] values) {
        float[] out = new float[values.length];
        for (int row = 0; row < values.length / 16; row++) {
            int from = row / HEAD * HEAD + row % 2 * (HEAD / 2) + row % HEAD / 2;
            System.arraycopy(values, from * 16, out, row * 16, 16);
        }
        return out;
    }

    private void agrees(String name, GgufWriter file) throws IOException {
        JsonNode cases =
                new ObjectMapper().readTree(FIXTURES.resolve("cases.json").toFile());
        int number = 0;
        while (!cases.get(number).path("name").asText().equals("llama: " + name)) {
            number++;
        }
        int length = cases.get(number).path("length").asInt();
        SafetensorsFile expected = SafetensorsFile.open(FIXTURES.resolve("expected.safetensors"));
        float[] logits = expected.floats(number + "/logits");
        try (NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(file.write(folder.resolve("made.gguf")))
                        .load(Set.of(), manager)) {
            long[] ids = Arrays.copyOf(expected.tensor("tokens").longs(), length);
            NDArray all = model.logits(manager.create(ids, new Shape(1, length)), manager);
            float[] own = all.get(":, -8:").toFloatArray();
            for (int i = 0; i < logits.length; i++) {
                assertThat(Math.abs(own[i] - logits[i]))
                        .as(name + "[" + i + "]")
                        .isLessThan(5e-5f);
            }
        }
    }

    @Test
    void everyKindOfScalingAgrees() throws IOException {
        agrees("default", llama(64));
        agrees("default", llama(64).text("llama.rope.scaling.type", "none").real("llama.rope.scaling.attn_factor", 1));
        agrees("linear", llama(32).text("llama.rope.scaling.type", "linear").real("llama.rope.scaling.factor", 2));
        agrees("linear", llama(32).real("llama.rope.scaling.factor", 2));
        agrees("linear", llama(32).real("llama.rope.scale_linear", 2));
        Consumer<GgufWriter> yarn = file -> file.text("llama.rope.scaling.type", "yarn")
                .real("llama.rope.scaling.factor", 4)
                .whole("llama.rope.scaling.original_context_length", 16);
        GgufWriter plain = llama(64);
        yarn.accept(plain);
        agrees("yarn", plain);
        GgufWriter longer = llama(64).real("llama.rope.scaling.attn_factor", (float) (1.5 / (0.1 * Math.log(4) + 1)));
        yarn.accept(longer);
        agrees("yarn, attention_factor", longer);
        GgufWriter betas =
                llama(64).real("llama.rope.scaling.yarn_beta_fast", 4).real("llama.rope.scaling.yarn_beta_slow", 0.5f);
        yarn.accept(betas);
        agrees("yarn, beta", betas);
    }

    /** Llama 3's scaling as a converter writes it: what each pair's frequency is divided by (factor 8, 1 and 4, 16). */
    @Test
    void divisorsOfEachPairAreLlama3sScaling() throws IOException {
        float[] divisors = new float[HEAD / 2];
        for (int pair = 0; pair < divisors.length; pair++) {
            double wave = 2 * Math.PI * Math.pow(10000, 2.0 * pair / HEAD);
            double smooth = (16 / wave - 1) / (4 - 1);
            divisors[pair] = (float) (wave < 16 / 4.0 ? 1 : wave > 16 ? 8 : 1 / ((1 - smooth) / 8 + smooth));
        }
        agrees("llama3", llama(64).tensor("rope_freqs.weight", new long[] {HEAD / 2}, divisors));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rope.scaling.type | longrope | 'longrope' is not supported; known are none, linear, yarn",
                "rope.scaling.type | su | 'su' is not supported",
            })
    void anotherTypeIsRefusedByName(String key, String value, String why) {
        assertThatThrownBy(() ->
                        ModelFolder.open(llama(64).text("llama." + key, value).write(folder.resolve("x.gguf"))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rope.scaling.yarn_ext_factor | 0.5 | 'llama.rope.scaling.yarn_ext_factor': 0.5",
                "rope.scaling.yarn_attn_factor | 2 | 'llama.rope.scaling.yarn_attn_factor': 2.0",
                "rope.scaling.yarn_log_multiplier | 0.1 | 'llama.rope.scaling.yarn_log_multiplier': 0.1",
                "rope.scaling.yarn_beta_fast | 16 | yarn_beta_fast and yarn_beta_slow are not supported for the type 'linear'",
                "attention.scale | 0.5 | 'llama.attention.scale': 0.5",
                "logit_scale | 0.5 | 'llama.logit_scale': 0.5",
            })
    void aKeyThatIsNotReadIsRefusedByName(String key, float value, String why) {
        assertThatThrownBy(() ->
                        ModelFolder.open(llama(64).real("llama." + key, value).write(folder.resolve("x.gguf"))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aWindowOfZeroIsNone() throws IOException {
        agrees("default", llama(64, 1).whole("llama.attention.sliding_window", 0));
    }

    @Test
    void oneValueForEveryLayerIsThatValue() throws IOException {
        agrees("default", llama(64, 1, 1));
        assertThatThrownBy(() -> ModelFolder.open(llama(64, 1, 2).write(folder.resolve("x.gguf"))))
                .hasMessageContaining("'llama.attention.head_count_kv' is 1 in layer 0 and 2 in layer 1");
        assertThatThrownBy(() -> ModelFolder.open(llama(64, 1, 1, 1).write(folder.resolve("x.gguf"))))
                .hasMessageContaining("'llama.attention.head_count_kv' has 3 values, and block_count is 2");
    }
}
