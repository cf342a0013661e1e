package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.BatchView;
import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.batch.OutputWeights;
import dev.loupe.execute.batch.Reader;
import dev.loupe.execute.batch.Stoppable;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.edit.Directions;
import dev.loupe.execute.edit.EditNumbers;
import dev.loupe.execute.edit.EditedRun;
import dev.loupe.execute.edit.Editing;
import dev.loupe.execute.edit.EmbeddingValues;
import dev.loupe.execute.edit.RankedComponents;
import dev.loupe.execute.keep.KeptParts;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.ForwardResult;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Ops;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Lifetimes;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.RowRange;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.plan.edit.TopRanked;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.rows.RowSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One pass over aligned rows with one model: batch by batch, every forward pass that some reader wants. */
final class RowPass {
    private final int rowsPerBatch;
    private final Supplier<LoadedModel> model;
    private final Function<RowsRef, RowSet> rows;
    private final Map<Integer, StepValue> done;
    private final Progress progress;
    private final StopSignal stop;
    private final RankedComponents ranked;
    private final Meter meter;
    private final Parts parts;
    private final KeptStreams streams;
    private final List<Forward> forwards;
    private final Lifetimes lifetimes;
    private final List<Reader> readers = new ArrayList<>();
    private final Map<Integer, Optional<Site>> exits = new HashMap<>();
    /** Runs that nothing reads but the same cells of another run, just before which they happen. */
    private final Set<Integer> recordings = new LinkedHashSet<>();

    private @Nullable Opened opened;

    /** @param model opened when a batch has to be run: where every shard was finished before, none is */
    RowPass(
            ExecutionPlan plan,
            List<RowReader> steps,
            int rowsPerBatch,
            Supplier<LoadedModel> model,
            Function<RowsRef, RowSet> rows,
            Map<Integer, StepValue> done,
            Progress progress,
            StopSignal stop,
            Meter meter,
            Parts parts,
            KeptStreams streams) {
        this.meter = meter;
        this.streams = streams;
        this.parts = parts;
        this.rowsPerBatch = rowsPerBatch;
        this.model = model;
        this.ranked = new RankedComponents(done);
        this.rows = rows;
        this.done = done;
        this.progress = progress;
        this.stop = stop;
        Set<Forward> needed = new LinkedHashSet<>();
        for (RowReader step : steps) {
            needed.addAll(Schedule.closure(plan, step));
            RowsRef first = Schedule.first(plan, step).rows();
            readers.add(parts.wanted().all() ? Reader.of(step, plan, first.rows()) : Reader.apart(step));
        }
        // Inputs have smaller ids: the plan was checked to be in order.
        this.forwards =
                needed.stream().sorted(Comparator.comparingInt(Forward::id)).toList();
        this.lifetimes = Lifetimes.of(forwards);
        forwards.forEach(forward -> recordings.addAll(RecordedCell.runs(forward.cells())));
        recordings.removeIf(id -> readers.stream().anyMatch(reader -> reader.reads(id)));
    }

    Map<Integer, StepValue> run() {
        RowsRef shape = forwards.get(0).rows();
        List<RowRange> ranges = RowRange.of(shape, rowsPerBatch);
        long cells = forwards.stream().mapToLong(f -> f.cells().size()).sum();
        progress.stage(forwards.get(0).model().label() + ": " + readers.get(0).label(), ranges.size() * cells);
        for (RowRange range : ranges) {
            if (readers.stream().allMatch(Reader::satisfied)) {
                break;
            }
            run(range);
        }
        Map<Integer, StepValue> values = new HashMap<>();
        readers.forEach(reader -> values.put(reader.id(), reader.finish()));
        return values;
    }

    /** Makes the shards that are wanted, and no values. */
    void make() {
        RowRange.of(forwards.get(0).rows(), rowsPerBatch).forEach(this::run);
    }

    /** A model that is in memory, and what it makes of its own embedding. */
    private record Opened(LoadedModel model, TokenModel running, EmbeddingValues made) {
        static Opened of(LoadedModel model) {
            TokenModel running = model.tokens();
            if (running == null) {
                throw new IllegalStateException("this model runs no tokens");
            }
            return new Opened(model, running, new EmbeddingValues(running));
        }
    }

    private Opened opened() {
        Opened before = opened;
        Opened now = before == null ? Opened.of(model.get()) : before;
        opened = now;
        return now;
    }

