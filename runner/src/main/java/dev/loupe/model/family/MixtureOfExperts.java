package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Families in which each token chooses some of several MLPs: refused as what they are, by their name or by their fields. */
public final class MixtureOfExperts {
    private static final Set<String> HUB = Set.of(
            "dbrx",
            "deepseek_v2",
            "deepseek_v3",
            "ernie4_5_moe",
            "flex_olmo",
            "glm4_moe",
            "gpt_oss",
            "granitemoe",
            "jamba",
            "llama4_text",
            "mixtral",
            "olmoe",
            "phimoe",
            "qwen2_moe",
            "qwen3_moe",
            "qwen3_next");

    private static final Set<String> GGUF = Set.of(
            "dbrx",
            "deepseek2",
            "ernie4_5-moe",
            "glm4moe",
            "gpt-oss",
            "granitemoe",
            "grok",
            "llama4",
            "olmoe",
            "phimoe",
            "qwen2moe",
            "qwen3moe",
            "qwen3next");

    private static final List<String> FIELDS =
            List.of("num_experts", "num_local_experts", "n_routed_experts", "moe_num_experts");

    private MixtureOfExperts() {}

    static boolean isHub(ConfigJson json) {
        return HUB.contains(json.text("model_type", ""))
                || FIELDS.stream().map(json::node).anyMatch(MixtureOfExperts::several);
    }

    private static boolean several(JsonNode count) {
        return count.isNumber() && count.intValue() > 1;
    }

    /** @param architecture the value of {@code general.architecture} */
    public static boolean isGguf(String architecture) {
        return GGUF.contains(architecture);
    }
}
