package dev.loupe.bench;

import dev.loupe.execute.PlanProfiler;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.progress.StopSignal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sweep that we and the other libraries run in turn, all of its cells each. Only of a sweep over positions, which would take
 * them the better part of an hour, they run the heads of one layer at the last position, and that time is told for all cells.
 *
 * @param peer the other libraries; null for none
 * @param before run ahead of every run of ours
 */
record SweepRounds(
        PlanProfiler bench,
        @Nullable SweepPeer peer,
        SweepModel model,
        SweepSpec spec,
        int rounds,
        Runnable before,
        Runnable each,
        StopSignal stop) {
    private static final String OURS = "ours";

    /** The largest difference of a cell's value that is rounding. */
    private static final double TOLERANCE = 5e-5;

    SweepResult run(SweepCase sweep, ExecutionPlan plan, long bytes) {
        double scale = sweep.scale(model.layers());
        double[] values = ours(sweep, plan);
        double[] off = {Double.NaN};
        Map<String, Supplier<Sample>> sides = new LinkedHashMap<>();
        sides.put(OURS, () -> {
            before.run();
            Sample begun = Sample.now();
            ours(sweep, plan);
            return Sample.now().since(begun).times(scale);
        });
        for (String name : peer == null ? List.<String>of() : peer.present(SweepPeer.of(sweep))) {
            sides.put(name, () -> theirs(Objects.requireNonNull(peer), name, sweep, values, off));
        }
        Map<String, List<Sample>> samples = new Turns(0, rounds, each, stop).measure(sides);
        List<Sample> own = Objects.requireNonNull(samples.remove(OURS));
        double floor = new SweepFloor(model, spec.rows(), spec.length()).flops(sweep, spec.from(sweep.rows()));
        return new SweepResult(sweep.name(), own, plan.flops() * scale, bytes, floor, samples, off[0]);
    }

    /** The mean of each cell. */
    private double[] ours(SweepCase sweep, ExecutionPlan plan) {
        StepValue value = Objects.requireNonNull(bench.run(plan).get(sweep.name()));
        return ((StepValue.Table) value).table().estimate().data();
    }

    private Sample theirs(SweepPeer peer, String name, SweepCase sweep, double[] values, double[] off) {
        List<Integer> layers = sweep.layers(model.layers());
        if (sweep.positions()) {
            layers = layers.subList(0, 1);
        }
        Sample sum = new Sample(0, 0);
        for (int layer : layers) {
            stop.check();
            SweepPeer.Cells cells = peer.cells(name, sweep, layer, model.heads(), spec.length());
            sum = sum.plus(cells.sample());
            for (int head = 0; head < cells.values().length; head++) {
                int at = layer * model.heads() + head;
                double own = values[sweep.positions() ? (at + 1) * spec.length() - 1 : at];
                double apart = Math.abs(cells.values()[head] - own);
                if (!(apart <= TOLERANCE)) {
                    throw new EnvironmentException(String.format(
                            Locale.ROOT,
                            "%s computes different values than Loupe, so its time cannot be compared: %s, layer %d, "
                                    + "head %d:"
                                    + " %.6f, ours %.6f",
                            name,
                            sweep.name(),
                            layer,
                            head,
                            cells.values()[head],
                            own));
                }
                off[0] = Double.isNaN(off[0]) ? apart : Math.max(off[0], apart);
            }
        }
        double cells = sweep.positions() ? model.layers() * spec.length() : (double) model.layers() / layers.size();
        return sum.times(cells);
    }
}
