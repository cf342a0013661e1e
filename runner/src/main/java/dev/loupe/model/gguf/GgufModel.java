package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.family.ConfigJson;
import dev.loupe.model.family.MixtureOfExperts;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.GgufFile;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a GGUF file says about its model, in the fields of a hub family's config.json. */
public final class GgufModel {
    private static final String EMBEDDING = "token_embd.weight";

    private final GgufFile gguf;
    private final GgufArchitecture architecture;
    private final GgufMetadata metadata;
    private @Nullable GgufRotary rotary;

    /** @throws WeightsException where the architecture is not known */
    public GgufModel(GgufFile gguf) {
        this.gguf = gguf;
        String name = String.valueOf(gguf.metadata().get("general.architecture"));
        GgufArchitecture known = GgufArchitecture.of(name);
        if (known == null) {
            throw new WeightsException(
                    gguf.file(),
                    List.of("architecture '" + name + "' "
                            + (MixtureOfExperts.isGguf(name)
                                    ? "is a mixture of experts, which is not supported"
                                    : "is not supported")
                            + "; known are "
                            + String.join(", ", GgufArchitecture.all().keySet())));
        }
        architecture = known;
        metadata = new GgufMetadata(gguf, name);
    }

    /** The file's tensors under the hub's names and in the hub's order. */
    public GgufTensors tensors() {
        Set<String> elsewhere = architecture.scalesByPair()
                ? Set.of(GgufRotary.FREQUENCIES)
                : architecture.scalesByLength() ? Set.of(GgufRotary.SHORT, GgufRotary.LONG) : Set.of();
        return new GgufTensors(gguf, architecture.names(), elsewhere, name -> architecture.order(name, metadata));
    }

    /**
     * @param beside the config.json that lies beside the file, for what the file has no key for
     * @throws WeightsException with everything that is missing, wrong or not supported
     */
    public ConfigJson config(@Nullable ConfigJson beside) {
        ObjectNode json = new ObjectNode(JsonNodeFactory.instance);
        if (beside != null) {
            for (String field : architecture.unsaid()) {
                if (beside.has(field)) {
                    json.set(field, beside.node(field));
                }
            }
        }
        whole();
        long rows = 1;
        if (!gguf.has(EMBEDDING)) {
            metadata.problem("has no " + EMBEDDING);
        } else {
            rows = gguf.shape(EMBEDDING)[0];
            vocabulary(rows);
        }
        json.put("vocab_size", rows);
        json.put("tie_word_embeddings", !gguf.has("output.weight"));
        metadata.only("attention.causal", true);
        architecture.config(metadata, json);
        rotary = new GgufRotary(metadata, architecture);
        metadata.check();
        return ConfigJson.of(gguf.file(), json);
    }

    /**
     * The architecture that {@link #config} describes, with what no config.json can say: how the file scales rotary
     * positions.
     */
    public TransformerConfig scaled(TransformerConfig config) {
        return rotary == null ? config : rotary.into(config);
    }

    /** Files of other kinds, and parts of files, share the format. */
    private void whole() {
        Object kind = gguf.metadata().getOrDefault("general.type", "model");
        if (!kind.equals("model")) {
            metadata.problem("is not a model: general.type is '" + kind + "'");
        }
        if (gguf.metadata().get("split.count") instanceof Long parts && parts > 1) {
            metadata.problem("is one of " + parts + " parts; split files are not supported, merge them with "
                    + "llama-gguf-split");
        }
    }

    /** Two places tell the size of the vocabulary; the tokenizer may have more or fewer tokens. */
    private void vocabulary(long rows) {
        int said = metadata.size("vocab_size", (int) rows);
        if (said != rows) {
            metadata.problem(
                    architecture.name() + ".vocab_size is " + said + ", and " + EMBEDDING + " has " + rows + " rows");
        }
    }
}
