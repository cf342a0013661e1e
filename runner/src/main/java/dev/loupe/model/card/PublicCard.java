package dev.loupe.model.card;

import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that others published on a hub. */
@Named("public")
@Doc("A model that others published on a hub")
@Example("""
        card: public
        title: GPT-2 small
        repository: openai-community/gpt2
        files: [config.json, model.safetensors, tokenizer.json]
        licence: MIT
        bos: optional
        """)
public record PublicCard(
        @Doc("Version of the card language") @Default("1") int loupe,
        @Doc("One line for lists and reports") String title,
        @Doc("Owner and name on the hub") String repository,
        @Doc("Branch, tag or commit") @Default("main") String revision,
        @Doc("The files that are needed") List<String> files,

        @Doc("Licence of the weights, as the repository states it")
        String licence,

        @Doc("Whether prompts begin with a begin-of-text token")
        Bos bos,

        @Doc("Repository of the tokenizer, where it is another one") @Nullable
        String tokenizer,

        @Doc("How training checkpoints are found, where there are any") @Nullable
        CheckpointNaming checkpoints)
        implements ModelCard {

    /** What the model expects before a prompt. */
    public enum Bos {
        @Doc("Training rows began with it: left out, the first position misbehaves")
        REQUIRED,
        @Doc("Trained without a fixed policy; the spec says which, and the report shows it")
        OPTIONAL,
        @Doc("The model has none, or was trained without")
        NONE
    }

    public PublicCard {
        files = List.copyOf(files);
        if (loupe != 1) {
            throw new IllegalArgumentException(
                    "`loupe: " + loupe + "` is not a version of the card language; this is 1");
        }
        if (!repository.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("`repository` is owner/name, not \"" + repository + "\"");
        }
        for (String file : files) {
            if (file.startsWith("/") || file.contains("..") || file.contains("\\")) {
                throw new IllegalArgumentException("\"" + file + "\" does not lie inside the repository");
            }
        }
    }
}
