package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.neurons.ScanBatches;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
        Shard shard = Shard.of(batch.range());
        TokenModel running = Objects.requireNonNull(model.tokens());
        int layers = run.model().shape().layers();
        boolean whole = run.logits().wanted() && !run.logits().answersOnly();
        try (NDManager work = manager.newSubManager()) {
            RunStarts.Rest rest = streams.starts().begun(run, shard, first, work);
            NDArray stream = rows(rest.stream(), batch, some);
            ForwardRequest request = stream == null
                    ? ForwardRequest.of(model.onDevice(TokenArrays.array(
                            TokenArrays.pick(rows.rows(), some, 1).tokens(), work)))
                    : ForwardRequest.resume(stream, rest.run().startLayer());
            NDArray end = whole ? rows(streams.ends().residual(run, shard, manager), batch, some) : null;
            int next = whole && end == null ? layers : Math.min(last + 1, layers);
            NDArray passed = running.forward(
                            next == layers ? request.withoutLogits() : request.stopBefore(next), visitor, manager)
                    .residual();
            return end == null ? new Passed(passed, next) : new Passed(end, layers);
        }
    }

    /** Some rows of what is kept of a batch. */
    private static @Nullable NDArray rows(@Nullable NDArray kept, Batch batch, int[] some) {
        if (kept == null || some.length == batch.rows().length) {
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
