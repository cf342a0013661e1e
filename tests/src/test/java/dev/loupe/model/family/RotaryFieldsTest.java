package dev.loupe.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key about rotary positions is obeyed, neutral, or refused by name. */
class RotaryFieldsTest {
    private static TransformerConfig read(String family, String fields) throws IOException {
        JsonNode root = new ObjectMapper()
                .readTree(
                        "{\"model_type\": \"" + family + "\", \"num_key_value_heads\": 8, \"num_attention_heads\": 8, "
                                + "\"max_position_embeddings\": 64" + (fields.isEmpty() ? "" : ", " + fields) + "}");
        ConfigJson json = ConfigJson.of(Path.of("config.json"), root);
        ForeignFields.check(json);
        TransformerConfig config =
                Objects.requireNonNull(HubArchitecture.of(family)).config(json);
        json.check();
        return config;
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "gemma2", "phi3", "olmo2", "gpt_neox"})
    void theBaseIsReadTheSameWayWhereverItStands(String family) throws IOException {
        String beside = family.equals("gpt_neox") ? "rotary_emb_base" : "rope_theta";
        for (String fields : new String[] {
            "\"" + beside + "\": 500",
            "\"rope_scaling\": {\"rope_theta\": 500}",
            "\"rope_parameters\": {\"rope_theta\": 500, \"rope_type\": \"default\"}",
            "\"rope_parameters\": {\"rope_theta\": 500.0}, \"" + beside + "\": 500"
        }) {
            assertThat(read(family, fields).rotaryBase()).as(fields).isEqualTo(500);
        }
        assertThat(read(family, "").rotaryBase()).isEqualTo(10000);
        assertThatThrownBy(() -> read(family, "\"rope_scaling\": {\"rope_theta\": 500}, \"" + beside + "\": 600"))
                .hasMessageContaining("'rope_scaling.rope_theta' is 500.0 and '" + beside + "' is 600.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rope_scaling\": {\"type\": \"linear\"} | 'rope_scaling.factor' is missing, which rope_type 'linear' needs",
                "\"rope_scaling\": {\"type\": \"linear\", \"factor\": Infinity} | 'rope_scaling.factor' must be a finite number",
                "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2, \"beta_fast\": 3} | 'rope_scaling.beta_fast': 3",
                "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2, \"attention_factor\": 3} | 'rope_scaling.attention_factor': 3",
                "\"rope_scaling\": {\"factor\": 8.0} | 'rope_scaling.factor': 8.0",
                "\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2, \"original_max_position_embeddings\": 16} | original_max_position_embeddings': 16",
                "\"rope_parameters\": {\"rope_type\": \"default\", \"mrope_section\": [2, 2]} | 'rope_parameters.mrope_section': [2,2]",
                "\"rope_scaling\": {\"rope_type\": \"longrope\", \"short_factor\": [1]} | 'rope_scaling.long_factor' must be a list of numbers",
                "\"rope_scaling\": {\"rope_type\": \"longrope\", \"short_factor\": [1, \"2\"], \"long_factor\": []} | 'rope_scaling.short_factor' must be a number, is \"2\"",
                "\"rope_scaling\": {\"rope_type\": \"su\", \"short_factor\": [1]} | rope_type 'su' is not supported",
                "\"rope_scaling\": {\"rope_type\": \"yarn\", \"type\": \"linear\", \"factor\": 2} | rope_type is \"yarn\" and its older name type is \"linear\"",
                "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 2, \"mscale\": 0.7} | mscale and mscale_all_dim must be given together",
                "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 2, \"original_max_position_embeddings\": 16}, \"original_max_position_embeddings\": 32 | keep only one of them",
                "\"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 2}, \"rope_parameters\": {\"rope_theta\": 5} | 'rope_scaling' and 'rope_parameters' contradict each other",
                "\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5}} | differ by layer",
                "\"rope_theta\": null | 'rope_theta' is null",
                "\"rotary_emb_base\": 500 | 'rotary_emb_base' is 500, which this family does not read",
                "\"rotary_pct\": 0.25 | 'rotary_pct' is 0.25, which this family does not read",
            })
    void whatIsNotReadIsRefusedByName(String fields, String why) {
        com.fasterxml.jackson.databind.json.JsonMapper python = com.fasterxml.jackson.databind.json.JsonMapper.builder()
                .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        assertThatThrownBy(() -> {
                    JsonNode root = python.readTree(
                            "{\"model_type\": \"llama\", \"max_position_embeddings\": 64, " + fields + "}");
                    ConfigJson json = ConfigJson.of(Path.of("config.json"), root);
                    ForeignFields.check(json);
                    Objects.requireNonNull(HubArchitecture.of("llama")).config(json);
                })
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt_neo", "opt"})
    void aFamilyWithoutRotaryPositionsRefusesTheirKeys(String family) {
        assertThatThrownBy(() -> read(family, "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}"))
                .hasMessageContaining("'rope_scaling'");
    }

    @Test
    void whatAsksForNothingIsNotRefused() throws IOException {
        TransformerConfig plain = read("llama", "");
        assertThat(read(
                        "llama",
                        "\"rope_scaling\": {\"type\": \"default\", \"factor\": 1.0, \"attention_factor\": null, "
                                + "\"original_max_position_embeddings\": 64}, \"rotary_emb_base\": 10000"))
                .isEqualTo(plain);
    }
}
