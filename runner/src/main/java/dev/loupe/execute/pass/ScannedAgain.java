package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.neurons.ScanBatches;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.RowRange;
import dev.loupe.resolve.rows.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The batches of a scan again, from the streams that were kept of it where there are any. Where the scan makes logits
 * everywhere it passed all blocks, and so does a batch that is run again; otherwise it ends where its readers did.
 */
final class ScannedAgain implements ScanBatches {
    private final Forward run;
    private final RowSet rows;
    private final LoadedModel model;
    private final KeptStreams streams;
    private final int rowsPerBatch;

    /** @param scan the step that scanned the rows */
    ScannedAgain(ExecutionPlan plan, RowReader scan, RowSet rows, LoadedModel model, KeptStreams streams) {
        this.run = Schedule.first(plan, scan);
        this.rows = rows;
        this.model = model;
        this.streams = streams;
        this.rowsPerBatch = Schedule.of(plan).stream()
                .filter(group -> group.steps().contains(scan))
                .mapToInt(group -> Schedule.rowsPerBatch(plan, group.steps()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<Batch> having(Set<Integer> wanted) {
        List<Batch> batches = new ArrayList<>();
        for (RowRange range : RowRange.of(run.rows(), rowsPerBatch)) {
            int[] batch = Arrays.copyOfRange(rows.order().get(range.bucket()), range.from(), range.to());
            if (Arrays.stream(batch).anyMatch(wanted::contains)) {
                batches.add(new Batch(range, batch));
            }
        }
        return batches;
    }

    @Override
    public Passed run(Batch batch, int[] some, int first, int last, HookVisitor visitor, NDManager manager) {
        TokenModel running = Objects.requireNonNull(model.tokens());
        int layers = run.model().shape().layers();
        try (NDManager work = manager.newSubManager()) {
            ForwardRequest whole = from(batch, first, running, work);
            int next = Math.min(last + 1, layers);
            NDArray stream = whole.residual();
            ForwardRequest request =
                    stream == null ? tokens(some, work) : ForwardRequest.resume(rows(stream, batch, some), first);
            NDArray passed = running.forward(ended(request, next, layers), visitor, manager)
                    .residual();
            return passesAll() ? end(batch, some, () -> whole, manager, work) : new Passed(passed, next);
        }
    }

    @Override
    public Passed passed(Batch batch, int[] some, int before, NDManager manager) {
        int begin = Math.max(1, before);
        try (NDManager work = manager.newSubManager()) {
            Supplier<ForwardRequest> whole = () -> from(batch, begin, Objects.requireNonNull(model.tokens()), work);
            return passesAll()
                    ? end(batch, some, whole, manager, work)
                    : new Passed(own(Objects.requireNonNull(whole.get().residual()), batch, some, manager), begin);
        }
    }

    /** Whether the scan passed all blocks, since it made logits everywhere. */
    private boolean passesAll() {
        return run.logits().wanted() && !run.logits().answersOnly();
    }

    /**
     * Where the scan ended.
     *
     * @param whole the batch from where it can be run again, asked for where its end is not kept
     */
    private Passed end(Batch batch, int[] some, Supplier<ForwardRequest> whole, NDManager manager, NDManager work) {
        NDArray end = streams.ends().residual(run, Shard.of(batch.range()), work);
        if (end == null) {
            end = Objects.requireNonNull(model.tokens())
                    .forward(whole.get().withoutLogits(), HookVisitor.none(), work)
                    .residual();
        }
        return new Passed(own(end, batch, some, manager), run.model().shape().layers());
    }

    private static NDArray own(NDArray all, Batch batch, int[] some, NDManager manager) {
        NDArray own = rows(all, batch, some);
        own.attach(manager);
        return own;
    }

    /**
     * A batch before a block. All of its rows are run as far as that, as the scan ran them, whatever was kept: products of other
     * sizes may end in other bits.
     */
    private ForwardRequest from(Batch batch, int first, TokenModel running, NDManager work) {
        RunStarts.Rest rest = streams.starts().begun(run, Shard.of(batch.range()), first, Site.RESID_PRE, work);
        NDArray stream = rest.stream();
        int begins = stream == null ? 0 : rest.run().startLayer();
        ForwardRequest request = stream == null
                ? tokens(batch.rows(), work)
                : ForwardRequest.resume(stream, begins, rest.run().entry());
        return begins == first
                ? request
                : ForwardRequest.resume(
                        running.forward(request.stopBefore(first), HookVisitor.none(), work)
                                .residual(),
                        first);
    }

    private ForwardRequest tokens(int[] some, NDManager work) {
        return ForwardRequest.of(model.onDevice(
                TokenArrays.array(TokenArrays.pick(rows.rows(), some, 1).tokens(), work)));
    }

    private static ForwardRequest ended(ForwardRequest request, int next, int layers) {
        return next == layers ? request.withoutLogits() : request.stopBefore(next);
    }

    /** Some rows of what is kept of a batch. */
    private static NDArray rows(NDArray kept, Batch batch, int[] some) {
        if (some.length == batch.rows().length) {
            return kept;
        }
        Set<Integer> wanted = Arrays.stream(some).boxed().collect(Collectors.toSet());
        long[] places = IntStream.range(0, batch.rows().length)
                .filter(i -> wanted.contains(batch.rows()[i]))
                .asLongStream()
                .toArray();
        return kept.get(kept.getManager().create(places));
    }
}
