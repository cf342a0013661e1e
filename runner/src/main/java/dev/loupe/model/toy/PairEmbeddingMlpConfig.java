package dev.loupe.model.toy;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;

/** Shape of the pair-embedding MLP used for modular arithmetic (Gromov 2023 with activation quadratic). */
@Doc("One hidden layer over the sum of two embedded inputs; for modular arithmetic")
@Example("{inputs: 59, hidden: 256}")
public record PairEmbeddingMlpConfig(
        @Doc("Number of values of each input") int inputs,
        @Doc("Hidden neurons") int hidden,

        @Doc("Number of output classes; 0 for the number of inputs") @Default("0")
        int outputs,

        @Doc("Activation of the hidden layer") @Default("relu")
        ToyActivation activation,

        @Doc("Whether both inputs share one embedding") @Default("false")
        boolean shared) {

    public PairEmbeddingMlpConfig {
        if (inputs < 1 || hidden < 1 || outputs < 0) {
            throw new IllegalArgumentException("inputs and hidden must be at least 1");
        }
    }

    public int classes() {
        return outputs == 0 ? inputs : outputs;
    }
}
