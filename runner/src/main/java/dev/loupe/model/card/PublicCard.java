package dev.loupe.model.card;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.spec.RepositoryName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models that others published on a hub: a family that shares licence, files and habits. */
@Named("public")
@Doc("Published models on a hub: one, or a family")
@Example("""
        card: public
        title: GPT-2
        licence: MIT
        bos: optional
        models:
          gpt2-small:
            repository: openai-community/gpt2
            aliases: gpt2
            config: {n_layers: 12, d_model: 768, n_heads: 12, n_ctx: 1024, d_vocab: 50257, act_fn: gelu_new}
        """)
public record PublicCard(
        @Doc("Version of the card language") @Default("1") int loupe,
        @Doc("One line for lists and reports") String title,

        @Doc("Licence of the weights, as the repository states it")
        String licence,

        @Doc("Whether prompts begin with a BOS token") Bos bos,

        @Doc("Files to download with the weights; missing ones are skipped")
        @Default("[config.json, tokenizer.json, tokenizer_config.json]")
        List<String> files,

        @Doc("Weight files in order of preference; `*` matches any characters. Sharded files are found through "
                + "their index.")
        @Default("[model.safetensors, pytorch_model.bin]")
        @OneOrMany
        List<String> weights,

        @Doc("Repository of the tokenizer, if the model's repository has none") @Nullable
        String tokenizer,

        @Doc("How training checkpoints are found, if there are any") @Nullable
        CheckpointNaming checkpoints,

        @Doc("The models, by the names used in specs") Map<String, PublicModel> models)
        implements ModelCard {

    /** What the model expects before a prompt. */
    public enum Bos {
        @Doc("Training rows began with it; without a BOS token, position 0 behaves abnormally")
        REQUIRED,
        @Doc("Trained without a fixed policy; the spec chooses, and the report shows the choice")
        OPTIONAL,
        @Doc("The model has none, or was trained without it")
        NONE
    }

    public PublicCard {
        files = List.copyOf(files);
        weights = List.copyOf(weights);
        if (loupe != 1) {
            throw new IllegalArgumentException(
                    "`loupe: " + loupe + "` is not a known version of the card language; use 1");
        }
        for (String file : files) {
            inside(file);
        }
        for (String file : weights) {
            inside(file);
        }
        if (tokenizer != null) {
            RepositoryName.checked(tokenizer);
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("`models` names no model");
        }
    }

    private static void inside(String file) {
        if (file.startsWith("/") || file.contains("..") || file.contains("\\")) {
            throw new IllegalArgumentException("\"" + file + "\" is not inside the repository");
        }
    }

    /** Whether the repositories describe their models themselves. */
    public boolean hasConfig() {
        return files.contains("config.json");
    }
}
