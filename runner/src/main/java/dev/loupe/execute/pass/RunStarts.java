package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.execute.batch.Reader;
import dev.loupe.execute.keep.Room;
import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.keep.StepKeys;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.Resumption;
import dev.loupe.plan.ask.RowRange;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.tensors.Sha256;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The residual streams that blocks of a clean run begin with, or their MLPs where nothing before these is read, kept where the
 * run is read for values that are not kept themselves, such as the activations of a layer's neurons: another neuron of the same rows then runs the blocks from the
 * nearest stream before it and no other. Streams are kept in batches as they were run, so that the bits are those of a run
 * that began with the tokens.
 */
public final class RunStarts {
    private final StreamStore streams;
    private final Map<Integer, Start> starts;

    /**
     * What a run's streams are kept under, and in batches of how many rows.
     *
     * @param entry where in a block its stream is kept
     * @param last the last block that is read
     * @param layers the blocks whose streams are kept
     */
    private record Start(Forward run, Site entry, String name, int rowsPerBatch, int last, TreeSet<Integer> layers) {
        String of(int layer, Shard shard) {
            return name + "." + layer + "." + shard.name();
        }
    }

    /**
     * What is left to make of a shard.
     *
     * @param run the run from where it begins to where its readers end
     * @param stream [row, pos, d_model], the residual stream that it begins with; null for its tokens
     */
    record Rest(Forward run, @Nullable NDArray stream) {}

    private RunStarts(StreamStore streams, Map<Integer, Start> starts) {
        this.streams = streams;
        this.starts = starts;
    }

    /** Keeps nothing and knows nothing. */
    static RunStarts none() {
        return new RunStarts(StreamStore.none(), Map.of());
    }

    /**
     * The streams of the clean runs of a plan that the store has room for.
     *
     * @param room what is left of the store's own
     */
    public static RunStarts of(ExecutionPlan plan, ValueStore store, Room room) {
        Map<Integer, String> blocks = StepKeys.blocks(plan);
        Map<Integer, Start> starts = new LinkedHashMap<>();
        Room left = room.forStarts();
        for (Schedule.Group group : Schedule.of(plan)) {
            if (!group.pass()) {
                continue;
            }
            int rows = Schedule.rowsPerBatch(plan, group.steps());
            Map<Integer, Set<HookPoint>> read = new LinkedHashMap<>();
            group.steps().forEach(step -> unkept(plan, (RowReader) step, read));
            for (Map.Entry<Integer, Set<HookPoint>> of : read.entrySet()) {
                Forward run = plan.forward(of.getKey());
                int last =
                        of.getValue().stream().mapToInt(HookPoint::layer).max().orElse(0);
                TreeSet<Integer> layers = last > 0 ? layers(run, last, left) : new TreeSet<>();
                if (!layers.isEmpty()) {
                    left = left.without(layers.size() * bytes(run));
                    Site entry = entry(run, of.getValue());
                    String name = Sha256.of(blocks.get(run.id()) + "-" + rows + "-" + entry.canonical());
                    starts.put(run.id(), new Start(run, entry, "start-" + name, rows, last, layers));
                }
            }
        }
        return new RunStarts(new StreamStore(store), starts);
    }

    /** What a step reads in the blocks of clean runs, where the value that it gives is not kept. */
    private static void unkept(ExecutionPlan plan, RowReader step, Map<Integer, Set<HookPoint>> read) {
        if (Reader.givesParts(step)) {
            return;
        }
        for (int id : step.forwards()) {
            Forward run = plan.forward(id);
            if (plain(run)) {
                step.reading().captures(run.model().shape()).stream()
                        .filter(point -> !point.afterBlocks())
                        .forEach(point ->
                                read.computeIfAbsent(id, i -> new HashSet<>()).add(point));
            }
        }
    }

    /** Where a block can be taken up that is read at these points and at none before: between attention and MLP, or before both. */
    private static Site entry(Forward run, Collection<HookPoint> points) {
        return points.stream()
                        .allMatch(point ->
                                Resumption.before(point.site(), run.model().shape()) == Site.RESID_MID)
                ? Site.RESID_MID
                : Site.RESID_PRE;
    }

    /** Whether it is a clean run of whole rows from their tokens. */
    private static boolean plain(Forward run) {
        return run.clean()
                && run.resumeFrom() < 0
                && run.startLayer() == 0
                && run.span().from().isEmpty();
    }

    /**
     * The stream before the last block that is read, and those before others that the run passes, at equal distances and as
     * many as there is room for, each worth keeping.
     */
    private static TreeSet<Integer> layers(Forward run, int last, Room room) {
        TreeSet<Integer> layers = new TreeSet<>();
        long bytes = bytes(run);
        long block = run.flopsBefore(1);
        if (!room.has(bytes, last * block)) {
            return layers;
        }
        layers.add(last);
        int gap = 1;
        while (!room.has(bytes, gap * block) && gap < last) {
            gap++;
        }
        int end = run.stopLayer() - 1;
        while (room.bytes() / bytes < 1 + (last - 1) / gap + (end - last) / gap) {
            gap++;
        }
        for (int layer = last - gap; layer > 0; layer -= gap) {
            layers.add(layer);
        }
        for (int layer = last + gap; layer <= end; layer += gap) {
            layers.add(layer);
        }
        return layers;
    }

