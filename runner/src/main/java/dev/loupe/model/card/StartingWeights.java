package dev.loupe.model.card;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import org.jspecify.annotations.Nullable;

/** The weights of another model with which a training begins: fine-tuning. Only the weights are taken over. */
@Doc(
        "The trained weights that a training begins with, instead of random ones. The state of the optimizer and the learning rate "
                + "begin afresh, and the rows are others than those that the model was trained on before")
@Example("{card: lang-a-1l}")
public record StartingWeights(
        @Doc(
                "The card of a model that Loupe trains, of the same architecture; it lies in the same folder of models or in another")
        String card,

        @Doc("The seed of those weights. Left out: every seed begins with the weights of the same seed") @Nullable
        Long seed,

        @Doc("The training step of those weights, one that the other card keeps. Left out: the last") @Nullable
        Integer step) {
    /** The seed of the weights with which a seed of the fine-tuned model begins. */
    public long seedFor(long own) {
        return seed == null ? own : seed;
    }
}
