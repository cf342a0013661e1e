package dev.loupe.model.card;

import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A card as it lies in a folder of models: {@code FOLDER/NAME/card.yaml}, or {@code FOLDER/NAME.yaml} where it has no
 * weights beside it.
 *
 * @param name what specs call the model
 * @param file the card's file
 * @param tokenizer the folder with its tokenizer, null where it has none
 */
public record CardFile(
        String name, Path file, ModelCard card, @Nullable Path tokenizer) {
    /** Reads a card that names no tokenizer. */
    public static CardFile read(Path file) {
        return read(file, CardTokenizers.NONE);
    }

    /**
     * Reads a card.
     *
     * @param tokenizers where the tokenizer is found that the card names
     * @throws dev.loupe.schema.problem.SpecException with every problem of the file at its line and column
     */
    public static CardFile read(Path file, CardTokenizers tokenizers) {
        Bound<ModelCard> bound = Binder.bind(YamlTree.read(file), ModelCard.class);
        if (!(bound.value() instanceof TrainedCard trained)) {
            return new CardFile(nameOf(file), file, bound.value(), null);
        }
        RecipeCheck.check(trained, bound);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        String named = trained.tokenizer();
        CardTokenizers.Found found = named == null ? null : tokenizers.find(folder, named);
        TrainedCard ready = TextRecipe.ready(trained, folder, found, bound);
        return new CardFile(nameOf(file), file, ready, found == null ? null : found.folder());
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

    /** Which kind of card a file claims to be, null where it is none: other YAML may lie in a user's folders. */
    public static @Nullable String kind(Path file) {
        try {
            return YamlTree.read(file) instanceof YamlMap map && map.get("card") instanceof YamlScalar kind
                    ? kind.text()
                    : null;
        } catch (SpecException e) {
            return null;
        }
    }

    /** The folder that holds the committed weights of a model that we train. */
    public Path weightsFolder() {
        return file.toAbsolutePath().normalize().getFileName().toString().equals("card.yaml")
                ? file.toAbsolutePath().resolveSibling("weights")
                : file.toAbsolutePath().resolveSibling(name).resolve("weights");
    }
}