    /** Float32 of every row and position. */
    private static long bytes(Forward run) {
        long positions = 0;
        for (RowsRef.Bucket bucket : run.rows().buckets()) {
            positions += (long) bucket.rows() * bucket.length();
        }
        return 4 * positions * run.model().shape().dModel();
    }

    /** The runs that can begin at the last block that is read of them: its stream is there for all of their rows. */
    public List<Integer> known() {
        return starts.values().stream()
                .filter(start -> RowRange.of(start.run().rows(), start.rowsPerBatch()).stream()
                        .allMatch(range -> streams.has(start.of(start.last(), Shard.of(range)))))
                .map(start -> start.run().id())
                .toList();
    }

    /** About how many bytes they take. */
    public long bytes() {
        return starts.values().stream()
                .mapToLong(start -> start.layers().size() * bytes(start.run()))
                .sum();
    }

    /**
     * What has to be made of a shard.
     *
     * @param open the readers that do not know it yet
     * @param kept whether other runs read what this one keeps
     * @param manager owns the stream
     */
    Rest rest(Forward run, @Nullable Shard shard, List<Reader> open, boolean kept, NDManager manager) {
        if (shard == null || !plain(run)) {
            return new Rest(run, null);
        }
        Forward needed = kept ? run : needed(run, open);
        int first = needed.firstCapture();
        List<HookPoint> read = needed.captures().stream()
                .filter(point -> !point.afterBlocks() && point.layer() == first)
                .toList();
        return begun(needed, shard, first, entry(run, read), manager);
    }

    /** A run as its open readers need it: what else it would keep and compute is for those whose values are known. */
    private static Forward needed(Forward run, List<Reader> open) {
        Set<HookPoint> read = new HashSet<>();
        open.forEach(reader -> read.addAll(reader.captures(run.model().shape())));
        List<HookPoint> captures =
                run.captures().stream().filter(read::contains).toList();
        boolean logits = open.stream().anyMatch(Reader::logits);
        if (logits || captures.stream().anyMatch(HookPoint::afterBlocks)) {
            return run.with(captures, logits ? run.logits() : LogitsRead.NONE, run.stopLayer());
        }
        int stop = captures.stream().mapToInt(HookPoint::layer).max().orElse(-1) + 1;
        return run.with(captures, LogitsRead.NONE, Math.min(stop, run.stopLayer()));
    }

    /**
     * From the last kept stream before a place, or from the tokens.
     *
     * @param block the block of the place
     * @param at where in it, as {@link #entry} says
     */
    Rest begun(Forward run, Shard shard, int block, Site at, NDManager manager) {
        Start start = starts.get(run.id());
        if (start != null) {
            boolean own = start.entry().compareTo(at) <= 0;
            for (int layer : start.layers().headSet(block, own).descendingSet()) {
                NDArray stream = streams.find(start.of(layer, shard), manager);
                if (stream != null) {
                    return new Rest(run.resuming(run.id(), layer, start.entry()), stream);
                }
            }
        }
        return new Rest(run, null);
    }

    /** A visitor that keeps the streams that are not there yet beside what another one does. */
    HookVisitor keeping(Forward run, @Nullable Shard shard, HookVisitor visitor) {
        Start start = starts.get(run.id());
        if (start == null || shard == null) {
            return visitor;
        }
        TreeSet<Integer> missing = new TreeSet<>(start.layers());
        missing.removeIf(layer -> streams.has(start.of(layer, shard)));
        return missing.isEmpty() ? visitor : new Keeping(start, shard, missing, visitor);
    }

    private final class Keeping implements HookVisitor {
        private final Start start;
        private final Shard shard;
        private final TreeSet<Integer> missing;
        private final HookVisitor visitor;

        Keeping(Start start, Shard shard, TreeSet<Integer> missing, HookVisitor visitor) {
            this.start = start;
            this.shard = shard;
            this.missing = missing;
            this.visitor = visitor;
        }

        @Override
        public boolean wants(HookPoint point) {
            return keeps(point) || visitor.wants(point);
        }

        private boolean keeps(HookPoint point) {
            return point.site() == start.entry() && missing.contains(point.layer());
        }

        @Override
        public NDArray visit(HookPoint point, NDArray value) {
            if (keeps(point)) {
                streams.keep(start.of(point.layer(), shard), value);
            }
            return visitor.wants(point) ? visitor.visit(point, value) : value;
        }

        @Override
        public void replaced(HookPoint point, NDArray value) {
            visitor.replaced(point, value);
        }

        @Override
        public void worked(int layer, long flops, long elements) {
            visitor.worked(layer, flops, elements);
        }
    }
}
