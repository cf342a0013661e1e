package dev.loupe.resolve.model;

import dev.loupe.model.card.Architecture;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.card.TransformerArchitecture;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.identity.CardIdentity;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import dev.loupe.result.Coordinates;
import dev.loupe.spec.ModelChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** From model choices to model families: cards and configurations are read, weights are not. */
public final class ModelResolver {
    private final ModelCatalog catalog;
    private final Path specFolder;
    private final TableFamilies tables;
    private final Map<String, ModelFamily> done = new LinkedHashMap<>();

    /** @param tables makes the models that are tables of a dataset of the spec */
    public ModelResolver(ModelCatalog catalog, Path specFolder, TableFamilies tables) {
        this.catalog = catalog;
        this.specFolder = specFolder;
        this.tables = tables;
    }

    /** @throws IllegalArgumentException where the choice names nothing that exists */
    public ModelFamily resolve(String name, ModelChoice choice) {
        ModelFamily family;
        if (choice instanceof ModelChoice.Card card) {
            family = card(name, card);
        } else if (choice instanceof ModelChoice.Cards several) {
            family = cards(name, several);
        } else if (choice instanceof ModelChoice.Folder folder) {
            Path path = specFolder.resolve(folder.folder()).normalize();
            family = new FolderFamily(folder.folder(), path, folder.processing(), null).of(name, folder.checkpoints());
        } else if (choice instanceof ModelChoice.Reinitialise again) {
            family = untrained(name, again);
        } else if (choice instanceof ModelChoice.NgramOf ngram) {
            family = tables.ngram(name, ngram, like(ngram.like()));
        } else if (choice instanceof ModelChoice.Truth truth) {
            family = tables.truth(name, truth);
        } else if (choice instanceof ModelChoice.WithDictionaries with) {
            family =
                    AttachedDictionaries.family(name, like(with.of()), with, new DictionaryFinder(catalog, specFolder));
        } else if (choice instanceof ModelChoice.Plant plant) {
            family = PlantedModels.of(name, plant);
        } else {
            family = new DerivedFamilies(done).family(name, choice);
        }
        done.put(name, family);
        return family;
    }

    /** The units of each card. Whether they can be measured side by side is for each measurement to say, by its axes. */
    private ModelFamily cards(String name, ModelChoice.Cards choice) {
        List<ModelInstance> units = new ArrayList<>();
        for (String card : choice.cards()) {
            Coordinates at = Coordinates.of("model", card);
            card(name, choice.of(card)).units().forEach(unit -> units.add(unit.at(at.and(unit.at()))));
        }
        return ModelFamily.of(name, units);
    }

    private ModelFamily card(String name, ModelChoice.Card choice) {
        CardFile file = catalog.card(choice.card());
        if (file != null && file.card() instanceof TrainedCard trained) {
            return trained(name, file, trained, choice);
        }
        PublicChoice published = catalog.published(choice.card());
        Path folder = catalog.folder(choice.card(), published);
        if (folder == null && published == null) {
            folder = catalog.checkpoints(choice.card());
        }
        if (folder != null && (published == null || choice.checkpoints().isEmpty())) {
            unlessTrained(choice);
            PublicCard.Bos bos = published == null ? null : published.family().bos();
            return new FolderFamily(choice.card(), folder, choice.processing(), bos).of(name, choice.checkpoints());
        }
        if (published != null) {
            return new PublicFamilies(catalog).family(name, published, choice);
        }
        if (file != null && file.card() instanceof PublicCard family) {
            throw new IllegalArgumentException("`" + choice.card() + "` is a family; its models are "
                    + String.join(", ", family.models().keySet()));
        }
        for (Path root : catalog.folders()) {
            Path there = root.resolve(choice.card());
            if (Files.isDirectory(there)) {
                // It is no model, and what it lacks is told.
                return new FolderFamily(choice.card(), there, choice.processing(), null).of(name, choice.checkpoints());
            }
        }
        throw AbsentModel.of(choice.card(), catalog.folders().toString(), catalog.names());
    }

