package dev.loupe.bench;

import dev.loupe.execute.PlanProfiler;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Recheck;
import dev.loupe.progress.StopSignal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Attribution patching with an exact recheck of its largest cells, against the exact sweep of all cells as the optimizer plans
 * it: what a screen saves, and what it finds of what is there.
 *
 * @param rounds how often the screen is measured; a sweep of more than a few hundred cells is run once
 */
record ScreenBench(PlanProfiler bench, int rounds, TrainBench.Watcher watcher, StopSignal stop) {
    /** The cells that are rechecked, and the largest exact ones that are looked for among them. */
    static final int BEST = 10;

    private static final int MANY = 500;

    /** The sweeps that have a screen. */
    static final List<SweepCase> ALL = SweepCase.ALL.stream()
            .filter(c -> c.name().equals("heads") || c.name().equals("heads-positions"))
            .toList();

    static String name(SweepCase sweep) {
        return sweep.name() + "-screen";
    }

    /** Its line below {@code measure:} in a spec. */
    static String measurement(SweepCase sweep) {
        return "  " + name(sweep) + ": {attribution-patching: " + sweep.site() + ", over: [layer, head"
                + (sweep.positions() ? ", pos" : "") + "], read: difference, dataset: " + sweep.rows() + ", recheck: "
                + BEST
                + "}\n";
    }

    ScreenResult run(SweepCase sweep) {
        ExecutionPlan screen = only(name(sweep));
        ExecutionPlan exact = only(sweep.name());
        List<Sample> screened = new ArrayList<>();
        List<Sample> swept = new ArrayList<>();
        double[] values = new double[0];
        double[] estimates = new double[0];
        watcher.comparing(name(sweep), rounds + 1);
        for (int round = 0; round <= rounds; round++) {
            stop.check();
            Sample begun = Sample.now();
            double[] both = numbers(screen, name(sweep));
            Sample took = Sample.now().since(begun);
            estimates = java.util.Arrays.copyOf(both, both.length / Recheck.VALUE.size());
            if (round > 0) {
                screened.add(took);
            }
            if (round == 0 ? estimates.length > MANY : estimates.length <= MANY) {
                begun = Sample.now();
                values = numbers(exact, sweep.name());
                swept.add(Sample.now().since(begun));
            }
            watcher.pair();
        }
        double before = numbers(only(SweepSpec.UNEDITED), SweepSpec.UNEDITED)[0];
        double[] changes = java.util.Arrays.stream(values).map(v -> v - before).toArray();
        Set<Integer> found = new HashSet<>(largest(estimates));
        found.retainAll(largest(changes));
        return new ScreenResult(
                name(sweep), changes.length, screened, screen.flops(), swept, exact.flops(), found.size());
    }

    /** The cells of largest magnitude. */
    static List<Integer> largest(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(values[i])))
                .limit(BEST)
                .toList();
    }

    private double[] numbers(ExecutionPlan plan, String output) {
        StepValue value = Objects.requireNonNull(bench.run(plan).get(output), output);
        return ((StepValue.Table) value).table().estimate().data();
    }

    private ExecutionPlan only(String output) {
        ExecutionPlan whole = bench.plan();
        int id = Objects.requireNonNull(whole.outputs().get(output), output);
        return PlanOptimizer.optimize(new ExecutionPlan(whole.steps(), Map.of(output, id)))
                .plan();
    }
}
