package dev.loupe.train;

import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.train.step.Noise;
import java.util.List;
import java.util.Map;

/**
 * A network without tokens: one seed trains every point of the recipe's grid, and some copies of it. Written with an instance
 * axis in front of every parameter.
 */
record ToyBlueprint(ToyGrid grid, FeatureDataset data, Recipe recipe) implements Blueprint {
    /** @throws UserInputException where the network does not read this data */
    static ToyBlueprint of(ToyConfig config, FeatureDataset data, Recipe recipe) {
        if (data.width() != config.width() || data.answers() != config.answers()) {
            throw new UserInputException("a " + config.kind() + " with " + config.width() + " inputs and "
                    + config.answers() + " outputs cannot be trained on rows with " + data.width() + " inputs and "
                    + data.answers() + " targets");
        }
        return new ToyBlueprint(ToyGrid.of(config, data, recipe), data, recipe);
    }

    @Override
    public ParameterLayout layout() {
        return ToyTask.layoutOf(grid.widest());
    }

    @Override
    public int instancesPerSeed() {
        return grid.instances();
    }

    @Override
    public long workPerSeed() {
        long widest = Math.max(grid.widest().hidden(), Math.max(data.width(), data.answers()));
        return instancesPerSeed() * rows().perStep() * widest;
    }

    /** Rows that are the same in every step are made once. */
    @Override
    public double waiting() {
        StepRows rows = rows();
        double inputs = (rows instanceof StepRows.Everything ? 1.6 : 5.3) * data.width();
        return (double) instancesPerSeed()
                * rows.perStep()
                * (inputs + 4.0 * grid.widest().hidden() + 4.5 * data.answers());
    }

    private StepRows rows() {
        if (recipe.trainOn() == Recipe.TrainingSet.FRESH) {
            return new StepRows.Fresh(recipe.batch());
        }
        return recipe.batch() == 0 || recipe.batch() == data.enumerated()
                ? new StepRows.Everything(data)
                : new StepRows.Shuffled(data, recipe.batch());
    }

    @Override
    public Trainable task(List<Long> seeds) {
        return new ToyTask(grid, data, seeds(grid, seeds), rows());
    }

    /** One network of the grid. */
    Trainable alone(long seed, int place) {
        List<Double> sparsity =
                grid.sparsity().isEmpty() ? List.of() : List.of(grid.sparsity().get(place));
        ToyGrid one =
                new ToyGrid(grid.widest(), List.of(grid.each().get(place)), sparsity, Map.of("copy", List.of("0")));
        return new ToyTask(one, data, seeds(one, List.of(seed)), rows());
    }

    /** The seed of every instance: those at the same place of two points of the grid have the same. */
    static long[] seeds(ToyGrid grid, List<Long> seeds) {
        int each = grid.instances();
        long[] own = new long[seeds.size() * each];
        for (int i = 0; i < own.length; i++) {
            own[i] = Noise.seed(seeds.get(i / each), "instance", i % each % grid.perPoint());
        }
        return own;
    }

    @Override
    public List<NamedWeights> export(float[] flat) {
        return layout().export(flat);
    }
}
