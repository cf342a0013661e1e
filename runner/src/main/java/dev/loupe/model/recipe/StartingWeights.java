package dev.loupe.model.recipe;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import org.jspecify.annotations.Nullable;

/** The weights of another model with which a training begins: fine-tuning. Only the weights are taken over. */
@Doc(
        "The trained weights that a training begins with, instead of random ones: the weights of a `card`, or of a model in a `folder`. The state "
                + "of the optimizer and the learning rate begin afresh, and the rows are others than those that Loupe trained the model on before. "
                + "Biases that a model of others lacks stay zero, and an unembedding that is its embedding stays that")
@Example("{card: lang-a-1l}")
public record StartingWeights(
        @Doc(
                "The name of a card of a model that Loupe trains, of a model in a folder of models, or of a public model that is on this disk; "
                        + "its architecture must be the same")
        @Nullable
        String card,

        @Doc("A folder with a transformer in hub or TransformerLens layout, relative to the card") @Nullable
        String folder,

        @Doc(
                "The seed of the weights of a card that Loupe trains. Left out: every seed begins with the weights of the same seed")
        @Nullable
        Long seed,

        @Doc("The training step of those weights, one that the other card keeps. Left out: the last") @Nullable
        Integer step) {
    public StartingWeights {
        if ((card == null) == (folder == null)) {
            throw new IllegalArgumentException("`from` names either a `card` or a `folder`");
        }
    }

    /** What the card calls the other model. */
    public String name() {
        return card != null ? card : String.valueOf(folder);
    }

    /** The seed of the weights with which a seed of the fine-tuned model begins. */
    public long seedFor(long own) {
        return seed == null ? own : seed;
    }
}
