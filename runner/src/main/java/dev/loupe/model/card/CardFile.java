package dev.loupe.model.card;

import dev.loupe.failure.UserInputException;
import dev.loupe.schema.Binder;
import dev.loupe.schema.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A card as it lies in a folder of models: {@code FOLDER/NAME/card.yaml}, or {@code FOLDER/NAME.yaml} where it has no
 * weights beside it.
 *
 * @param name what specs call the model
 * @param file the card's file
 */
public record CardFile(String name, Path file, ModelCard card) {
    private static final long MOST_BYTES = 1 << 20;

    /**
     * Reads a card.
     *
     * @throws dev.loupe.schema.SpecException with every problem of the file at its line and column
     * @throws UserInputException where the file cannot be read
     */
    public static CardFile read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UserInputException(file + ": a model card is not larger than a mebibyte");
            }
            YamlTree tree = YamlTree.parse(Files.readString(file), file.toString());
            return new CardFile(nameOf(file), file, Binder.bind(tree, ModelCard.class).value());
        } catch (IOException e) {
            throw new UserInputException(file + ": the model card cannot be read: " + e.getMessage(), e);
        }
    }

    /** The card of a model in a folder of models, or the card's own file. */
    public static Path locate(Path models, String name) {
        Path folder = models.resolve(name).resolve("card.yaml");
        return Files.exists(folder) ? folder : models.resolve(name + ".yaml");
    }

    private static String nameOf(Path file) {
        Path own = file.toAbsolutePath().normalize();
        Path folder = own.getParent();
        String last = String.valueOf(own.getFileName());
        return last.equals("card.yaml") && folder != null
                ? String.valueOf(folder.getFileName())
                : last.replaceFirst("\\.ya?ml$", "");
    }

    /** The folder that holds the committed weights of a model that we train. */
    public Path weightsFolder() {
        return file.toAbsolutePath().resolveSibling("weights");
    }
}
