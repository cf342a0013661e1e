package dev.loupe.resolve.model;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.hub.HubSnapshot;
import dev.loupe.model.card.CheckpointNaming;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Coordinates;
import dev.loupe.spec.ModelChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Public models: as they were downloaded, or by their card alone, which is enough to plan with. */
final class PublicFamilies {
    private final ModelCatalog catalog;

    PublicFamilies(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** One unit, or one for each checkpoint. */
    ModelFamily family(String name, PublicChoice choice, ModelChoice.Card spec) {
        if (!spec.seeds().isEmpty()) {
            throw new IllegalArgumentException("`seeds` applies to models that Loupe trains; " + choice.name()
                    + " is public and has one set of weights"
                    + (choice.family().checkpoints() == null ? "" : " for each of its `checkpoints`"));
        }
        if (spec.checkpoints().isEmpty()) {
            return ModelFamily.of(name, List.of(unit(choice, spec)));
        }
        CheckpointNaming naming = choice.family().checkpoints();
        if (naming == null) {
            throw new IllegalArgumentException(choice.name() + " was published without checkpoints");
        }
        List<ModelInstance> units = new ArrayList<>();
        for (int step : naming.chosen(spec.checkpoints(), choice.name())) {
            units.add(unit(choice.at(step), spec).at(Coordinates.of("checkpoint", Integer.toString(step))));
        }
        return ModelFamily.of(name, units);
    }

    private ModelInstance unit(PublicChoice choice, ModelChoice.Card spec) {
        String processed = ModelResolver.described(spec.processing());
        HubSnapshot found = catalog.downloaded(choice);
        if (found == null) {
            TransformerConfig config = choice.model().config();
            String origin = choice.model().repository() + "@" + choice.revision();
            ModelRef ref = new ModelRef(
                    choice.label() + " (" + origin + ", not downloaded)" + processed,
                    "absent-" + origin + "-" + ConfigHash.of(config) + ModelResolver.processing(spec.processing()),
                    ModelShapes.of(config));
            Path tokenizer = catalog.cache() == null ? null : catalog.cache().tokenizer(choice);
            return new ModelInstance(
                    choice.name(),
                    Coordinates.NONE,
                    ref,
                    new ModelSource.Absent(choice),
                    config,
                    tokenizer,
                    choice.family().bos());
        }
        ModelFolder opened = ModelFolder.open(found.files());
        TransformerConfig config = opened.config();
        agree(found, ModelShapes.of(choice.model().config()), ModelShapes.of(config));
        ModelRef ref = new ModelRef(
                choice.label() + " (" + found.origin() + ")" + processed,
                weights(found, opened) + "-" + ConfigHash.of(config) + ModelResolver.processing(spec.processing()),
                ModelShapes.of(config));
        ModelSource source = new ModelSource.Folder(found.files(), spec.processing());
        return new ModelInstance(
                choice.name(),
                Coordinates.NONE,
                ref,
                source,
                config,
                tokenizer(found),
                choice.family().bos());
    }

    private static @Nullable Path tokenizer(HubSnapshot found) {
        Path folder = found.tokenizer();
        return folder != null && HubTokenizer.isIn(folder) ? folder : null;
    }

    /** What was planned by the card must be what the weights are. */
    private static void agree(HubSnapshot found, ModelShape card, ModelShape own) {
        if (!card.equals(own)) {
            throw new EnvironmentException("the card of " + found.choice().name() + " does not describe "
                    + found.origin() + ": " + ShapeDifference.between(card, own)
                    + "; correct the card in models/, or name the folder directly with {folder: " + found.folder()
                    + "}");
        }
    }

    /** A downloaded file is named by its SHA-256, which was checked when it came: no need to read it all again. */
    private static String weights(HubSnapshot found, ModelFolder opened) {
        try {
            Path target =
                    Files.isSymbolicLink(found.weights()) ? Files.readSymbolicLink(found.weights()) : found.weights();
            String name = String.valueOf(target.getFileName());
            boolean index = found.weights().toString().endsWith(".json");
            return !index && name.matches("[0-9a-f]{64}") ? name : opened.weightsHash();
        } catch (java.io.IOException e) {
            return opened.weightsHash();
        }
    }
}
