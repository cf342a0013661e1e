package dev.loupe.analysis.neurons;

import dev.loupe.plan.neurons.PurityOptions;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;

/** What it takes for the examples of a neuron to have something in common. */
public record ExampleJudging(
        @Default("20") @Doc("Number of examples, 6 to 500, each of another document.")
        int examples,

        @OneOrMany
        @Default("[]")
        @Doc(
                "Labels of the dataset that may say what examples have in common: a boolean label, a position class or one value of another label.")
        List<String> labels,

        @Default("3") @Doc("Maximum number of conditions of a rule, 1 to 4.")
        int terms,

        @Default("1") @Doc("Maximum number of tokens of a condition. With many, unrelated tokens are called one thing.")
        int tokens,

        @Default("0.8") @Doc("Share of the examples from which on a neuron counts as pure.")
        double pure) {
    public ExampleJudging {
        labels = List.copyOf(labels);
        if (examples < 6 || examples > 500) {
            throw new IllegalArgumentException("`examples` must be 6 to 500, not " + examples);
        }
        if (terms < 1 || terms > 4 || tokens < 1 || tokens > 1000) {
            throw new IllegalArgumentException("`terms` must be 1 to 4 and `tokens` 1 to 1000");
        }
        if (!(pure > 0 && pure <= 1)) {
            throw new IllegalArgumentException("`pure` must be above 0 and at most 1, not " + pure);
        }
    }

    PurityOptions options(List<Double> strata, double share, long seed) {
        return new PurityOptions(examples, strata, labels, terms, tokens, pure, share, seed);
    }
}
