package dev.loupe.train;

import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.loupe.dataset.RowSource;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.card.ToyArchitecture;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.card.TransformerArchitecture;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Weights of the models that we train: found where they lie, otherwise made by the card's recipe. A file counts only if
 * its identity is the card's, so weights of an older recipe are never taken.
 */
public final class TrainedModels {
    private final NDManager manager;
    private final Supplier<GradientCollector> gradients;

    /**
     * @param manager its device is where training happens
     * @param gradients opens a gradient collector of the manager's engine
     */
    public TrainedModels(NDManager manager, Supplier<GradientCollector> gradients) {
        this.manager = manager;
        this.gradients = gradients;
    }

    /**
     * Weights after the last step and after every step of the card's schedule: those beside the card, else those in the
     * cache, else trained into the cache.
     *
     * @param seeds none for the seeds of the recipe
     * @param progress each group of seeds that trains together is a stage
     * @return where those of each seed are, in order
     */
    public Map<Long, WeightsFiles> ensure(
            CardFile card, List<Long> seeds, Path cache, Progress progress, StopSignal stop) {
        WeightsFiles cached = cached(card, cache);
        List<Long> wanted = seeds.isEmpty() ? trained(card).recipe().seeds() : seeds;
        train(cached, missing(card, wanted, cache), cache, progress, stop);
        Map<Long, WeightsFiles> found = new LinkedHashMap<>();
        for (long seed : wanted) {
            WeightsFiles there = find(card, seed, cache);
            found.put(seed, there == null ? cached : there);
        }
        return found;
    }

    /** Where the weights of a seed lie, beside the card or in the cache; null where they have to be trained. */
    public static @Nullable WeightsFiles find(CardFile card, long seed, Path cache) {
        WeightsFiles beside = new WeightsFiles(card, card.weightsFolder());
        return beside.complete(seed) ? beside : cached(card, cache).complete(seed) ? cached(card, cache) : null;
    }

    private static List<Long> missing(CardFile card, List<Long> seeds, Path cache) {
        return seeds.stream().filter(seed -> find(card, seed, cache) == null).toList();
    }

    /** The seeds whose weights lie nowhere, in the groups that train together. */
    public static List<List<Long>> missingGroups(CardFile card, List<Long> seeds, Path cache) {
        return groups(missing(card, seeds, cache), together(card.name(), trained(card)));
    }

    /** The weights of a card that are in the cache, or belong there. */
    public static WeightsFiles cached(CardFile card, Path cache) {
        return new WeightsFiles(card, cache.resolve(card.name()));
    }

    /**
     * Makes the weights of the seeds in a folder, from its resume files where there are any.
     *
     * @param cache where weights that these trainings begin with are looked for and made, if they do not lie beside their card
     */
    public void train(WeightsFiles files, List<Long> seeds, Path cache, Progress progress, StopSignal stop) {
        if (seeds.isEmpty()) {
            return;
        }
        BaseWeights base = BaseWeights.of(files.file(), seeds, cache, this, progress, stop);
        removeLeftovers(files.folder());
        Blueprint blueprint = blueprint(files.file());
        Recipe recipe = files.card().recipe();
        TrainingPlan plan = new TrainingPlan(
                recipe.steps(),
                recipe.optimizer(),
                recipe.schedule(),
                recipe.clip(),
                recipe.checkpoints(),
                Math.max(50, recipe.steps() / 40),
                recipe.stopWhen().lossBelow());
        for (List<Long> group : groups(seeds, together(blueprint.workPerSeed()))) {
            FileKeeper keeper = new FileKeeper(files, group, blueprint);
            progress.stage(stage(files.file().name(), group), plan.steps());
            Trainable task = base == null ? blueprint.task(group) : base.task((TransformerBlueprint) blueprint, group);
            new Trainer(manager, gradients).run(task, plan, keeper, progress, stop);
            keeper.finished();
        }
    }

    private static String stage(String card, List<Long> seeds) {
        return "training " + card + (seeds.size() == 1 ? ", seed " : ", seeds ")
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static void removeLeftovers(Path folder) {
        try {
            Leftovers.remove(folder);
        } catch (IOException e) {
            throw new EnvironmentException("what a killed training left in " + folder + " cannot be removed", e);
        }
    }

    /** How many seeds of a card are trained at once. */
    public static int together(String name, TrainedCard card) {
        return together(blueprint(name, card).workPerSeed());
    }

    /**
     * How many seeds are trained at once. Tiny steps cost calls rather than arithmetic, so seeds share the calls; once a
     * step's arrays fill the caches, one after another is as fast. The rule reads sizes alone, never a clock, so that the
     * same card is trained the same way everywhere.
     */
    static int together(long workPerSeed) {
        return (int) Math.max(1, Math.min(16, CACHE_NUMBERS / Math.max(1, workPerSeed)));
    }

    private static final long CACHE_NUMBERS = 1 << 20;

    private static List<List<Long>> groups(List<Long> seeds, int size) {
        List<List<Long>> groups = new ArrayList<>();
        for (int at = 0; at < seeds.size(); at += size) {
            groups.add(List.copyOf(seeds.subList(at, Math.min(seeds.size(), at + size))));
        }
        return groups;
    }

    /** What a step of these seeds of a card trains together. */
    public static Trainable task(String name, TrainedCard card, List<Long> seeds) {
        return blueprint(name, card).task(seeds);
    }

    /** The same of one network of a card's grid, by its place there. */
    public static Trainable alone(String name, TrainedCard card, long seed, int place) {
        if (blueprint(name, card) instanceof ToyBlueprint grid) {
            return grid.alone(seed, place);
        }
        throw new IllegalArgumentException(name + " has no grid");
    }

    /** The card as one that we train. */
    public static TrainedCard trained(CardFile card) {
        if (card.card() instanceof TrainedCard trained) {
            return trained;
        }
        throw new UserInputException(
                card.file() + ": " + card.name() + " is a public model; there is nothing to train");
    }

    /** That of a card, without the parameters that the model has not with whose weights it begins. */
    static Blueprint blueprint(CardFile file) {
        Blueprint blueprint = blueprint(file.name(), trained(file));
        return blueprint instanceof TransformerBlueprint transformer ? transformer.without(file.lacking()) : blueprint;
    }

    static Blueprint blueprint(String name, TrainedCard card) {
        Recipe recipe = card.recipe();
        RowSource rows = recipe.rows();
        if (card.architecture() instanceof TransformerArchitecture transformer && rows != null) {
            return new TransformerBlueprint(new TransformerNetwork(transformer.config()), rows, recipe);
        }
        if (card.architecture() instanceof ToyArchitecture toy && recipe.data() instanceof FeatureDataset data) {
            return ToyBlueprint.of(toy.config(), data, recipe);
        }
        throw new UserInputException(
                name + ": this architecture cannot be trained on this data: a transformer needs rows of tokens "
                        + "(repeated-tokens, sorted-lists, ...), a toy network rows of vectors (sparse-features, "
                        + "feature-pairs, modular-pairs)");
    }
}
