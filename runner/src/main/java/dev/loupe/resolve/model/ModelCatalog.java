package dev.loupe.resolve.model;

import dev.loupe.hub.CorpusSnapshot;
import dev.loupe.hub.DictionarySnapshot;
import dev.loupe.hub.HubCache;
import dev.loupe.hub.HubSnapshot;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.CardNames;
import dev.loupe.model.card.CorpusCard;
import dev.loupe.model.card.DictionaryCard;
import dev.loupe.model.card.ModelCard;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.published.CorpusChoice;
import dev.loupe.model.published.DictionaryChoice;
import dev.loupe.model.published.PublicCorpus;
import dev.loupe.model.recipe.GivenModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where models are looked for by name: cards of models that are trained here, then folders with a model, then public
 * cards, whose models lie in the hub's cache once they were downloaded. Folders are searched in order.
 *
 * @param folders {@code --models} folders, then LOUPE_MODELS, then the project's own models/
 * @param cache the hub's cache, null to do without
 */
public record ModelCatalog(List<Path> folders, @Nullable HubCache cache) {
    private static final String TRAINED = "trained";

    public ModelCatalog {
        folders = List.copyOf(folders);
    }

    /** Folders alone. */
    public ModelCatalog(List<Path> folders) {
        this(folders, null);
    }

    /** The card of that name, null when no folder has one. */
    public @Nullable CardFile card(String name) {
        Path file = cardFile(name);
        return file == null ? null : read(file);
    }

    private @Nullable Path cardFile(String name) {
        return folders.stream()
                .map(folder -> CardFile.locate(folder, name))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    /** Reads a card; the tokenizer, and the card or model that it begins with, are beside it or in one of the folders. */
    public CardFile read(Path file) {
        return CardFile.read(file, new CardNames() {
            @Override
            public @Nullable Tokenizer tokenizer(Path card, String name) {
                return ModelCatalog.this.tokenizer(card, name);
            }

            @Override
            public @Nullable Path card(Path of, String name) {
                Path beside = CardNames.super.card(of, name);
                return beside != null ? beside : cardFile(name);
            }

            @Override
            public @Nullable GivenModel model(String name) {
                return new GivenModels(ModelCatalog.this).named(name);
            }

            @Override
            public @Nullable GivenModel folder(Path folder) {
                return GivenModels.in(folder, String.valueOf(folder.getFileName()));
            }
        });
    }

    private CardNames.@Nullable Tokenizer tokenizer(Path card, String name) {
        List<Path> candidates = new ArrayList<>(List.of(card));
        candidates.addAll(folders);
        for (Path folder : candidates) {
            Path found = folder.resolve(name).normalize();
            if (found.startsWith(folder.normalize()) && HubTokenizer.isIn(found)) {
                return found(found);
            }
        }
        PublicChoice published = published(name);
        HubSnapshot downloaded = published == null ? null : downloaded(published);
        Path its = downloaded == null ? null : downloaded.tokenizer();
        return its == null ? null : found(its);
    }

    private static CardNames.Tokenizer found(Path folder) {
        HubTokenizer tokenizer = HubTokenizer.open(folder);
        return new CardNames.Tokenizer(folder, tokenizer, tokenizer.hash());
    }

    /** The folder of that name with a model in it, null when there is none. */
    public @Nullable Path folder(String name) {
        return folder(name, ModelFolder::isIn);
    }

    /** The folder of that name, or of the published name that it stands for; null when there is neither. */
    @Nullable
    Path folder(String name, @Nullable PublicChoice published) {
        Path own = folder(name);
        return own != null || published == null ? own : folder(published.name());
    }

    /** The folder of that name with checkpoints of a model in it, null when there is none. */
    @Nullable
    Path checkpoints(String name) {
        return folder(name, found -> !StepFolders.in(found).isEmpty());
    }

    private @Nullable Path folder(String name, Predicate<Path> holds) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(holds)
                .findFirst()
                .orElse(null);
    }

    /** The public model of that name or alias, null when no card has one. */
    public @Nullable PublicChoice published(String name) {
        for (CardFile file : publicCards()) {
            PublicChoice choice = PublicChoice.of((PublicCard) file.card(), name);
            if (choice != null) {
                return choice;
            }
        }
        return null;
    }

    /** A public model as it was downloaded, null where it is not at hand. */
    public @Nullable HubSnapshot downloaded(PublicChoice choice) {
        return cache == null ? null : cache.find(choice);
    }

    /** The corpus of that name, null when no card has one. */
    public @Nullable CorpusChoice corpus(String name) {
        PublicCorpus found = corpora().get(name);
        return found == null ? null : new CorpusChoice(name, found);
    }

    /** Every corpus that has a card, by name; of equal names the first folder's. */
    public Map<String, PublicCorpus> corpora() {
        Map<String, PublicCorpus> corpora = new TreeMap<>();
        for (CardFile file : cards(CorpusCard.class)) {
            ((CorpusCard) file.card()).corpora().forEach(corpora::putIfAbsent);
        }
        return corpora;
    }

    /** A corpus as it was downloaded, null where it is not at hand. */
    public @Nullable CorpusSnapshot downloaded(CorpusChoice choice) {
        return cache == null ? null : cache.find(choice);
    }

    /** The dictionary of that name, null when no card has one. */
    public @Nullable DictionaryChoice dictionary(String name) {
        return dictionaries().get(name);
    }

    /** Every dictionary that has a card, by name; of equal names the first folder's. */
    public Map<String, DictionaryChoice> dictionaries() {
        Map<String, DictionaryChoice> dictionaries = new LinkedHashMap<>();
        for (CardFile file : cards(DictionaryCard.class)) {
            ((DictionaryCard) file.card()).every().forEach(dictionaries::putIfAbsent);
        }
        return dictionaries;
    }

    /** Cards of dictionaries, by their files' names. */
    public List<DictionaryCard> dictionaryCards() {
        return cards(DictionaryCard.class).stream()
                .map(file -> (DictionaryCard) file.card())
                .toList();
    }

    /** A dictionary as it was downloaded, null where it is not at hand. */
    public @Nullable DictionarySnapshot downloaded(DictionaryChoice choice) {
        return cache == null ? null : cache.find(choice);
    }

    /** Cards of public models, by their files' names. */
    public List<CardFile> publicCards() {
        return cards(PublicCard.class);
    }

    /** Cards of what others made, by their files' names. */
    private List<CardFile> cards(Class<? extends ModelCard> kind) {
        List<CardFile> cards = new ArrayList<>();
        for (Path folder : folders) {
            for (Path file : entries(folder)) {
                String found = file.toString().endsWith(".yaml") ? CardFile.kind(file) : null;
                if (found != null && !found.equals(TRAINED)) {
                    CardFile card = read(file);
                    if (kind.isInstance(card.card())) {
                        cards.add(card);
                    }
                }
            }
        }
        return cards;
    }

    /** Names of models that are trained here or lie in a folder. */
    public List<String> own() {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : folders) {
            for (Path entry : entries(folder)) {
                if (Files.isRegularFile(entry.resolve("card.yaml")) || ModelFolder.isIn(entry)) {
                    names.add(entry.getFileName().toString());
                }
            }
        }
        return new ArrayList<>(names);
    }

    /** Every name that can be found. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>(own());
        for (CardFile file : publicCards()) {
            ((PublicCard) file.card()).models().forEach((name, model) -> {
                names.add(name);
                names.addAll(model.aliases());
            });
        }
        return new ArrayList<>(names);
    }

    static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
