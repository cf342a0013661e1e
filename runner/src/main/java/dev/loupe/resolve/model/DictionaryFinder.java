package dev.loupe.resolve.model;

import dev.loupe.hub.DictionarySnapshot;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.dictionary.DictionaryOrigin;
import dev.loupe.model.dictionary.StatedHooks;
import dev.loupe.model.published.DictionaryChoice;
import dev.loupe.result.Coordinates;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.spec.DictionaryPlace;
import dev.loupe.spec.ModelChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens dictionaries of features by what a spec says of them: a folder beside the spec or in a folder of models, then a card,
 * then a repository without a card. Each is opened once.
 */
final class DictionaryFinder {
    private final ModelCatalog catalog;
    private final List<Path> folders;
    private final Map<Asked, DictionaryFolder> opened = new HashMap<>();
    private @Nullable Map<String, DictionaryChoice> cards;

    private record Asked(Path folder, StatedHooks stated) {}

    DictionaryFinder(ModelCatalog catalog, Path specFolder) {
        this.catalog = catalog;
        this.folders = new ArrayList<>(List.of(specFolder));
        folders.addAll(catalog.folders());
    }

    /**
     * @param at what stands in the place of the names of axes
     * @throws IllegalArgumentException where there is none
     * @throws AbsentDictionary where it is on a hub and not on this disk
     */
    DictionaryFolder find(DictionaryPlace place, Coordinates at) {
        if (place instanceof DictionaryPlace.OnHub hub) {
            return published(DictionaryChoice.of(new DictionaryPlace.OnHub(
                    hub.repository(),
                    labelled(hub.revision(), at),
                    labelled(hub.folder(), at),
                    labelled(hub.reads(), at),
                    labelled(hub.writes(), at))));
        }
        if (place instanceof DictionaryPlace.InFolder in) {
            return told(labelled(in.path(), at), labelled(in.reads(), at), labelled(in.writes(), at));
        }
        String name = labelled(place.shown(), at);
        Path folder = folder(name);
        if (folder != null && DictionaryFolder.isIn(folder)) {
            return opened.computeIfAbsent(
                    new Asked(folder, StatedHooks.NOTHING), asked -> DictionaryFolder.open(asked.folder()));
        }
        DictionaryChoice choice = cards().get(name);
        if (choice != null) {
            return published(choice);
        }
        if (folder != null) {
            return DictionaryFolder.open(folder);
        }
        String near = DidYouMean.to(name, cards().keySet());
        throw new IllegalArgumentException("there is no dictionary `" + name
                + "`: no card names it, and there is no folder "
                + folders.get(0).resolve(name).normalize()
                + (near == null ? "; `loupe list` prints those that have a card" : "; did you mean `" + near + "`?"));
    }

    /** In a folder, with what the spec says of its activation. */
    private DictionaryFolder told(String name, String reads, String writes) {
        Path folder = folder(name);
        if (folder == null) {
            throw new IllegalArgumentException("there is no folder "
                    + folders.get(0).resolve(name).normalize() + ", and none of that name in a folder of models");
        }
        return opened.computeIfAbsent(
                new Asked(folder, StatedHooks.of("the spec", reads, writes)),
                asked -> DictionaryFolder.open(asked.folder(), asked.stated(), null));
    }

    /** What cards name, read once for all dictionaries of a spec. */
    private Map<String, DictionaryChoice> cards() {
        Map<String, DictionaryChoice> read = cards;
        if (read == null) {
            read = catalog.dictionaries();
            cards = read;
        }
        return read;
    }

    private DictionaryFolder published(DictionaryChoice choice) {
        DictionarySnapshot found = catalog.downloaded(choice);
        if (found == null) {
            throw new AbsentDictionary(choice);
        }
        List<ModelChoice.Processing> processing = choice.processing();
        DictionaryOrigin origin = new DictionaryOrigin(
                choice.name(),
                found.origin(),
                choice.licensed(),
                processing == null
                        ? null
                        : processing.stream().map(DictionaryFinder::theirs).toList());
        StatedHooks stated = StatedHooks.of(
                choice.card() ? "the card of " + choice.name() : "the spec", choice.reads(), choice.writes());
        return opened.computeIfAbsent(
                new Asked(found.folder(), stated),
                asked -> DictionaryFolder.open(asked.folder(), asked.stated(), origin));
    }

    /** The first folder of that name with a dictionary, else the first of that name at all, else null. */
    private @Nullable Path folder(String name) {
        Path some = null;
        for (Path folder : folders) {
            Path found = folder.resolve(name).normalize();
            if (DictionaryFolder.isIn(found)) {
                return found;
            }
            some = some == null && Files.isDirectory(found) ? found : some;
        }
        return some;
    }

    /** A step of processing as TransformerLens calls it. */
    static String theirs(ModelChoice.Processing step) {
        return switch (step) {
            case FOLD_LN -> "fold_ln";
            case CENTER_WRITING -> "center_writing_weights";
            case CENTER_UNEMBED -> "center_unembed";
            case FOLD_VALUE_BIASES -> "fold_value_biases";
            case ROTATE_HEADS -> "rotate_heads";
        };
    }

    /** With the labels of a model in the place of its axes. */
    private static String labelled(String named, Coordinates at) {
        String own = named;
        for (Map.Entry<String, String> label : at.labels().entrySet()) {
            own = own.replace("{" + label.getKey() + "}", label.getValue());
        }
        if (own.contains("{")) {
            throw new IllegalArgumentException("`" + named + "` names an axis that the models do not have: they have "
                    + (at.labels().isEmpty()
                            ? "none"
                            : String.join(", ", at.labels().keySet())));
        }
        return own;
    }
}
