package dev.loupe.model.card;

import dev.loupe.dataset.Dataset;
import dev.loupe.model.optimizer.Optimizer;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.util.List;

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
        Vary vary) {
    /** Where the rows of a step come from. */
    public enum TrainingSet {
        @Doc("New rows for every step, drawn from the seed of the model.")
        FRESH,
        @Doc("Every row of a dataset that enumerates its rows: `batch` of them in a step, in an order that is shuffled "
                + "again when all were used, or all in every step.")
        FIXED
    }

    public Recipe {
        seeds = List.copyOf(seeds);
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

    /** The same on other data. */
    Recipe withData(Dataset other) {
        return new Recipe(
                other,
                batch,
                steps,
                optimizer,
                schedule,
                clip,
                lossOn,
                instances,
                checkpoints,
                seeds,
                trainOn,
                stopWhen,
                vary);
    }

    /** The same with so many rows of each step. */
    public Recipe withBatch(int rows) {
        return new Recipe(
                data,
                rows,
                steps,
                optimizer,
                schedule,
                clip,
                lossOn,
                instances,
                checkpoints,
                seeds,
                trainOn,
                stopWhen,
                vary);
    }

    /** The same for one seed, with no checkpoint but the last: what decides on the weights. */
    Recipe weightsOnly(long seed) {
        return new Recipe(
                data,
                batch,
                steps,
                optimizer,
                schedule,
                clip,
                lossOn,
                instances,
                CheckpointSchedule.LAST_ONLY,
                List.of(seed),
                trainOn,
                stopWhen,
                vary);
    }
}