    private void run(RowRange range) {
        int bucket = range.bucket();
        KeptParts kept = new KeptParts(
                parts,
                readers,
                forwards,
                range,
                open -> streams.ends().serves(open.forward(), open.shard(), open.readers()));
        if (kept.complete()) {
            take(range, kept);
            return;
        }
        try (NDManager scope = opened().model().manager().newSubManager()) {
            Map<Integer, Map<HookPoint, NDArray>> captured = new HashMap<>();
            Map<Integer, NDManager> owners = new HashMap<>();
            for (Forward forward : forwards) {
                if (recordings.contains(forward.id())) {
                    continue;
                }
                RowSet set = rows.apply(forward.rows());
                int[] which = java.util.Arrays.copyOfRange(set.order().get(bucket), range.from(), range.to());
                for (Shard shard : Shard.of(range, forward)) {
                    stop.check();
                    List<Cell> some = shard.of(forward);
                    kept.take(forward, shard, which);
                    List<Reader> open = kept.open(forward, shard);
                    To to = new To(open, shard);
                    boolean ended = !open.isEmpty() && kept.ended(forward, shard);
                    if (ended) {
                        unembed(forward, set, bucket, which, some, scope, to);
                    }
                    if (ended || (open.isEmpty() && !kept.needed(forward))) {
                        progress.advance(RecordedCell.runs(some).stream()
                                .mapToInt(id -> recordings.contains(id) ? some.size() : 0)
                                .sum());
                    } else if (lifetimes.keeps(forward)) {
                        NDManager owner = scope.newSubManager();
                        owners.put(forward.id(), owner);
                        captured.put(forward.id(), batch(forward, set, bucket, which, some, owner, captured, to));
                    } else {
                        try (NDManager own = scope.newSubManager()) {
                            Map<Integer, Map<HookPoint, NDArray>> known =
                                    recorded(some, set, bucket, which, own, captured);
                            batch(forward, set, bucket, which, some, own, known, to);
                        }
                    }
                    progress.advance(some.size());
                }
                for (int over : lifetimes.over(forward)) {
                    captured.remove(over);
                    Optional.ofNullable(owners.remove(over)).ifPresent(NDManager::close);
                }
            }
        }
    }

    /** Every shard was finished before. */
    private void take(RowRange range, KeptParts kept) {
        for (Forward forward : forwards) {
            if (!recordings.contains(forward.id())) {
                int[] order = rows.apply(forward.rows()).order().get(range.bucket());
                int[] which = java.util.Arrays.copyOfRange(order, range.from(), range.to());
                Shard.of(range, forward).forEach(shard -> kept.take(forward, shard, which));
            }
            stop.check();
            progress.advance(forward.cells().size());
        }
    }

    /** Who reads a batch, and which shard it is. */
    private record To(List<Reader> readers, @Nullable Shard shard) {
        static final To NOBODY = new To(List.of(), null);
    }

    /** What is captured so far, and what the same cells record in the runs that these cells write from. */
    private Map<Integer, Map<HookPoint, NDArray>> recorded(
            List<Cell> cells,
            RowSet set,
            int bucket,
            int[] which,
            NDManager scope,
            Map<Integer, Map<HookPoint, NDArray>> captured) {
        Map<Integer, Map<HookPoint, NDArray>> known = captured;
        for (int id : RecordedCell.runs(cells)) {
            Forward recording =
                    forwards.stream().filter(f -> f.id() == id).findFirst().orElseThrow();
            known = new HashMap<>(known);
            List<Cell> same = RecordedCell.recording(recording.cells(), cells);
            known.put(id, batch(recording, set, bucket, which, same, scope, captured, To.NOBODY));
            progress.advance(recordings.contains(id) ? same.size() : 0);
        }
        return known;
    }

