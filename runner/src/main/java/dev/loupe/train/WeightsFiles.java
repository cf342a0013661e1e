package dev.loupe.train;

import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.identity.CardIdentity;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.text.Count;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The weights of one trained model in one folder, a safetensors file for each seed, named by seed and identity. Tensors
 * have the names of {@code science/definitions.md} 2.1 (TransformerLens); those of toy models have a leading instance
 * axis. The metadata says what made them: {@code loupe.model}, {@code loupe.identity} (SHA-256), {@code loupe.recipe}
 * (the canonical text that was hashed), {@code loupe.seed}, {@code loupe.step}, {@code loupe.trainer} (the version of the
 * training step, see {@link Trainer#VERSION}); if the training began with the weights of another model, {@code loupe.base}
 * (which weights those were, in words; their identity is in the recipe's text); and, if its steps had noise or a penalty,
 * {@code loupe.additions} (those in words).
 *
 * @param file the card of a model that is trained here
 */
public record WeightsFiles(CardFile file, Path folder) {
    public static final String IDENTITY = "loupe.identity";

    private static final String BASE = "loupe.base";

    private static final String ADDITIONS = "loupe.additions";

    private static final String TRAINER = "loupe.trainer";

    /** The version of the trainer that made files which do not say it. */
    private static final String FIRST_TRAINER = "1";

    public TrainedCard card() {
        return TrainedModels.trained(file);
    }

    /** The weights of a seed after its last step. */
    public Path last(long seed) {
        return checkpoint(seed, card().recipe().steps());
    }

    /** The weights of a seed after {@code step} updates. */
    public Path checkpoint(long seed, long step) {
        return checkpoint(CardIdentity.of(file, seed), seed, step);
    }

    private Path checkpoint(CardIdentity identity, long seed, long step) {
        String place = step == card().recipe().steps() ? "" : "-step" + step;
        return folder.resolve(seed + "-" + identity.brief() + place + ".safetensors");
    }

    /** Whether the weights exist and say that they were made by this card with this seed. */
    public boolean holds(Path weights, long seed) {
        return holds(weights, CardIdentity.of(file, seed));
    }

    private static boolean holds(Path weights, CardIdentity identity) {
        return Files.exists(weights)
                && identity.hash()
                        .equals(SafetensorsFile.open(weights).metadata().get(IDENTITY));
    }

    /**
     * How weights were made, in words: the version of the training step, the weights that the training began with, and what its steps
     * had besides rows and answers.
     */
    public static String made(Path weights) {
        Map<String, String> metadata = SafetensorsFile.open(weights).metadata();
        String base = metadata.get(BASE);
        String additions = metadata.get(ADDITIONS);
        return "made by trainer version " + metadata.getOrDefault(TRAINER, FIRST_TRAINER)
                + (base == null ? "" : ", beginning with the weights of " + base)
                + (additions == null ? "" : ", with " + additions);
    }

    /** Whether every file that the card's schedule asks for is there, for one seed. */
    public boolean complete(long seed) {
        CardIdentity identity = CardIdentity.of(file, seed);
        Recipe recipe = card().recipe();
        int steps = recipe.steps();
        if (!holds(checkpoint(identity, seed, steps), identity)) {
            return false;
        }
        for (int step = 0; step < steps; step++) {
            if (recipe.checkpoints().wants(step, steps) && !holds(checkpoint(identity, seed, step), identity)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the weights of one seed. */
    void write(long seed, long step, List<NamedWeights> weights) {
        CardIdentity identity = CardIdentity.of(file, seed);
        SafetensorsWriter out = new SafetensorsWriter()
                .metadata("loupe.model", file.name())
                .metadata(IDENTITY, identity.hash())
                .metadata("loupe.recipe", identity.canonical())
                .metadata("loupe.seed", Long.toString(seed))
                .metadata("loupe.step", Long.toString(step))
                .metadata(TRAINER, Integer.toString(Trainer.VERSION));
        if (file.base() != null) {
            out.metadata(BASE, file.base().words(seed));
        }
        List<String> additions = card().recipe().additions();
        if (!additions.isEmpty()) {
            out.metadata(ADDITIONS, Count.list(additions));
        }
        for (NamedWeights tensor : weights) {
            out.floats(tensor.name(), tensor.shape(), tensor.values());
        }
        try {
            out.write(checkpoint(seed, step));
        } catch (ClosedByInterruptException e) {
            throw new CancelledException();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "the weights of " + file.name() + " cannot be written to " + folder + ": " + Reason.of(e), e);
        }
    }
}
