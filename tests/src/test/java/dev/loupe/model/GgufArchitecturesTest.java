package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.backend.Backend;
import dev.loupe.model.config.Activation;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.GgufWriter;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GGUF files that stand alone. The files were written with the gguf package 0.19 (its names and its quantisation) in the
 * layout of llama.cpp's converter, from tiny models with seeded random weights; expected are transformers 5.24's logits for
 * the dequantised weights, and transformers' ids for the tokenizers that were put into them.
 */
class GgufArchitecturesTest {
    private static final Path FILES = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/gguf");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gptneox", "gptneox-sequential", "llama-biased", "qwen2"})
    void logitsAgreeWithTransformers(String name) {
        SafetensorsFile expected = SafetensorsFile.open(FILES.resolve("logits.safetensors"));
        Tensor ids = expected.tensor(name + "/tokens");
        float[] wanted = expected.tensor(name + "/logits").floats();
        for (Set<Processing> steps : List.of(EnumSet.noneOf(Processing.class), EnumSet.of(Processing.FOLD_LN))) {
            try (NDManager manager = Backend.cpu();
                    Transformer model =
                            ModelFolder.open(FILES.resolve(name + ".gguf")).load(steps, manager)) {
                NDArray tokens = manager.create(ids.longs(), new Shape(ids.shape()));
                assertThat(model.logits(tokens, manager).toFloatArray()).containsExactly(wanted, Offset.offset(5e-5f));
            }
        }
    }

    /** Files of the models that transformers ran (gguf/families.py); what the format has no key for lies beside two of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mistral | {}",
                "qwen3 | {}",
                "gemma2 | {\"query_pre_attn_scalar\": 20}",
                "gemma3 | {}",
                "gemma3-scaled | {\"query_pre_attn_scalar\": 21}",
                "phi3 | {}",
                "phi3-longrope | {}",
                "olmo2 | {}",
                "olmo2-grouped | {}",
            })
    void familiesOfTodayAgreeWithTransformers(String name, String beside) throws IOException {
        Path parity = FILES.resolveSibling("parity").resolve(name);
        Files.copy(FILES.resolve(name + ".gguf"), folder.resolve("model.gguf"));
        if (!beside.equals("{}")) {
            ObjectNode json = (ObjectNode)
                    new ObjectMapper().readTree(parity.resolve("config.json").toFile());
            json.setAll((ObjectNode) new ObjectMapper().readTree(beside));
            Files.writeString(folder.resolve("config.json"), json.toString());
        }
        SafetensorsFile expected = SafetensorsFile.open(parity.resolve("expected.safetensors"));
        Tensor ids = expected.tensor("tokens");
        float[] wanted = expected.tensor("hf_logits").floats();
        for (Set<Processing> steps : List.of(EnumSet.noneOf(Processing.class), EnumSet.of(Processing.FOLD_LN))) {
            try (NDManager manager = Backend.cpu();
                    Transformer model =
                            ModelFolder.open(folder.resolve("model.gguf")).load(steps, manager)) {
                NDArray tokens = manager.create(ids.longs(), new Shape(ids.shape()));
                assertThat(model.logits(tokens, manager).toFloatArray()).containsExactly(wanted, Offset.offset(5e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gptneox"})
    void textIsReadAsTheTokenizerInTheFileDoes(String name) throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(FILES.resolve("tokenizers.json").toFile())
                .path(name);
        assertThat(cases).hasSizeGreaterThan(10);
        try (HubTokenizer tokenizer = HubTokenizer.open(FILES.resolve(name + ".gguf"))) {
            for (JsonNode one : cases) {
                String text = one.path("text").asText();
                int[] ids = new ObjectMapper().convertValue(one.path("ids"), int[].class);
                assertThat(tokenizer.encode(text).ids()).as(text).isEqualTo(ids);
                assertThat(tokenizer.decode(ids, false))
                        .as(text)
                        .isEqualTo(one.path("decoded").asText());
            }
        }
    }

    /** A key that the format has no place for is taken from a config.json beside the file; the others must agree. */
    @Test
    void aConfigBesideTheFileSaysWhatTheFileCannot() throws IOException {
        Files.copy(FILES.resolve("gpt2.gguf"), folder.resolve("gpt2.gguf"));
        String json = "{\"model_type\": \"gpt2\", \"n_layer\": 2, \"n_embd\": 32, \"n_head\": 4, \"n_positions\": 32, "
                + "\"vocab_size\": 321, \"scale_attn_by_inverse_layer_idx\": true, \"activation_function\": \"relu\"}";
        Files.writeString(folder.resolve("config.json"), json);
        TransformerConfig config = ModelFolder.open(folder).config();
        assertThat(config.scaleAttnByInverseLayerIdx()).isTrue();
        assertThat(config.actFn()).isEqualTo(Activation.RELU);
        Files.writeString(folder.resolve("config.json"), json.replace("\"n_head\": 4", "\"n_head\": 2"));
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("disagrees with gpt2.gguf beside it: n_heads 2 against 4");
    }

    private static GgufWriter gpt2() {
        return new GgufWriter()
                .text("general.architecture", "gpt2")
                .whole("gpt2.block_count", 1)
                .whole("gpt2.embedding_length", 8)
                .whole("gpt2.feed_forward_length", 16)
                .whole("gpt2.attention.head_count", 2)
                .whole("gpt2.context_length", 4)
                .real("gpt2.attention.layer_norm_epsilon", 1e-5f)
                .tensor("token_embd.weight", new long[] {5, 8}, new float[40]);
    }

    private void refused(GgufWriter file, String... why) throws IOException {
        Path written = file.write(folder.resolve("made.gguf"));
        assertThatThrownBy(() -> ModelFolder.open(written))
                .isInstanceOf(WeightsException.class)
                .hasMessageContainingAll(why);
    }

    @Test
    void everyTensorIsMissedByTheNameThatTheFileWouldHave() throws IOException {
        refused(
                gpt2(),
                "missing: ",
                "blk.0.attn_qkv.bias",
                "blk.0.ffn_down.weight",
                "position_embd.weight",
                "output_norm.bias");
        refused(
                gpt2().tensor("position_embd.weight", new long[] {4, 9}, new float[36])
                        .tensor("blk.0.attn_qkv.weight", new long[] {8, 24}, new float[192])
                        .tensor("blk.0.attn_q_norm.weight", new long[] {4}, new float[4]),
                "'position_embd.weight' has the shape [4, 9], the configuration needs [4, 8]",
                "'blk.0.attn_qkv.weight' has the shape [8, 24], the configuration needs [24, 8]",
                "tensors that are not part of the model: blk.0.attn_q_norm.weight");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpt2.attention.max_alibi_bias | 8.0 | 'gpt2.attention.max_alibi_bias': 8.0 is not supported",
                "gpt2.final_logit_softcapping | 30 | 'gpt2.final_logit_softcapping': 30.0 is not supported",
                "gpt2.rope.scaling.factor | 4 | 'gpt2.rope.scaling.factor': 4.0 is not supported",
                "gpt2.not.known | 1 | 'gpt2.not.known': 1.0 is not supported",
                "gpt2.vocab_size | 5 | 'gpt2.vocab_size' must be a whole number from 1, is 5.0",
            })
    void aKeyThatAsksForMoreIsRefusedByName(String key, float value, String why) throws IOException {
        refused(gpt2().real(key, value), why);
    }

    @Test
    void whatIsNoModelOfAKnownKindIsRefusedByName() throws IOException {
        refused(
                new GgufWriter().text("general.architecture", "mamba"),
                "'mamba' is not supported; known are gemma2, gemma3, gpt2, gptneox");
        refused(
                new GgufWriter().text("general.architecture", "gpt-oss"),
                "architecture 'gpt-oss' is a mixture of experts, which is not supported; known are gemma2");
        refused(gpt2().text("general.type", "adapter"), "is not a model: general.type is 'adapter'");
        refused(gpt2().whole("split.count", 3), "is one of 3 parts");
        refused(gpt2().whole("gpt2.expert_count", 8), "'gpt2.expert_count': 8 is not supported");
        refused(gpt2().whole("gpt2.attention.head_count_kv", 1), "grouped-query attention is not supported");
        refused(
                new GgufWriter().text("general.architecture", "gptneox").whole("gptneox.block_count", 1),
                "metadata lacks gptneox.embedding_length, a whole number",
                "metadata lacks gptneox.use_parallel_residual, true or false",
                "has no token_embd.weight");
        Path twice = gpt2().tensor("transformer.wte.weight", new long[] {5, 8}, new float[40])
                .write(folder.resolve("twice.gguf"));
        assertThatThrownBy(() -> ModelFolder.open(twice))
                .hasMessageContaining("tensor 'transformer.wte.weight': is the same tensor as 'token_embd.weight'");
    }
}
