package dev.loupe.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.model.config.AttentionSpan;
import dev.loupe.model.config.LongRope;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.RotaryScaling;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of the families since 2023: obeyed, neutral, or refused by name. */
class ModernFamiliesTest {
    @TempDir
    Path folder;

    private static TransformerConfig read(String family, String fields) throws IOException {
        JsonNode root = new ObjectMapper()
                .readTree("{\"model_type\": \"" + family + "\", \"num_hidden_layers\": 6"
                        + (fields.isEmpty() ? "" : ", " + fields) + "}");
        ConfigJson json = ConfigJson.of(Path.of("config.json"), root);
        ForeignFields.check(json);
        TransformerConfig config =
                Objects.requireNonNull(HubArchitecture.of(family)).config(json);
        json.check();
        return config;
    }

    @Test
    void gemma2SaysWhatItCapsAndScales() throws IOException {
        TransformerConfig plain = read("gemma2", "");
        assertThat(plain.normPlacement()).isEqualTo(NormPlacement.BEFORE_AND_AFTER);
        assertThat(plain.attnScoresSoftCap()).isEqualTo(50);
        assertThat(plain.outputLogitsSoftCap()).isEqualTo(30);
        assertThat(plain.attnScale()).isEqualTo(16);
        assertThat(plain.window(0)).isEqualTo(4096);
        assertThat(plain.window(1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(plain.rotaryTurn(0)).isEqualTo(plain.rotaryTurn(1));
        TransformerConfig other = read(
                "gemma2",
                "\"attn_logit_softcapping\": null, \"final_logit_softcapping\": null, \"query_pre_attn_scalar\": 144, "
                        + "\"sliding_window\": null, \"layer_types\": [\"full_attention\", \"full_attention\", "
                        + "\"full_attention\", \"full_attention\", \"full_attention\", \"full_attention\"]");
        assertThat(other.attnScoresSoftCap()).isEqualTo(-1);
        assertThat(other.outputLogitsSoftCap()).isEqualTo(-1);
        assertThat(other.attnScale()).isEqualTo(12);
        assertThat(other.useLocalAttn()).isFalse();
    }

    @Test
    void gemma3HasARotaryBaseForEachKindOfLayer() throws IOException {
        TransformerConfig plain = read("gemma3_text", "");
        assertThat(plain.qkNorm()).isEqualTo(QkNorm.HEAD);
        assertThat(plain.attnTypes().indexOf(AttentionSpan.GLOBAL)).isEqualTo(5);
        assertThat(plain.rotaryTurn(0).base()).isEqualTo(10000);
        assertThat(plain.rotaryTurn(5).base()).isEqualTo(1_000_000);
        assertThat(plain.nCtx()).isEqualTo(131072);
        String older = "\"rope_theta\": 500, \"rope_local_base_freq\": 60, \"rope_scaling\": {\"factor\": 8.0, "
                + "\"rope_type\": \"linear\"}, \"sliding_window_pattern\": 2";
        String newer = "\"rope_parameters\": {\"full_attention\": {\"rope_type\": \"linear\", \"factor\": 8, "
                + "\"rope_theta\": 500}, \"sliding_attention\": {\"rope_type\": \"default\", \"rope_theta\": 60}}, "
                + "\"layer_types\": [\"sliding_attention\", \"full_attention\", \"sliding_attention\", "
                + "\"full_attention\", \"sliding_attention\", \"full_attention\"]";
        assertThat(read("gemma3_text", older)).isEqualTo(read("gemma3_text", newer));
        TransformerConfig scaled = read("gemma3_text", older);
        assertThat(scaled.rotaryTurn(0).scaling()).isEqualTo(new RotaryScaling.None());
        assertThat(scaled.rotaryTurn(1).scaling()).isEqualTo(new RotaryScaling.Linear(8));
        // The length that the configuration says is the scaled one.
        assertThat(scaled.nCtx()).isEqualTo(131072);
    }

    @Test
    void phi3ReadsLongRopeUnderItsThreeNames() throws IOException {
        StringBuilder factors = new StringBuilder("[1.5");
        for (int pair = 1; pair < 48; pair++) {
            factors.append(", ").append(1.5 + pair);
        }
        factors.append("]");
        for (String name : List.of("longrope", "su", "yarn")) {
            TransformerConfig c = read(
                    "phi3",
                    "\"max_position_embeddings\": 131072, \"rope_scaling\": {\"type\": \"" + name
                            + "\", \"short_factor\": " + factors + ", \"long_factor\": " + factors + "}");
            assertThat(c.rotaryScaling()).isInstanceOf(LongRope.class);
            assertThat(((LongRope) c.rotaryScaling()).original()).isEqualTo(4096);
            // sqrt(1 + ln 32 / ln 4096)
            assertThat(c.rotaryAttentionFactor()).isEqualTo(Math.sqrt(1 + 5.0 / 12));
        }
        assertThat(read("phi3", "\"partial_rotary_factor\": 0.75").rotaryDim()).isEqualTo(72);
    }

    /** Transformers writes the field into every file of this family, and reads it where positions are scaled. */
    @Test
    void aFirstLengthWithoutScalingChangesNothing() throws IOException {
        assertThat(read("phi3", "\"original_max_position_embeddings\": 2048")).isEqualTo(read("phi3", ""));
    }

    @Test
    void olmo2HasItsNormsAfterwards() throws IOException {
        TransformerConfig c = read("olmo2", "");
        assertThat(c.normPlacement()).isEqualTo(NormPlacement.AFTER);
        assertThat(c.qkNorm()).isEqualTo(QkNorm.PROJECTION);
        assertThat(c.qkNorm().width(c.nHeads(), c.dHead())).isEqualTo(4096);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemma2 | \"use_bidirectional_attention\": true | 'use_bidirectional_attention': true is not supported",
                "gemma2 | \"sliding_window\": null | 'sliding_attention' without a window",
                "gemma2 | \"layer_types\": [\"full_attention\"] | 'layer_types' describes 1 layers, and 'num_hidden_layers' is 6",
                "gemma2 | \"query_pre_attn_scalar\": null | 'query_pre_attn_scalar' is null, which is not allowed",
                "gemma2 | \"hidden_act\": \"relu\" | 'hidden_act' is \"relu\", which this family does not read",
                "gemma2 | \"rope_local_base_freq\": 10000 | 'rope_local_base_freq': 10000 is not supported",
                "gemma3_text | \"attn_logit_softcapping\": 50.0 | 'attn_logit_softcapping': 50.0 is not supported",
                "gemma3_text | \"rope_parameters\": {\"rope_theta\": 500} | 'rope_parameters.rope_theta' is not supported",
                "gemma3_text | \"rope_parameters\": {\"sliding_attention\": {\"rope_type\": \"linear\", \"factor\": 2}} | local layers are not scaled",
                "gemma3_text | \"rope_theta\": 5, \"rope_parameters\": {\"full_attention\": {\"rope_theta\": 6}} | keep only one of them",
                "gemma3_text | \"_sliding_window_pattern\": 3 | '_sliding_window_pattern' is 3, which this family does not read",
                "qwen3 | \"num_experts\": 8 | 'num_experts': 8 is not supported",
                "qwen3 | \"partial_rotary_factor\": 0.5 | 'partial_rotary_factor' other than 1",
                "phi3 | \"attention_bias\": true | 'attention_bias': true is not supported",
                "olmo2 | \"clip_qkv\": 8.0 | 'clip_qkv': 8.0 is not supported",
                "olmo2 | \"sliding_window\": 4096 | 'sliding_window': 4096 is not supported",
                "llama | \"is_causal\": null | 'is_causal': null is not supported",
                "qwen2 | \"is_causal\": false | 'is_causal': false is not supported",
                "llama | \"layer_types\": \"full_attention\" | 'layer_types' must be a list, is \"full_attention\"",
                "gemma3_text | \"layer_types\": 2 | 'layer_types' must be a list, is 2",
                "gemma3_text | \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.0} | 'rope_scaling.type': versions of transformers differ",
                "phi | \"qk_layernorm\": true | 'qk_layernorm': true is not supported",
                "stablelm | \"qk_layernorm\": true | 'qk_layernorm': true is not supported",
                "stablelm | \"attention_bias\": true | 'attention_bias': true is not supported",
                "stablelm | \"head_dim\": 64 | 'head_dim' is 64, which this family does not read",
                "stablelm | \"sliding_window\": 64 | 'sliding_window': 64 is not supported",
                "glm | \"mlp_bias\": true | 'mlp_bias': true is not supported",
                "gemma | \"hidden_act\": \"gelu\" | 'hidden_act': 'gelu' is not supported for this family",
                "gptj | \"rotary_dim\": null | 'rotary_dim' is null, which is not allowed",
                "gptj | \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2} | 'rope_scaling'",
            })
    void whatIsNotDoneIsRefusedByName(String family, String fields, String why) {
        assertThatThrownBy(() -> read(family, fields))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixtral", "qwen2_moe", "qwen3_moe", "olmoe", "gpt_oss"})
    void mixturesOfExpertsAreRefusedAsSuch(String family) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"" + family + "\"}");
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("model_type '" + family
                        + "' is a mixture of experts, which is not supported; known are gemma, ");
    }

    @Test
    void anUnknownFamilyWithExpertsIsAMixtureToo() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"new\", \"num_local_experts\": 4}");
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("is a mixture of experts");
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"new\", \"num_local_experts\": 1}");
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("model_type 'new' is not supported");
    }
}