    private static void unlessTrained(ModelChoice.Card choice) {
        if (!choice.seeds().isEmpty()) {
            throw new IllegalArgumentException("`seeds` applies to models that Loupe trains, but " + choice.card()
                    + " is not one; use `cards` to measure several models side by side");
        }
    }

    private static ModelFamily trained(String name, CardFile file, TrainedCard card, ModelChoice.Card choice) {
        List<Long> seeds = choice.seeds().isEmpty()
                ? List.of(card.recipe().seeds().get(0))
                : choice.seeds().stream()
                        .flatMap(r -> LongStream.rangeClosed(r.low(), r.high()).boxed())
                        .distinct()
                        .toList();
        int last = card.recipe().steps();
        boolean checkpoints = !choice.checkpoints().isEmpty();
        List<Integer> steps = checkpoints
                ? card.recipe().checkpoints().chosen(choice.checkpoints(), last, choice.card())
                : List.of(last);
        // One seed of several checkpoints is one model at several times.
        boolean seeded = checkpoints ? seeds.size() > 1 : !choice.seeds().isEmpty();
        List<ModelInstance> units = new ArrayList<>();
        for (long seed : seeds) {
            for (int step : steps) {
                Coordinates at = seeded ? Coordinates.of("seed", Long.toString(seed)) : Coordinates.NONE;
                at = checkpoints ? at.and("checkpoint", Integer.toString(step)) : at;
                units.add(trained(file, card, choice, seed, step).at(at));
            }
        }
        return ModelFamily.of(name, units);
    }

    private static ModelInstance trained(
            CardFile file, TrainedCard card, ModelChoice.Card choice, long seed, int step) {
        TransformerConfig config = config(card.architecture());
        boolean last = step == card.recipe().steps();
        ModelSource source = new ModelSource.Trained(file, seed, step, choice.processing());
        ToyUnit toy = source.toy();
        if (config == null && toy == null) {
            throw new IllegalArgumentException("the recipe of " + choice.card() + " does not fit its architecture");
        }
        ModelRef ref = new ModelRef(
                choice.card() + " seed " + seed + (last ? "" : " step " + step) + described(choice.processing()),
                CardIdentity.of(file, seed).hash() + (last ? "" : "-step" + step) + processing(choice.processing()),
                toy != null ? toy.shape() : ModelShapes.of(Objects.requireNonNull(config)));
        return new ModelInstance(choice.card(), Coordinates.NONE, ref, source, config, file.tokenizer(), null);
    }

    private static @Nullable TransformerConfig config(@Nullable Architecture architecture) {
        return architecture instanceof TransformerArchitecture transformer ? transformer.config() : null;
    }

    /** A model of the spec that was resolved before. */
    private ModelFamily like(String name) {
        ModelFamily like = done.get(name);
        if (like == null && name.equals("default") && !done.isEmpty()) {
            like = done.values().iterator().next();
        }
        if (like == null) {
            throw UnknownName.of("model", name, done.keySet());
        }
        return like;
    }

    private ModelFamily untrained(String name, ModelChoice.Reinitialise choice) {
        String of = choice.reinitialise();
        ModelFamily like = like(of);
        // Seeds and checkpoints of one card have one architecture, cards side by side have each their own.
        List<String> same = like.axes().stream()
                .map(Axis::name)
                .filter(axis -> !axis.equals("model"))
                .toList();
        List<Long> seeds = choice.seeds().stream()
                .flatMap(r -> LongStream.rangeClosed(r.low(), r.high()).boxed())
                .distinct()
                .toList();
        List<ModelInstance> units = like.without(same).units().stream()
                .flatMap(unit -> seeds.stream()
                        .map(seed -> unit.untrained(seed).at(unit.at().and("seed", Long.toString(seed)))))
                .toList();
        return ModelFamily.of(name, units);
    }

    static String processing(List<ModelChoice.Processing> steps) {
        return steps.isEmpty() ? "" : "+" + steps;
    }

    static String described(List<ModelChoice.Processing> steps) {
        if (steps.isEmpty()) {
            return "";
        }
        List<String> words = steps.stream()
                .map(p -> p.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .toList();
        return " (" + String.join(", ", words) + ")";
    }
}
