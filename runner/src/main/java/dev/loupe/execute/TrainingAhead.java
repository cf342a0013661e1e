package dev.loupe.execute;

import dev.loupe.execute.load.FoundWeights;
import dev.loupe.model.card.Base;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.Recipe;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.TrainingMemory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which weights a run would train before it measures anything, told without an engine. */
public final class TrainingAhead {
    private TrainingAhead() {}

    /**
     * A line for each card with seeds whose weights lie neither beside it nor in the cache; empty where none is missing.
     *
     * @param cache folder of weights that were trained for a run
     */
    public static String of(Experiment experiment, Path cache) {
        Map<CardFile, SortedSet<Long>> missing = new LinkedHashMap<>();
        FoundWeights found = new FoundWeights(cache);
        experiment.models().values().forEach(family -> family.units().forEach(unit -> collect(unit, found, missing)));
        StringBuilder text = new StringBuilder();
        long all = 0;
        long memory = 0;
        for (Map.Entry<CardFile, SortedSet<Long>> card : missing.entrySet()) {
            Recipe recipe = TrainedModels.trained(card.getKey()).recipe();
            int seeds = card.getValue().size();
            int together =
                    Math.min(seeds, TrainedModels.together(card.getKey().name(), TrainedModels.trained(card.getKey())));
            long steps = recipe.steps() * ((seeds + together - 1) / together);
            all += steps;
            memory = Math.max(memory, TrainingMemory.peak(card.getKey(), together));
            text.append("trained by the first run, into the cache: ")
                    .append(card.getKey().name())
                    .append(", ")
                    .append(seeds == 1 ? "seed " : "seeds ")
                    .append(Count.list(
                            card.getValue().stream().map(String::valueOf).toList()))
                    .append(", ")
                    .append(Count.of(steps, "training step"))
                    .append(together > 1 ? ", " + together + " seeds in one step" : "")
                    .append('\n');
        }
        if (missing.size() > 1) {
            text.append("in all ").append(Count.of(all, "training step")).append('\n');
        }
        return text.isEmpty()
                ? ""
                : text.append("memory of the training above the idle runtime: about ")
                        .append(Amount.of(memory, "B"))
                        .append('\n')
                        .append(
                                "a step of a small network takes 1 to 50 ms; the run shows the time that remains, can be "
                                        + "stopped and goes on from there, and later runs do not train again\n")
                        .toString();
    }

    private static void collect(ModelInstance unit, FoundWeights found, Map<CardFile, SortedSet<Long>> missing) {
        if (unit.source() instanceof ModelSource.Trained trained) {
            collect(trained.card(), trained.seed(), found, missing);
        }
        List<ModelInstance> from = unit.source() instanceof ModelSource.Derived derived ? derived.from() : List.of();
        from.forEach(origin -> collect(origin, found, missing));
    }

    /** Weights that a training begins with are trained before it. */
    private static void collect(CardFile card, long seed, FoundWeights found, Map<CardFile, SortedSet<Long>> missing) {
        if (found.find(card, seed) != null) {
            return;
        }
        if (card.base() instanceof Base.Trained base) {
            collect(base.card(), base.from().seedFor(seed), found, missing);
        }
        missing.computeIfAbsent(card, any -> new TreeSet<>()).add(seed);
    }
}
