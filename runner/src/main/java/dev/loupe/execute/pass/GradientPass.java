package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.AskedPositions;
import dev.loupe.execute.batch.BatchView;
import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.batch.MeteredHookVisitor;
import dev.loupe.execute.batch.OutputWeights;
import dev.loupe.execute.batch.Stoppable;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.edit.GradientLeaves;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.GradientBatch;
import dev.loupe.metric.GradientReading;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Differentiable;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.model.config.AttentionDirection;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Transformer;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowRange;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs a {@link Differentiate}: batch by batch both runs and the backward pass. */
final class GradientPass {
    private static final HookPoint EMBED = HookPoint.of(Site.EMBED);

    private final Differentiate step;
    private final GradientReading reading;
    private final Supplier<LoadedModel> opened;
    private final RowSet source;
    private final RowSet edited;
    private final Progress progress;
    private final StopSignal stop;
    private final Meter meter;
    private final Parts parts;

    GradientPass(
            Differentiate step,
            GradientReading reading,
            Supplier<LoadedModel> opened,
            Function<RowsRef, RowSet> rows,
            Progress progress,
            StopSignal stop,
            Meter meter,
            Parts parts) {
        this.meter = meter;
        this.parts = parts;
        this.step = step;
        this.reading = reading;
        this.opened = opened;
        this.source = rows.apply(step.source());
        this.edited = rows.apply(step.edited());
        this.progress = progress;
        this.stop = stop;
    }

    RowTable run() {
        ModelShape shape = step.model().shape();
        int width = NamedArray.sizeOf(reading.axes(shape));
        int rows = step.edited().rows();
        double[] numerator = new double[Math.multiplyExact(rows, width)];
        double[] denominator = new double[numerator.length];
        progress.stage(step.describe(), rows);
        for (RowRange range : RowRange.of(step.edited(), step.rowsPerBatch())) {
            stop.check();
            int[] which = rows(edited, range);
            Part values = part(range, which);
            for (int r = 0; r < which.length; r++) {
                System.arraycopy(values.numbers().get(0), r * width, numerator, which[r] * width, width);
                System.arraycopy(values.numbers().get(1), r * width, denominator, which[r] * width, width);
            }
            progress.advance(which.length);
        }
        return new RowTable(reading.axes(shape), rows, numerator, denominator);
    }

    private static int[] rows(RowSet set, RowRange range) {
        return Arrays.copyOfRange(set.order().get(range.bucket()), range.from(), range.to());
    }

    /** Sums and counts of some rows. */
    private Part part(RowRange range, int[] which) {
        Part kept = parts.find(step.id(), 0, Shard.of(range));
        if (kept != null) {
            return kept;
        }
        RowValues values = batch(which, rows(source, range));
        Part part = new Part(List.of(values.numerator(), values.denominator()));
        parts.keep(step.id(), 0, Shard.of(range), part);
        return part;
    }

    /** Makes the shards that are wanted, and no value. */
    void make() {
        for (RowRange range : RowRange.of(step.edited(), step.rowsPerBatch())) {
            stop.check();
            if (parts.wanted().has(step.id(), Shard.of(range))) {
                var unused = part(range, rows(edited, range));
            }
        }
    }

    private Transformer transformer() {
        return Objects.requireNonNull(opened.get().transformer(), "this model runs no tokens");
    }

    private RowValues batch(int[] which, int[] other) {
        ModelShape shape = step.model().shape();
        List<HookPoint> kept = new ArrayList<>(reading.outputs(shape));
        if (!kept.contains(EMBED)) {
            kept.add(EMBED);
        }
        try (NDManager scope = opened.get().manager().newSubManager()) {
            Captures written = new Captures(kept, scope);
            forward(TokenArrays.pick(source.rows(), other, 1), written, scope);
            TokenRows rows = TokenArrays.pick(edited.rows(), which, 1);
            Captures own = new Captures(kept, scope);
            Backward backward;
            if (reading.steps() == 1) {
                backward = backward(rows, own, 1, written, scope);
            } else {
                forward(rows, own, scope);
                backward = path(rows, own, written, scope);
            }
            return reading.read(new View(rows, which, own, written, backward, shape, scope));
        }
    }

