package dev.loupe.train;

import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.model.card.CardIdentity;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The weights of one trained model in one folder, a safetensors file for each seed, named by seed and identity. Tensors
 * have the names of {@code science/definitions.md} 2.1 (TransformerLens); those of toy models have a leading instance
 * axis. The metadata says what made them: {@code loupe.model}, {@code loupe.identity} (SHA-256), {@code loupe.recipe}
 * (the canonical text that was hashed), {@code loupe.seed}, {@code loupe.step}, {@code loupe.trainer} (the version of the
 * training step, see {@link Trainer#VERSION}).
 *
 * @param name the model's name, for provenance
 */
public record WeightsFiles(String name, TrainedCard card, Path folder) {
    public static final String IDENTITY = "loupe.identity";

    private static final String TRAINER = "loupe.trainer";

    /** The version of the trainer that made files which do not say it. */
    private static final String FIRST_TRAINER = "1";

    /** The weights of a seed after its last step. */
    public Path last(long seed) {
        return folder.resolve(seed + "-" + CardIdentity.of(card, seed).brief() + ".safetensors");
    }

    /** The weights of a seed after {@code step} updates. */
    public Path checkpoint(long seed, long step) {
        return step == card.recipe().steps()
                ? last(seed)
                : folder.resolve(seed + "-" + CardIdentity.of(card, seed).brief() + "-step" + step + ".safetensors");
    }

    /** Whether the file exists and says that it was made by this card with this seed. */
    public boolean holds(Path file, long seed) {
        return Files.exists(file)
                && CardIdentity.of(card, seed)
                        .hash()
                        .equals(SafetensorsFile.open(file).metadata().get(IDENTITY));
    }

    /** The version of the training step that made a file. */
    public static int trainer(Path file) {
        return Integer.parseInt(SafetensorsFile.open(file).metadata().getOrDefault(TRAINER, FIRST_TRAINER));
    }

    /** Whether every file that the card's schedule asks for is there, for one seed. */
    public boolean complete(long seed) {
        if (!holds(last(seed), seed)) {
            return false;
        }
        int steps = card.recipe().steps();
        for (int step = 0; step < steps; step++) {
            if (card.recipe().checkpoints().wants(step, steps) && !holds(checkpoint(seed, step), seed)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the weights of one seed. */
    void write(long seed, long step, List<NamedWeights> weights) {
        CardIdentity identity = CardIdentity.of(card, seed);
        SafetensorsWriter out = new SafetensorsWriter()
                .metadata("loupe.model", name)
                .metadata(IDENTITY, identity.hash())
                .metadata("loupe.recipe", identity.canonical())
                .metadata("loupe.seed", Long.toString(seed))
                .metadata("loupe.step", Long.toString(step))
                .metadata(TRAINER, Integer.toString(Trainer.VERSION));
        for (NamedWeights tensor : weights) {
            out.floats(tensor.name(), tensor.shape(), tensor.values());
        }
        try {
            out.write(checkpoint(seed, step));
        } catch (ClosedByInterruptException e) {
            throw new CancelledException();
        } catch (IOException e) {
            throw new EnvironmentException("the weights of " + name + " cannot be written to " + folder + ": " + e, e);
        }
    }
}
