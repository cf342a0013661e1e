package dev.loupe.resolve.model;

import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.rows.NextTokens;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.card.ToyArchitecture;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.derived.DerivedWeights;
import dev.loupe.model.planted.PlantedModel;
import dev.loupe.model.toy.PlantedNetwork;
import dev.loupe.model.weights.ModelFiles;
import dev.loupe.spec.ModelChoice;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a model's weights come from: everything that is needed to make them, and nothing loaded. */
public sealed interface ModelSource {
    /** What a model without tokens is; null for a transformer. */
    default @Nullable ToyUnit toy() {
        return null;
    }

    /** The weight processing that is done to it, null where that is not known here. */
    default @Nullable List<ModelChoice.Processing> processing() {
        return null;
    }

    /** The public model that it is or would be made of, where that is not on this disk; null where nothing is lacking. */
    default @Nullable PublicChoice absent() {
        return null;
    }

    /** Trained by the runner, from a card and a seed; the weights after so many of its steps. */
    record Trained(CardFile card, long seed, int step, List<ModelChoice.Processing> processing) implements ModelSource {
        @Override
        public @Nullable ToyUnit toy() {
            return card.card() instanceof TrainedCard trained
                            && trained.architecture() instanceof ToyArchitecture network
                            && trained.recipe().data() instanceof FeatureDataset data
                    ? new ToyUnit(ToyGrid.of(network.config(), data, trained.recipe()), data)
                    : null;
        }
    }

    /** A folder in hub or TransformerLens layout. */
    record Folder(ModelFiles files, List<ModelChoice.Processing> processing) implements ModelSource {}

    /** A folder with networks without tokens. */
    record Network(Path folder, ToyUnit toy) implements ModelSource {}

    /** A public model that is not on this disk: enough to plan with, and it has to be downloaded before it runs. */
    record Absent(PublicChoice choice) implements ModelSource {
        @Override
        public PublicChoice absent() {
            return choice;
        }
    }

    /**
     * Fresh random weights.
     *
     * @param absent the public model whose tokens it reads, where that is not on this disk
     */
    record Untrained(
            TransformerConfig config,
            long seed,
            @Override @Nullable PublicChoice absent) implements ModelSource {}

    /** A table of probabilities. */
    record Table(NextTokens table) implements ModelSource {}

    /** Set by hand. */
    record Planted(PlantedModel model) implements ModelSource {}

    /** Networks without tokens with fresh random weights. */
    record UntrainedToy(ToyUnit toy, long seed) implements ModelSource {}

    /** A network without tokens that is set by hand. */
    record PlantedToy(PlantedNetwork model) implements ModelSource {
        @Override
        public ToyUnit toy() {
            return new ToyUnit(ToyGrid.single(model.config()), null);
        }
    }

    /** Networks without tokens whose weights are made from those of others. */
    record Derived(ToyUnit toy, DerivedWeights how, List<ModelInstance> from) implements ModelSource {}
}
