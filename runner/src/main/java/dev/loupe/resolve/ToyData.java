package dev.loupe.resolve;

import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.features.FeaturePairs;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ToyUnit;
import java.util.List;

/**
 * What a network without tokens was trained on decides the sparsities and importances that it is measured with; a dataset that
 * says otherwise is refused.
 */
final class ToyData {
    private static final List<Double> FEATURES_DEFAULT = List.of(0.9);
    private static final List<Double> PAIRS_DEFAULT = List.of(0.5);

    private ToyData() {}

    static ToyUnit toy(ModelInstance unit) {
        ToyUnit toy = unit.source().toy();
        if (toy == null) {
            throw new IllegalArgumentException(unit.ref().label() + " reads tokens, not vectors");
        }
        return toy;
    }

    /** The dataset with the sparsities and importances of the model's training. */
    static FeatureDataset of(ModelInstance unit, String name, FeatureDataset written) {
        ToyUnit toy = toy(unit);
        String model = unit.ref().label();
        int width = toy.grid().widest().width();
        int answers = toy.grid().widest().answers();
        if (written.width() != width || written.answers() != answers) {
            throw new IllegalArgumentException("dataset `" + name + "` has " + written.width() + " inputs and "
                    + written.answers() + " targets, but " + model + " reads " + width + " numbers and answers with "
                    + answers);
        }
        if (toy.data() == null) {
            if (written.sparsity().size() > 1) {
                throw new IllegalArgumentException("`sparsity` of dataset `" + name + "` must be one number: what "
                        + model + " was trained on is not known");
            }
            return written;
        }
        if (written instanceof SparseFeatures features && toy.data() instanceof SparseFeatures trained) {
            return as(trained, features, name, model);
        }
        if (written instanceof FeaturePairs pairs && toy.data() instanceof FeaturePairs trained) {
            return as(trained, pairs, name, model);
        }
        if (written instanceof ModularPairs && toy.data() instanceof ModularPairs) {
            return written;
        }
        throw new IllegalArgumentException(
                "dataset `" + name + "` is of another kind than the data that " + model + " was trained on");
    }

    private static SparseFeatures as(SparseFeatures trained, SparseFeatures written, String name, String model) {
        sparsity(written.sparsity(), FEATURES_DEFAULT, trained.sparsity(), name, model);
        if (written.importanceDecay() != 1 && written.importanceDecay() != trained.importanceDecay()) {
            throw new IllegalArgumentException("`importance-decay` of dataset `" + name + "` is "
                    + written.importanceDecay() + ", but " + model + " was trained with " + trained.importanceDecay()
                    + ", which weights its loss: leave the option out");
        }
        return new SparseFeatures(
                trained.features(),
                trained.sparsity(),
                written.distribution(),
                trained.importanceDecay(),
                written.rows(),
                written.seed());
    }

    private static FeaturePairs as(FeaturePairs trained, FeaturePairs written, String name, String model) {
        sparsity(written.sparsity(), PAIRS_DEFAULT, trained.sparsity(), name, model);
        return new FeaturePairs(
                written.features(), written.function(), trained.sparsity(), written.rows(), written.seed());
    }

    private static void sparsity(
            List<Double> written, List<Double> silent, List<Double> trained, String name, String model) {
        if (!written.equals(silent) && !written.equals(trained)) {
            throw new IllegalArgumentException("`sparsity` of dataset `" + name + "` is " + written + ", but " + model
                    + " was trained at " + trained + " and is measured with that: leave the option out");
        }
    }
}
