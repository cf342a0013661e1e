package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.model.config.AttentionSpan;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.family.ConfigJson;
import dev.loupe.model.family.ForeignFields;
import dev.loupe.model.family.HubArchitecture;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hub's config.json asks for is done or refused by name. */
class HubConfigTest {
    private static final String LLAMA = "{\"model_type\": \"llama\", \"vocab_size\": 9, \"hidden_size\": 8, "
            + "\"num_hidden_layers\": 3, \"num_attention_heads\": 2, \"num_key_value_heads\": 2, \"intermediate_size\": 12";

    @TempDir
    Path folder;

    private static TransformerConfig read(String json) throws JsonProcessingException {
        JsonNode root = new ObjectMapper().readTree(json);
        ConfigJson config = ConfigJson.of(Path.of("config.json"), root);
        ForeignFields.check(config);
        HubArchitecture family = HubArchitecture.of(root.path("model_type").asText());
        return Objects.requireNonNull(family).config(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"quantization_config\": {\"bits\": 4} | 'quantization_config'",
                "\"num_local_experts\": 8 | 'num_local_experts': 8",
                "\"n_routed_experts\": 8 | 'n_routed_experts': 8",
                "\"attn_logit_softcapping\": 50.0 | 'attn_logit_softcapping': 50.0",
                "\"final_logit_softcapping\": 30.0 | 'final_logit_softcapping': 30.0",
                "\"qk_layernorm\": true | 'qk_layernorm': true",
                "\"alibi\": true | 'alibi': true",
                "\"clip_qkv\": 8.0 | 'clip_qkv': 8.0",
                "\"residual_multiplier\": 0.2 | 'residual_multiplier': 0.2",
                "\"logits_scaling\": 8.0 | 'logits_scaling': 8.0",
                "\"is_causal\": false | 'is_causal': false",
                "\"mlp_bias\": true | 'mlp_bias': true",
                "\"hidden_act\": \"relu2\" | 'relu2'",
                "\"sliding_window\": 4 | 'sliding_window': 4",
                "\"layer_types\": [\"linear_attention\", \"full_attention\", \"full_attention\"] | 'linear_attention'",
                "\"rope_scaling\": {\"type\": \"proportional\", \"factor\": 2} | rope_type 'proportional'",
                "\"rope_local_base_freq\": 10000 | 'rope_local_base_freq': 10000",
                "\"query_pre_attn_scalar\": 256 | 'query_pre_attn_scalar': 256",
                "\"use_bidirectional_attention\": true | 'use_bidirectional_attention': true",
                "\"rope_parameters\": {\"rope_type\": \"su\", \"factor\": 2} | rope_type 'su'",
                "\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5}} | differ by layer",
                "\"partial_rotary_factor\": 0.5 | 'partial_rotary_factor'",
            })
    void whatIsNotDoneIsRefusedByName(String field, String why) {
        assertThatThrownBy(() -> read(LLAMA + ", " + field + "}"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("not supported");
    }

    @Test
    void whatAsksForNothingIsNotRefused() throws JsonProcessingException {
        TransformerConfig plain = read(LLAMA + "}");
        assertThat(read(LLAMA + ", \"num_experts\": 0, \"logit_scale\": 1.0, \"alibi\": false, \"rope_scaling\": null, "
                        + "\"sliding_window\": null, \"quantization_config\": {}, \"is_causal\": true}"))
                .isEqualTo(plain);
    }

    @Test
    void windowsAreWhereTheConfigurationSaysSo() throws JsonProcessingException {
        String mistral = LLAMA.replace("llama", "mistral");
        assertThat(read(mistral + ", \"sliding_window\": 4}").attnTypes())
                .containsExactly(AttentionSpan.LOCAL, AttentionSpan.LOCAL, AttentionSpan.LOCAL);
        assertThat(read(mistral + "}").windowSize()).isEqualTo(4096);
        assertThat(read(mistral + ", \"sliding_window\": null}").useLocalAttn()).isFalse();
        String qwen2 = LLAMA.replace("llama", "qwen2") + ", \"sliding_window\": 4, \"max_window_layers\": 2";
        assertThat(read(qwen2 + "}").useLocalAttn()).isFalse();
        TransformerConfig some = read(qwen2 + ", \"use_sliding_window\": true}");
        assertThat(some.attnTypes()).containsExactly(AttentionSpan.GLOBAL, AttentionSpan.GLOBAL, AttentionSpan.LOCAL);
        assertThat(some.windowSize()).isEqualTo(4);
        String types = ", \"layer_types\": [\"sliding_attention\", \"full_attention\", \"full_attention\"]";
        assertThat(read(qwen2 + ", \"use_sliding_window\": true" + types + "}").attnTypes())
                .containsExactly(AttentionSpan.LOCAL, AttentionSpan.GLOBAL, AttentionSpan.GLOBAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"do_layer_norm_before\": false | 'do_layer_norm_before': false",
                "\"word_embed_proj_dim\": 4 | 'word_embed_proj_dim': 4 other than hidden_size 8",
                "\"layer_norm_elementwise_affine\": false | 'layer_norm_elementwise_affine': false",
                "\"_remove_final_layer_norm\": true | '_remove_final_layer_norm': true",
            })
    void otherShapesOfOptAreRefusedByName(String field, String why) {
        String opt = LLAMA.replace("llama", "opt") + ", \"ffn_dim\": 12, \"max_position_embeddings\": 6, ";
        assertThatThrownBy(() -> read(opt + field + "}")).hasMessageContaining(why);
    }

    @Test
    void runsAndListsOfSpansMustAgree() {
        String neo = "{\"model_type\": \"gpt_neo\", \"vocab_size\": 9, \"hidden_size\": 8, \"num_layers\": 2, "
                + "\"num_heads\": 2, \"max_position_embeddings\": 6, \"attention_layers\": [\"global\", \"local\"], "
                + "\"attention_types\": [[[\"local\", \"global\"], 1]]}";
        assertThatThrownBy(() -> read(neo)).hasMessageContaining("attention_layers and attention_types disagree");
    }

    /** Where a tied head is stored all the same, it must be the embedding: else nobody knows which one is meant. */
    @Test
    void aTiedHeadWithOtherNumbersIsRefused() throws IOException {
        Path parity = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/llama-gqa");
        Files.copy(parity.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        String json = Files.readString(parity.resolve("config.json"));
        assertThat(json).contains("\"tie_word_embeddings\": false");
        Files.writeString(
                folder.resolve("config.json"),
                json.replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));
        ModelFolder model = ModelFolder.open(folder);
        assertThatThrownBy(model::weights)
                .as("what a run reads")
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("'lm_head.weight' is not 'model.embed_tokens.weight'");
        try (ai.djl.ndarray.NDManager manager = dev.loupe.backend.Backend.cpu()) {
            assertThatThrownBy(() -> model.load(java.util.Set.of(), manager))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll(
                            "'lm_head.weight' is not 'model.embed_tokens.weight'", "tie_word_embeddings");
        }
    }

    @Test
    void aModelOfAnUnknownTypeNamesTheKnownOnes() {
        assertThat(HubArchitecture.all().keySet())
                .containsExactlyInAnyOrder(
                        "gemma",
                        "gemma2",
                        "gemma3_text",
                        "glm",
                        "gpt2",
                        "gpt_neo",
                        "gpt_neox",
                        "gptj",
                        "llama",
                        "mistral",
                        "olmo2",
                        "opt",
                        "phi",
                        "phi3",
                        "qwen2",
                        "qwen3",
                        "stablelm");
    }
}
