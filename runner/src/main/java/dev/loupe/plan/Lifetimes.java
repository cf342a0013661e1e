package dev.loupe.plan;

import dev.loupe.plan.edit.RecordedCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How long runs on the same rows keep their activations for each other: until the last run that writes them or begins with
 * them is over. What a swept run records for the same cells of another is kept for one batch of cells and counts as read by
 * that other run, and so does whatever the recording itself reads.
 */
public final class Lifetimes {
    private final Map<Integer, Integer> last;

    private Lifetimes(Map<Integer, Integer> last) {
        this.last = last;
    }

    /** @param ordered runs in the order in which they are made */
    public static Lifetimes of(List<Forward> ordered) {
        Map<Integer, Forward> byId = new HashMap<>();
        ordered.forEach(forward -> byId.put(forward.id(), forward));
        Map<Integer, Integer> last = new HashMap<>();
        for (Forward forward : ordered) {
            for (int read : read(forward, byId)) {
                last.put(read, forward.id());
            }
        }
        return new Lifetimes(last);
    }

    public static Lifetimes of(ExecutionPlan plan) {
        return of(plan.steps().stream()
                .filter(Forward.class::isInstance)
                .map(Forward.class::cast)
                .toList());
    }

    private static Set<Integer> read(Forward forward, Map<Integer, Forward> byId) {
        Set<Integer> all = new LinkedHashSet<>();
        for (int id : forward.inputs()) {
            if (byId.containsKey(id)) {
                all.add(id);
            }
        }
        for (int id : RecordedCell.runs(forward.cells())) {
            all.addAll(read(Objects.requireNonNull(byId.get(id)), byId));
        }
        return all;
    }

    /** Whether a run keeps its activations for others; a swept run, whose cells differ, does not. */
    public boolean keeps(Forward forward) {
        return forward.cells().size() == 1 && last.containsKey(forward.id());
    }

    /** The last run that reads what this one keeps; its own id if there is none. */
    public int last(Forward forward) {
        return last.getOrDefault(forward.id(), forward.id());
    }

    /** The runs whose activations nobody reads any more when this one is over. */
    public List<Integer> over(Forward forward) {
        List<Integer> ended = new ArrayList<>();
        last.forEach((kept, reader) -> {
            if (reader == forward.id()) {
                ended.add(kept);
            }
        });
        return ended;
    }
}