    private void forward(TokenRows rows, Captures captures, NDManager scope) {
        try (NDManager work = scope.newSubManager()) {
            ForwardRequest pass = ForwardRequest.of(TokenArrays.array(rows.tokens(), work));
            boolean blocksOnly = reading.outputs(step.model().shape()).stream().noneMatch(HookPoint::afterBlocks);
            transformer()
                    .forward(
                            blocksOnly ? pass.withoutLogits() : pass,
                            new Stoppable(new MeteredHookVisitor(captures, meter), stop),
                            work);
        }
    }

    /** Mean gradients at steps of equal length from the source's embedding to the edited run's own. */
    private Backward path(TokenRows rows, Captures own, Captures written, NDManager scope) {
        Map<HookPoint, NDArray> mean = new HashMap<>();
        double[] counts = new double[0];
        for (int k = 1; k <= reading.steps(); k++) {
            stop.check();
            try (NDManager one = scope.newSubManager()) {
                Backward part = backward(rows, own, (double) k / reading.steps(), written, one);
                counts = part.counts();
                for (Map.Entry<HookPoint, NDArray> entry : part.gradients().entrySet()) {
                    NDArray before = mean.get(entry.getKey());
                    NDArray share = entry.getValue().div(reading.steps());
                    NDArray sum = before == null ? share : before.add(share);
                    sum.attach(scope);
                    if (before != null) {
                        before.close();
                    }
                    mean.put(entry.getKey(), sum);
                }
            }
        }
        return new Backward(mean, counts);
    }

    private record Backward(Map<HookPoint, NDArray> gradients, double[] counts) {}

    /** @param share of the way from the source's embedding to the edited run's own; 1 leaves that alone and keeps its run */
    private Backward backward(TokenRows rows, Captures own, double share, Captures written, NDManager scope) {
        NDArray start = null;
        if (share < 1) {
            NDArray from = written.get(EMBED);
            start = from.add(own.get(EMBED).sub(from).mul(share));
            start.attach(scope);
        }
        ModelShape shape = step.model().shape();
        GradientLeaves leaves =
                new GradientLeaves(reading.inputs(shape), reading.steps() == 1 ? own : null, start, scope);
        Metric metric = reading.metric();
        Transformer transformer = transformer();
        try (GradientCollector collector = Backend.gradients(scope).get()) {
            ForwardRequest all = ForwardRequest.of(TokenArrays.array(rows.tokens(), scope));
            String asked = step.answersOnly() ? metric.logits().at() : "";
            ForwardRequest pass = asked.isEmpty()
                    ? all
                    : all.at(AskedPositions.of(rows, asked).padded(0));
            MeteredHookVisitor counted = new MeteredHookVisitor(leaves, meter);
            NDArray logits = transformer
                    .forward(pass, new Stoppable(counted, stop), scope)
                    .logits();
            boolean causal = transformer.config().attentionDir() == AttentionDirection.CAUSAL;
            Batch view = new BatchView(
                    rows,
                    shape,
                    causal,
                    new OutputWeights(transformer, scope),
                    edited.text(),
                    Map.of(),
                    logits,
                    step.answersOnly(),
                    null,
                    BatchView::noDirections,
                    scope);
            NDArray total = ((Differentiable) metric).total(view);
            collector.backward(total);
            counted.wentBack();
            return new Backward(leaves.gradients(), metric.read(view).denominator());
        }
    }

    private record View(
            TokenRows rows,
            int[] which,
            Captures own,
            Captures written,
            Backward backward,
            ModelShape shape,
            NDManager manager)
            implements GradientBatch {
        @Override
        public NDArray difference(HookPoint point) {
            return written.get(point).sub(own.get(point));
        }

        @Override
        public NDArray gradient(HookPoint point) {
            NDArray found = backward.gradients().get(point);
            if (found == null) {
                throw new IllegalStateException("no gradient was taken at " + point);
            }
            return found;
        }

        @Override
        public double[] counts() {
            return backward.counts();
        }
    }
}
