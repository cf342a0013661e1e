package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.util.List;
import java.util.Map;

/** Shape of the ReLU-output autoencoder of Elhage et al. 2022, "Toy Models of Superposition". */
@Doc("The ReLU-output autoencoder of Toy Models of Superposition: tied weights, more features than dimensions")
@Example("{features: 5, hidden: 2}")
public record ToyAutoencoderConfig(
        @Doc("Number of features, n") int features,
        @Doc("Number of hidden dimensions, m") int hidden,
        @Doc("Output activation") @Default("relu") ToyActivation activation,

        @Doc("Dropout rate of hidden dimensions in training (inverted dropout)") @Default("0")
        double dropout)
        implements ToyConfig {
    public static final String W = "W";
    public static final String B = "b";

    public ToyAutoencoderConfig {
        if (features < 1 || hidden < 1) {
            throw new IllegalArgumentException("features and hidden must be at least 1");
        }
        if (dropout < 0 || dropout >= 1) {
            throw new IllegalArgumentException("dropout must be at least 0 and below 1");
        }
    }

    @Override
    public String kind() {
        return "toy-autoencoder";
    }

    @Override
    public int width() {
        return features;
    }

    @Override
    public int answers() {
        return features;
    }

    /** W normal with variance 2 / (hidden + features) (Glorot and Bengio 2010), b zero. */
    @Override
    public List<ToyParameter> parameters() {
        double deviation = Math.sqrt(2.0 / (hidden + features));
        return List.of(
                new ToyParameter(
                        W, deviation, "init", List.of((long) hidden, (long) features), ToyParameter.HiddenAxis.ROWS),
                ToyParameter.bias(B, features, ToyParameter.HiddenAxis.NONE));
    }

    @Override
    public ToyAutoencoderConfig at(ToyActivation other, double rate, int width) {
        return new ToyAutoencoderConfig(features, width, other, rate);
    }

    @Override
    public ToyAutoencoder network(Map<String, NDArray> parameters, InstanceActivations activations) {
        List<ToyParameter> all = parameters();
        return new ToyAutoencoder(all.get(0).of(parameters), all.get(1).of(parameters), activations);
    }
}
