package dev.loupe.model.card;

import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.MixedRows;
import dev.loupe.dataset.RowSource;
import dev.loupe.model.optimizer.Optimizer;
import dev.loupe.model.recipe.Penalty;
import dev.loupe.model.recipe.StartingWeights;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a model is trained: with the architecture and a seed it determines the weights. */
@Doc("How a model is trained")
@Example("""
        data: {generator: repeated-tokens, period: 5..12, length: 24}
        batch: 64
        steps: 2000
        optimizer: {kind: adamw, learning-rate: 2e-3}
        seeds: [0, 1, 2]
        """)
public record Recipe(
        @Doc(
                "Training data: a generator, whose `rows` and `seed` are not used, or `text` in the folder of the card, for which the card names a `tokenizer`")
        Dataset data,

        @Doc("Batch size: rows per step and seed. Left out with a fixed training set: all of its rows") @Default("0")
        int batch,

        @Doc("Number of training steps") int steps,
        @Doc("How gradients change the parameters") Optimizer optimizer,
        @Doc("How the learning rate changes") @Default("{}") Schedule schedule,

        @Doc("Maximum gradient norm; larger gradients are scaled down; 0 for no clipping") @Default("0")
        double clip,

        @Doc("The position class that the loss is computed on; `all` for every position with a target") @Default("all")
        String lossOn,

        @Doc("Networks without tokens only: the number of instances of each sparsity that one seed trains "
                + "together")
        @Default("1")
        int instances,

        @Doc("The steps after which weights are saved") @Default("{}")
        CheckpointSchedule checkpoints,

        @Doc("The seeds to train by default") List<Long> seeds,

        @Doc("Networks without tokens only: which rows a step takes") @Default("fresh")
        TrainingSet trainOn,

        @Doc("When a model stops learning before the last step") @Default("{}")
        StopRule stopWhen,

        @Doc("Networks without tokens only: a grid of networks that one seed trains together") @Default("{}")
        Vary vary,

        @Doc("Fine-tuning: the trained weights that the training begins with. Left out: weights drawn from the seed")
        @Nullable
        StartingWeights from,

        @Doc("Transformers only: other data, of which each has a share of the rows; `data` has the rest") @Default("[]")
        List<MixedIn> mixedWith,

        @Doc(
                "Transformers only: the standard deviation of the normal noise that is added to each number of the embedding "
                        + "(`hook_embed`) in every step of the training, drawn from the seed of the model; 0 for none. A trained model "
                        + "is measured without it")
        @Default("0")
        double embeddingNoise,

        @Doc("Transformers only: a term of the loss on an activation along a direction") @Nullable
        Penalty penalty) {
    /** Where the rows of a step come from. */
    public enum TrainingSet {
        @Doc("New rows for every step, drawn from the seed of the model.")
        FRESH,
        @Doc("Every row of a dataset that enumerates its rows: `batch` of them in a step, in an order that is shuffled "
                + "again when all were used, or all in every step.")
        FIXED
    }

    /** Rows of other data among those of a recipe. */
    @Doc("Rows of other data among the rows of a recipe")
    @Example("{share: 0.1, data: {generator: planted-language, registers: [a]}}")
    public record MixedIn(
            @Doc("The probability that a row is one of these")
            double share,

            @Doc("A generator of rows of tokens, whose `rows` and `seed` are not used")
            Dataset data) {
        public MixedIn {
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException("`share` must be above 0 and below 1, not " + share);
            }
        }
    }

    public Recipe {
        seeds = List.copyOf(seeds);
        mixedWith = List.copyOf(mixedWith);
        if (mixedWith.stream().mapToDouble(MixedIn::share).sum() >= 1) {
            throw new IllegalArgumentException(
                    "the shares of `mixed-with` leave nothing to `data`: they add up to 1 or more");
        }
        if (batch < 0 || steps < 1 || instances < 1) {
            throw new IllegalArgumentException("batch, steps and instances must be at least 1");
        }
        if (batch == 0 && trainOn == TrainingSet.FRESH) {
            throw new IllegalArgumentException("`batch` is missing: how many rows are drawn for each step");
        }
        if (clip < 0) {
            throw new IllegalArgumentException("clip must be at least 0");
        }
        if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
            throw new IllegalArgumentException("seeds must be distinct, and at least one");
        }
    }

    /** The rows that a step of a transformer's training is drawn from; null where the data are no rows of tokens. */
    public @Nullable RowSource rows() {
        if (!(data instanceof RowSource main)) {
            return null;
        }
        if (mixedWith.isEmpty()) {
            return main;
        }
        List<RowSource> parts = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (MixedIn part : mixedWith) {
            if (!(part.data() instanceof RowSource rows)) {
                return null;
            }
            parts.add(rows);
            shares.add(part.share());
        }
        parts.add(main);
        shares.add(1 - shares.stream().mapToDouble(Double::doubleValue).sum());
        return new MixedRows(parts, shares);
    }

    /** The same on other data. */
    Recipe withData(Dataset other) {
        return with(other, batch, checkpoints, seeds, from, penalty);
    }

    /** The same with another penalty. */
    Recipe withPenalty(@Nullable Penalty other) {
        return with(data, batch, checkpoints, seeds, from, other);
    }

    /** The same with so many rows of each step. */
    public Recipe withBatch(int rows) {
        return with(data, rows, checkpoints, seeds, from, penalty);
    }

    /**
     * The same for one seed, with no checkpoint but the last, and without the name of the weights that it begins with: what
     * decides on the weights, beside those.
     */
    public Recipe weightsOnly(long seed) {
        return with(data, batch, CheckpointSchedule.LAST_ONLY, List.of(seed), null, penalty);
    }

    private Recipe with(
            Dataset newData,
            int newBatch,
            CheckpointSchedule newCheckpoints,
            List<Long> newSeeds,
            @Nullable StartingWeights newFrom,
            @Nullable Penalty newPenalty) {
        return new Recipe(
                newData,
                newBatch,
                steps,
                optimizer,
                schedule,
                clip,
                lossOn,
                instances,
                newCheckpoints,
                newSeeds,
                trainOn,
                stopWhen,
                vary,
                newFrom,
                mixedWith,
                embeddingNoise,
                newPenalty);
    }

    /** What the steps of the training have besides the rows and their answers, in words; empty where that is nothing. */
    public List<String> additions() {
        List<String> additions = new ArrayList<>();
        if (embeddingNoise > 0) {
            additions.add("noise of standard deviation " + embeddingNoise + " on the embedding");
        }
        if (penalty != null) {
            additions.add("a penalty of weight " + penalty.weight() + " along a direction at " + penalty.site());
        }
        return additions;
    }
}
