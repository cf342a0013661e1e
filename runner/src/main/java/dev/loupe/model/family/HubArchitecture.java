package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One family of the hub: how its config.json and its tensors become ours. The permits clause is the registry. */
public sealed interface HubArchitecture
        permits GemmaFamily,
                Gemma2Family,
                Gemma3Family,
                GlmFamily,
                Gpt2Family,
                GptjFamily,
                GptNeoFamily,
                GptNeoxFamily,
                LlamaFamily,
                Olmo2Family,
                OptFamily,
                PhiFamily,
                Phi3Family,
                Qwen2Family,
                Qwen3Family,
                StableLmFamily {
    /** The values of {@code model_type} that are this family. */
    List<String> modelTypes();

    /** The configuration; problems go to {@code json}. */
    TransformerConfig config(ConfigJson json);

    /** How each tensor of {@link TlTensors} is made. */
    Map<String, HubRule> rules(TransformerConfig config, ConfigJson json);

    /** What precedes the names of the trunk in files that were saved with a head ({@code transformer.}); may be absent. */
    String prefix();

    /** The names that the unembedding may have in a file, the family's own first. */
    default List<String> heads() {
        return List.of("lm_head.weight");
    }

    /** Tensors of old files that hold no weights (masks, tables). */
    default boolean ignores(String name) {
        return name.endsWith(".attn.bias")
                || name.endsWith(".masked_bias")
                || name.endsWith(".attention.bias")
                || name.endsWith("rotary_emb.inv_freq");
    }

    /** The unembedding: the embedding itself where the two are tied. */
    static void unembedding(
            Map<String, HubRule> out, TransformerConfig c, boolean tied, String embedding, String head) {
        out.put("unembed.W_U", HubRule.transposed(tied ? embedding : head, c.dVocabOut(), c.dModel()));
        out.put("unembed.b_U", HubRule.zeros(c.dVocabOut()));
    }

    /** Gain and bias of a LayerNorm. */
    static void norm(Map<String, HubRule> out, String tl, String hub, int width) {
        out.put(tl + ".w", HubRule.same(hub + ".weight", width));
        out.put(tl + ".b", HubRule.same(hub + ".bias", width));
    }

    /** Why a configuration's family is not one of these; it names the known ones. */
    static String unknown(ConfigJson json) {
        String type = json.text("model_type", "");
        String what = type.isEmpty()
                ? "model_type is missing"
                : "model_type '" + type + "' "
                        + (MixtureOfExperts.isHub(json)
                                ? "is a mixture of experts, which is not supported"
                                : "is not supported");
        return what + "; known are " + String.join(", ", all().keySet());
    }

    static @Nullable HubArchitecture of(String modelType) {
        return all().get(modelType);
    }

    static Map<String, HubArchitecture> all() {
        Map<String, HubArchitecture> out = new LinkedHashMap<>();
        List<HubArchitecture> families = List.of(
                new GemmaFamily(),
                new Gemma2Family(),
                new Gemma3Family(),
                new GlmFamily(),
                new Gpt2Family(),
                new GptjFamily(),
                new GptNeoFamily(),
                new GptNeoxFamily(),
                new LlamaFamily(),
                new Olmo2Family(),
                new OptFamily(),
                new PhiFamily(),
                new Phi3Family(),
                new Qwen2Family(),
                new Qwen3Family(),
                new StableLmFamily());
        for (HubArchitecture family : families) {
            family.modelTypes().forEach(type -> out.put(type, family));
        }
        return out;
    }
}
