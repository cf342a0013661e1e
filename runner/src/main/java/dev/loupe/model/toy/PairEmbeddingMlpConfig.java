package dev.loupe.model.toy;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;

/** Shape of the pair-embedding MLP used for modular arithmetic (Gromov 2023 with activation quadratic). */
@Doc("One hidden layer over the sum of two embedded inputs; for modular arithmetic")
@Example("{inputs: 59, hidden: 256}")
public record PairEmbeddingMlpConfig(
        @Doc("How many values each of the two inputs takes") int inputs,
        @Doc("Hidden neurons") int hidden,

        @Doc("How many classes are answered; 0 for as many as inputs") @Default("0")
        int outputs,

        @Doc("Activation of the hidden layer") @Default("relu")
        ToyActivation activation,

        @Doc("One embedding for both inputs instead of one each") @Default("false")
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