    private Map<HookPoint, NDArray> batch(
            Forward forward,
            RowSet set,
            int bucket,
            int[] which,
            List<Cell> cells,
            NDManager scope,
            Map<Integer, Map<HookPoint, NDArray>> captured,
            To to) {
        TokenRows once = TokenArrays.pick(set.rows(), which, 1);
        TokenRows tiled = TokenArrays.pick(set.rows(), which, cells.size());
        TokenModel running = opened().running();
        // What edits need, logits and what readers make of them go at once: later runs of these rows need only what is
        // kept.
        try (NDManager own = scope.newSubManager()) {
            EditNumbers.Rows edited = new EditedRows(once, which, captured, opened().made());
            Editing.Values values = new Editing.Values() {
                @Override
                public NDArray of(EditValue value, HookPoint point) {
                    return value.accept(new EditNumbers(done, edited, point, own));
                }

                @Override
                public NDArray resumed(HookPoint point) {
                    return edited.activation(forward.resumeFrom(), point);
                }

                @Override
                public int[] chosen(TopRanked best, int row, int components) {
                    return ranked.chosen(best, which[row], components);
                }
            };
            NDArray logits;
            int[] ids;
            Editing editing;
            try (NDManager work = own.newSubManager()) {
                RunStarts.Rest rest =
                        streams.starts().rest(forward, to.shard(), to.readers(), lifetimes.keeps(forward), work);
                NDArray stream = rest.stream();
                EditedRun run = new EditedRun(
                        rest.run(),
                        exit(forward, rest.run()),
                        bucket,
                        tiled,
                        point -> stream != null ? stream : edited.activation(forward.resumeFrom(), point),
                        work);
                ids = run.ids();
                ForwardRequest request = run.request();
                Editing edits = new Editing(
                        cells, once, values, new Editing.Wanted(rest.run().captures(), scope), own, meter);
                HookVisitor visitor = streams.starts().keeping(forward, to.shard(), new Stoppable(edits, stop));
                ForwardResult result = meter.of(forward.id(), () -> running.forward(request, visitor, own));
                editing = edits;
                meter.held(forward.id(), editing.held());
                editing.checkFired();
                logits = result.logitsOrNull();
                if (to.shard() != null
                        && streams.ends().keeps(forward)
                        && rest.run().unembeds()) {
                    streams.ends()
                            .keep(
                                    forward,
                                    to.shard(),
                                    Ops.atPositions(result.residual(), request.positions(), 0, work));
                }
            }
            read(forward, tiled, editing.captured(), logits, ids, cells, which, own, to);
            return editing.captured();
        }
    }

    /** Where a run ends: told once, since that takes all of its cells; what is left of a clean run has one. */
    private @Nullable Site exit(Forward forward, Forward rest) {
        return rest == forward
                ? exits.computeIfAbsent(forward.id(), id -> Optional.ofNullable(forward.exit()))
                        .orElse(null)
                : rest.exit();
    }

    /** What a shard's readers make of logits whose run is not made again. */
    private void unembed(
            Forward forward, RowSet set, int bucket, int[] which, List<Cell> cells, NDManager scope, To to) {
        TokenRows tiled = TokenArrays.pick(set.rows(), which, cells.size());
        try (NDManager own = scope.newSubManager()) {
            EditedRun run = new EditedRun(
                    forward,
                    null,
                    bucket,
                    tiled,
                    point -> {
                        throw new IllegalStateException(point.name() + " is not run");
                    },
                    own);
            int[] ids = run.ids();
            NDArray logits = meter.of(
                    forward.id(),
                    () -> streams.ends()
                            .logits(forward, Objects.requireNonNull(to.shard()), ids, opened().running(), own));
            read(forward, tiled, Map.of(), logits, ids, cells, which, own, to);
        }
    }

    private void read(
            Forward forward,
            TokenRows tiled,
            Map<HookPoint, NDArray> activations,
            @Nullable NDArray logits,
            int @Nullable [] ids,
            List<Cell> cells,
            int[] which,
            NDManager own,
            To to) {
        for (Reader reader : to.readers()) {
            Optional<Part> part = meter.of(reader.id(), () -> {
                try (NDManager reading = own.newSubManager()) {
                    return Optional.ofNullable(
                            reader.read(view(forward, tiled, activations, logits, ids, reading), cells, which));
                }
            });
            if (to.shard() != null && part.isPresent()) {
                parts.keep(reader.id(), reader.place(forward.id()), to.shard(), part.get());
            }
        }
    }

    private BatchView view(
            Forward forward,
            TokenRows rowsOfCells,
            Map<HookPoint, NDArray> activations,
            @Nullable NDArray logits,
            int @Nullable [] ids,
            NDManager reading) {
        TokenModel running = opened().running();
        return new BatchView(
                rowsOfCells,
                forward.model().shape(),
                running.causal(),
                new OutputWeights(running, reading),
                rows.apply(forward.rows()).text(),
                activations,
                logits,
                forward.logits().answersOnly(),
                ids,
                (direction, point) -> Directions.axis(Directions.of(direction, point, done)),
                reading);
    }
}
