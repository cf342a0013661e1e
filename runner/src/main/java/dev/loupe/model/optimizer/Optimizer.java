package dev.loupe.model.optimizer;

import dev.loupe.schema.annotation.Discriminator;
import dev.loupe.schema.annotation.Doc;
import java.util.List;

/**
 * A first-order optimizer: its options and the arithmetic of one update. All state lies in the moments that the caller
 * keeps, so a training run can be stored and resumed to the same bits.
 */
@Discriminator("kind")
@Doc("How gradients change the parameters")
public sealed interface Optimizer permits Sgd, Adam, AdamW {
    /** The learning rate before the schedule's factor. */
    double learningRate();

    /** Names of the state arrays, each of the parameters' shape and zero before the first update. */
    List<String> moments();

    /** Changes parameters and moments in place. */
    void apply(Update update);
}
