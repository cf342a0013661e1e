package dev.loupe.model.card;

import dev.loupe.model.weights.LackingWeights;
import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A card as it lies in a folder of models: {@code FOLDER/NAME/card.yaml}, or {@code FOLDER/NAME.yaml} where it has no
 * weights beside it.
 *
 * @param name what specs call the model
 * @param file the card's file
 * @param tokenizer the folder with its tokenizer, null where it has none
 * @param base the weights that its training begins with, null where they are drawn
 */
public record CardFile(
        String name,
        Path file,
        ModelCard card,
        @Nullable Path tokenizer,
        @Nullable Base base) {
    /** Reads a card that names no tokenizer, and no card but those beside it. */
    public static CardFile read(Path file) {
        return read(file, CardNames.BESIDE);
    }

    /**
     * Reads a card.
     *
     * @param names where that is found which the card names
     * @throws dev.loupe.schema.problem.SpecException with every problem of the file at its line and column
     */
    public static CardFile read(Path file, CardNames names) {
        return read(file, names, Set.of());
    }

    /** @param chain the files of the cards whose trainings begin with the weights of this one */
    static CardFile read(Path file, CardNames names, Set<Path> chain) {
        Bound<ModelCard> bound = Binder.bind(YamlTree.read(file), ModelCard.class);
        if (!(bound.value() instanceof TrainedCard trained)) {
            return new CardFile(nameOf(file), file, bound.value(), null, null);
        }
        Path folder = folder(file);
        RecipeCheck.check(trained, folder, bound);
        Set<Path> links = new LinkedHashSet<>(chain);
        links.add(file.toAbsolutePath().normalize());
        Base base = FineTuning.base(trained, file, names, bound, links);
        TrainedCard shaped = FineTuning.shaped(trained, base, bound);
        if (shaped != trained) {
            RecipeCheck.check(shaped, folder, bound);
        }
        String named = shaped.tokenizer();
        CardNames.Tokenizer found = named == null ? null : names.tokenizer(folder, named);
        TrainedCard ready = TextRecipe.ready(shaped.read(folder), folder, found, bound);
        Path inherited = base == null ? null : base.tokenizer();
        return new CardFile(nameOf(file), file, ready, found == null ? inherited : found.folder(), base);
    }

    /** Which weights of its configuration the model has not, since the model that its training begins with has them not. */
    public LackingWeights lacking() {
        return base == null ? LackingWeights.NONE : base.lacking();
    }

    static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    }

    /** The folder of models in which a card lies. */
    static Path modelsFolder(Path file) {
        Path folder = folder(file);
        Path outer = folder.getParent();
        return String.valueOf(file.getFileName()).equals("card.yaml") && outer != null ? outer : folder;
    }

    /** The card of a model in a folder of models, or the card's own file. */
    public static Path locate(Path models, String name) {
        Path folder = models.resolve(name).resolve("card.yaml");
        return Files.exists(folder) ? folder : models.resolve(name + ".yaml");
    }

    /** The name of the card in a file: that of its folder, or its own. */
    public static String nameOf(Path file) {
        Path own = file.toAbsolutePath().normalize();
        Path folder = own.getParent();
        String last = String.valueOf(own.getFileName());
        return last.equals("card.yaml") && folder != null
                ? String.valueOf(folder.getFileName())
                : last.replaceFirst("\\.ya?ml$", "");
    }

    /** Which kind of card a file claims to be, null where it is none: other YAML may lie in a user's folders. */
    public static @Nullable String kind(Path file) {
        YamlMap card = card(file);
        return card != null && card.get("card") instanceof YamlScalar kind ? kind.text() : null;
    }

    /** Whether a file that was named as a spec is a card: it says which kind of card, and measures nothing. */
    public static boolean isInsteadOfSpec(Path file) {
        YamlMap card = card(file);
        return card != null && card.get("measure") == null;
    }

    /** The keys of a file that says which kind of card it is; null for any other file. */
    private static @Nullable YamlMap card(Path file) {
        try {
            return YamlTree.read(file) instanceof YamlMap map && map.get("card") instanceof YamlScalar ? map : null;
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
