package dev.loupe.resolve.model;

import dev.loupe.dataset.rows.NextTokens;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.ModelFiles;
import dev.loupe.model.planted.PlantedModel;
import dev.loupe.spec.ModelChoice;
import java.util.List;

/** Where a model's weights come from: everything that is needed to make them, and nothing loaded. */
public sealed interface ModelSource {
    /** Trained by the runner, from a card and a seed; the weights after so many of its steps. */
    record Trained(CardFile card, long seed, int step, List<ModelChoice.Processing> processing)
            implements ModelSource {}

    /** A folder in hub or TransformerLens layout. */
    record Folder(ModelFiles files, List<ModelChoice.Processing> processing) implements ModelSource {}

    /** A public model that is not on this disk: enough to plan with, and it has to be downloaded before it runs. */
    record Absent(PublicChoice choice) implements ModelSource {}

    /** Fresh random weights. */
    record Untrained(TransformerConfig config, long seed) implements ModelSource {}

    /** A table of probabilities. */
    record Table(NextTokens table) implements ModelSource {}

    /** Set by hand. */
    record Planted(PlantedModel model) implements ModelSource {}
}
