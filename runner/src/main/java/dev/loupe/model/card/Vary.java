package dev.loupe.model.card;

import dev.loupe.model.toy.ToyActivation;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.util.List;

/** A grid of networks: one for each combination of the values, in the place of the one value of the architecture. */
@Doc(
        "Values of the architecture that are varied; every combination of them is trained. Equal initial weights and equal data "
                + "belong to equal seeds, sparsities and copies")
@Example("{activation: [relu, gelu], hidden: [4, 8]}")
public record Vary(
        @Doc("Activations") @Default("[]") List<ToyActivation> activation,
        @Doc("Dropout rates") @Default("[]") List<Double> dropout,
        @Doc("Numbers of hidden neurons") @Default("[]") List<Integer> hidden) {
    public static final Vary NOTHING = new Vary(List.of(), List.of(), List.of());

    public Vary {
        activation = distinct("activation", activation);
        dropout = distinct("dropout", dropout);
        hidden = distinct("hidden", hidden);
    }

    private static <T> List<T> distinct(String key, List<T> values) {
        if (values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException("`" + key + "` names a value twice: " + values);
        }
        return List.copyOf(values);
    }
}
