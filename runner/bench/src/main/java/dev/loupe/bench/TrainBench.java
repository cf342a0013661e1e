package dev.loupe.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.card.TransformerArchitecture;
import dev.loupe.progress.StopSignal;
import dev.loupe.train.Keeper;
import dev.loupe.train.TokenTask;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.Trainer;
import dev.loupe.train.TrainingPlan;
import dev.loupe.train.TransformerNetwork;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How fast the trainer is: against a plain loop over the same network, and with several seeds at once against one.
 *
 * @param card an attention-only transformer without norms, trained on rows of tokens
 * @param pairs measured pairs of each comparison
 * @param steps measured steps of each side of a pair; a multiple of 10
 */
public record TrainBench(
        NDManager manager,
        Supplier<GradientCollector> gradients,
        TrainedCard card,
        int pairs,
        int steps,
        Watcher watcher,
        StopSignal stop) {
    private static final int UNMEASURED = 10;
    private static final int SEEDS = 8;
    private static final double BARE_GOAL = 1.10;
    /** At batch 16. At larger ones eight seeds may take as long as one after another. */
    private static final double SEEDS_GOAL = 4.0;

    /** Told what is measured, and after every pair. */
    public interface Watcher {
        /** A comparison of so many pairs begins. */
        void comparing(String name, int pairs);

        void pair();

        /** A comparison is done. */
        default void measured(Ratio ratio) {}
    }

    public TrainBench {
        if (!(card.architecture() instanceof TransformerArchitecture)
                || !(card.recipe().data() instanceof TokenGenerator)) {
            throw new IllegalArgumentException("the benchmark trains a transformer on rows of tokens");
        }
    }

    /** All comparisons, in order. */
    public List<Ratio> run() {
        return List.of(bare(1), bare(0), together(16), together(64), asGrouped(16), asGrouped(64));
    }

    /** One step of our trainer against one of a plain loop, both with gradients clipped or neither. */
    private Ratio bare(double clip) {
        Recipe recipe = card.recipe();
        BareLoop loop = new BareLoop(
                manager,
                gradients,
                new BareAttention(network().config()),
                data(),
                recipe.batch(),
                recipe.lossOn(),
                (float) clip);
        return compare(
                clip > 0 ? "trainer / plain loop, gradients clipped" : "trainer / plain loop, not clipped",
                BARE_GOAL,
                () -> train(new long[] {0}, recipe.batch(), clip),
                () -> loop.run(UNMEASURED, steps));
    }

    /** Eight seeds on the instance axis against one seed. */
    private Ratio together(int batch) {
        return compare(
                String.format(Locale.ROOT, "%d seeds at once / 1 seed, batch %d", SEEDS, batch),
                batch <= 16 ? SEEDS_GOAL : SEEDS,
                () -> train(seeds(0, SEEDS), batch, 1),
                () -> train(seeds(0, 1), batch, 1));
    }

    /** Eight seeds in the groups that {@code loupe train} makes against one after another. */
    private Ratio asGrouped(int batch) {
        Recipe recipe = card.recipe().withBatch(batch);
        int size = Math.min(SEEDS, TrainedModels.together("bench", card.withRecipe(recipe)));
        return compare(
                String.format(
                        Locale.ROOT, "%d seeds in groups of %d / one after another, batch %d", SEEDS, size, batch),
                1,
                () -> inGroups(size, batch),
                () -> inGroups(1, batch));
    }

    private Sample inGroups(int size, int batch) {
        Sample sum = new Sample(0, 0);
        for (int at = 0; at < SEEDS; at += size) {
            sum = sum.plus(train(seeds(at, Math.min(SEEDS, at + size)), batch, 1));
        }
        return sum;
    }

    private Ratio compare(String name, double goal, Supplier<Sample> ours, Supplier<Sample> theirs) {
        watcher.comparing(name, pairs + 1);
        Ratio ratio = Ratio.measure(name, pairs, goal, () -> perStep(ours), () -> perStep(theirs), watcher::pair);
        watcher.measured(ratio);
        return ratio;
    }

    private Sample perStep(Supplier<Sample> side) {
        stop.check();
        return side.get().times(1.0 / steps);
    }

    private Sample train(long[] seeds, int batch, double clip) {
        Recipe recipe = card.recipe();
        String lossOn = recipe.lossOn().equals("all") ? null : recipe.lossOn();
        TokenTask task = new TokenTask(network(), data(), seeds, batch, lossOn);
        TrainingPlan plan = new TrainingPlan(
                UNMEASURED + steps,
                recipe.optimizer(),
                recipe.schedule(),
                clip,
                CheckpointSchedule.LAST_ONLY,
                Long.MAX_VALUE);
        Stopwatch stopwatch = new Stopwatch(UNMEASURED, plan.steps());
        new Trainer(manager, gradients).run(task, plan, Keeper.NONE, stopwatch, stop);
        return stopwatch.taken();
    }

    private TransformerNetwork network() {
        return new TransformerNetwork(((TransformerArchitecture) Objects.requireNonNull(card.architecture())).config());
    }

    private TokenGenerator data() {
        return (TokenGenerator) card.recipe().data();
    }

    private static long[] seeds(int from, int to) {
        return IntStream.range(from, to).asLongStream().toArray();
    }
}
