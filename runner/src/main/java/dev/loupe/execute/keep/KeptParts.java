package dev.loupe.execute.keep;

import dev.loupe.execute.batch.Reader;
import dev.loupe.metric.reading.Part;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.RowRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which shards of some rows of a pass were finished before, and which runs the others still need. */
public final class KeptParts {
    private final List<Reader> readers;
    private final Map<Place, Part> found = new HashMap<>();
    /** Runs whose activations an unfinished shard of another run writes or begins with. */
    private final Set<Integer> needed = new HashSet<>();
    /** Shards whose readers get what they read without a run, by run. */
    private final Map<Integer, Set<Shard>> ended = new HashMap<>();

    private final Parts parts;
    private boolean complete = true;

    private record Place(Reader reader, int forward, Shard shard) {}

    /** A shard that some readers do not know yet. */
    public record Open(Forward forward, Shard shard, List<Reader> readers) {}

    /** @param without whether readers get what they read without its run, and without those that it needs */
    public KeptParts(
            Parts parts, List<Reader> readers, List<Forward> forwards, RowRange range, Predicate<Open> without) {
        this.readers = readers;
        this.parts = parts;
        for (int f = forwards.size() - 1; f >= 0; f--) {
            Forward forward = forwards.get(f);
            boolean open = needed.contains(forward.id());
            for (Shard shard : Shard.of(range, forward)) {
                readers.stream()
                        .filter(reader -> reader.reads(forward.id()))
                        .forEach(reader -> find(parts, reader, forward, shard));
                List<Reader> unread = open(forward, shard);
                complete &= unread.isEmpty();
                if (!unread.isEmpty() && without.test(new Open(forward, shard, unread))) {
                    ended.computeIfAbsent(forward.id(), any -> new HashSet<>()).add(shard);
                } else {
                    open |= !unread.isEmpty();
                }
            }
            if (open) {
                needed.addAll(forward.inputs());
            }
        }
    }

    private void find(Parts parts, Reader reader, Forward forward, Shard shard) {
        @Nullable Part part = parts.find(reader.id(), reader.place(forward.id()), shard);
        if (part != null) {
            found.put(new Place(reader, forward.id(), shard), part);
        }
    }

    /** Whether every reader knows every shard. */
    public boolean complete() {
        return complete;
    }

    /** Whether a run is needed whatever its own readers know. */
    public boolean needed(Forward forward) {
        return needed.contains(forward.id());
    }

    /** Whether a shard is neither known to all of its readers nor has to be run. */
    public boolean ended(Forward forward, Shard shard) {
        return !needed(forward) && ended.getOrDefault(forward.id(), Set.of()).contains(shard);
    }

    /** The readers of a shard that do not know yet what it gives. */
    public List<Reader> open(Forward forward, Shard shard) {
        if (!parts.wanted().has(forward.id(), shard)) {
            return List.of();
        }
        return readers.stream()
                .filter(reader -> reader.reads(forward.id())
                        && !reader.satisfied()
                        && !found.containsKey(new Place(reader, forward.id(), shard)))
                .toList();
    }

    /** Gives each reader what is known of a shard. */
    public void take(Forward forward, Shard shard, int[] which) {
        for (Reader reader : readers) {
            Part part = found.get(new Place(reader, forward.id(), shard));
            if (part != null) {
                reader.take(part, shard.of(forward), which);
            }
        }
    }
}
