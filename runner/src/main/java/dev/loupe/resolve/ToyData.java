package dev.loupe.resolve;

import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.model.card.ToyAutoencoderArchitecture;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import java.util.List;

/** What a toy autoencoder was trained on decides what it is measured on; a dataset that says otherwise is refused. */
final class ToyData {
    private static final List<Double> DEFAULT_SPARSITY = List.of(0.9);

    private ToyData() {}

    static ToyAutoencoderConfig config(ModelInstance unit) {
        if (card(unit).architecture() instanceof ToyAutoencoderArchitecture toy) {
            return toy.config();
        }
        throw noToy(unit);
    }

    /** The dataset with the sparsities and importances of the model's training. */
    static SparseFeatures of(ModelInstance unit, String name, SparseFeatures written) {
        if (!(card(unit).recipe().data() instanceof SparseFeatures trained)) {
            throw noToy(unit);
        }
        String model = unit.ref().label();
        if (written.features() != trained.features()) {
            throw new IllegalArgumentException("dataset `" + name + "` has " + written.features() + " features, but "
                    + model + " was trained on " + trained.features());
        }
        boolean silent = written.sparsity().equals(DEFAULT_SPARSITY);
        if (!silent && !written.sparsity().equals(trained.sparsity())) {
            throw new IllegalArgumentException(
                    "`sparsity` of dataset `" + name + "` is " + written.sparsity() + ", but "
                            + model + " was trained at " + trained.sparsity()
                            + " and is measured with that: leave the option out");
        }
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

    private static TrainedCard card(ModelInstance unit) {
        if (unit.source() instanceof ModelSource.Trained trained
                && trained.card().card() instanceof TrainedCard card) {
            return card;
        }
        throw noToy(unit);
    }

    private static IllegalArgumentException noToy(ModelInstance unit) {
        return new IllegalArgumentException(unit.ref().label() + " is not a toy autoencoder");
    }
}
