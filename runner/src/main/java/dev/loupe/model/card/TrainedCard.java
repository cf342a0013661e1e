package dev.loupe.model.card;

import dev.loupe.model.recipe.Penalty;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model that the runner trains itself. Architecture, recipe and seed determine the weights. */
@Named("trained")
@Doc("A model that Loupe trains")
@Example("""
        card: trained
        title: Five features in two dimensions
        architecture:
          toy-autoencoder: {features: 5, hidden: 2}
        recipe:
          data: {generator: sparse-features, features: 5, sparsity: [0.7, 0.99]}
          instances: 8
          batch: 256
          steps: 2000
          optimizer: {kind: adam, learning-rate: 1e-3}
          seeds: [0]
        """)
public record TrainedCard(
        @Doc("Version of the card language") @Default("1") int loupe,
        @Doc("One line for lists and reports") String title,

        @Doc(
                "The kind of network and its shape. With `from` it may be left out: the model whose weights the training begins with has it")
        @Nullable
        Architecture architecture,

        @Doc(
                "The tokenizer, where the data are text: a folder with a tokenizer.json beside the card, or the name of one in a "
                        + "folder of models, such as `bytes`, which comes with Loupe: every byte of UTF-8 is a token, and <|endoftext|> "
                        + "begins each row, 257 token ids in all")
        @Nullable
        String tokenizer,

        @Doc("The training recipe") Recipe recipe)
        implements ModelCard {
    public TrainedCard {
        if (loupe != 1) {
            throw new IllegalArgumentException(
                    "`loupe: " + loupe + "` is not a known version of the card language; use 1");
        }
        if (recipe.instances() != 1 && !(architecture instanceof ToyArchitecture)) {
            throw new IllegalArgumentException("`instances` is for networks without tokens only");
        }
    }

    /**
     * The same with the direction of its penalty read.
     *
     * @param folder of the card
     */
    TrainedCard read(Path folder) {
        Penalty penalty = recipe.penalty();
        return penalty == null ? this : withRecipe(recipe.withPenalty(penalty.read(folder)));
    }

    /** The same of another shape. */
    TrainedCard withArchitecture(Architecture other) {
        return new TrainedCard(loupe, title, other, tokenizer, recipe);
    }

    /** The same network trained otherwise. */
    public TrainedCard withRecipe(Recipe other) {
        return new TrainedCard(loupe, title, architecture, tokenizer, other);
    }
}
