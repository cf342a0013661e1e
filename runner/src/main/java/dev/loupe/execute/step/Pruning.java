package dev.loupe.execute.step;

import dev.loupe.plan.Prune;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.progress.Progress;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The procedure of {@link Prune}. Candidates run together as if the earlier of them were removed, which most are: the cells of a
 * batch are then the very runs that trying one after the other makes, up to the first that is kept. What was run after that
 * one is thrown away.
 */
public final class Pruning {
    /** More runs at once gain nothing more. */
    private static final int MOST = 32;

    private final Prune step;
    private final CircuitReader reader;
    private final Progress progress;
    private final int most;
    private final List<Integer> order;
    private final int ends;
    private final Map<Integer, Set<Integer>> after = new HashMap<>();
    private final Set<Integer> removed = new TreeSet<>();
    private final Set<Integer> kept = new TreeSet<>();
    private final Map<Integer, double[]> changes = new HashMap<>();
    private final Map<Integer, Integer> runs = new HashMap<>();
    private RowTable last;

    public Pruning(Prune step, CircuitReader reader, Progress progress) {
        this(step, reader, progress, MOST);
    }

    /** @param most so many candidates at once, at most */
    public Pruning(Prune step, CircuitReader reader, Progress progress, int most) {
        this.step = step;
        this.reader = reader;
        this.progress = progress;
        this.most = most;
        EdgeGraph graph = step.runs().graph();
        order = step.tried();
        removed.addAll(graph.edges());
        order.forEach(removed::remove);
        last = removed.isEmpty()
                ? reader.whole()
                : reader.without(List.of(new TreeSet<>(removed))).at("cell", 0);
        ends = graph.ends().size();
        for (int edge : order) {
            after.computeIfAbsent(edge % ends, k -> Set.copyOf(graph.after(edge)));
        }
    }

    /** The value of the step. */
    public RowTable run() {
        progress.stage(step.runs().model().label() + ": pruning edges", order.size());
        int depth = 1;
        for (int from = 0; from < order.size(); ) {
            int to = batch(from, depth);
            depth = kept.contains(order.get(to - 1)) ? 1 : Math.min(most, 2 * depth);
            progress.advance(to - from);
            progress.note(kept.size() + " kept");
            from = to;
        }
        return table();
    }

    /** Decides on edges from a place in the order on; the place after the last that is decided. */
    private int batch(int from, int depth) {
        List<Integer> places = new ArrayList<>();
        List<Set<Integer>> cells = new ArrayList<>();
        Set<Integer> trial = new TreeSet<>(removed);
        int to = from;
        for (; to < order.size() && cells.size() < depth; to++) {
            int edge = order.get(to);
            boolean unread = unread(edge, trial);
            trial.add(edge);
            if (!unread) {
                places.add(to);
                cells.add(new TreeSet<>(trial));
            }
        }
        if (!cells.isEmpty()) {
            RowTable values = reader.without(cells);
            places.forEach(place -> runs.merge(order.get(place), 1, Integer::sum));
            for (int c = 0; c < cells.size(); c++) {
                int place = places.get(c);
                RowTable now = values.at("cell", c);
                double change = changed(order.get(place), now);
                if (!goes(change)) {
                    kept.add(order.get(place));
                    removed.addAll(order.subList(from, place));
                    return place + 1;
                }
                last = now;
            }
        }
        removed.addAll(order.subList(from, to));
        return to;
    }

    /** Whether nothing reads what an edge's end makes. */
    private boolean unread(int edge, Set<Integer> gone) {
        Set<Integer> outgoing = after.getOrDefault(edge % ends, Set.of());
        return !outgoing.isEmpty() && gone.containsAll(outgoing);
    }

    private boolean goes(double change) {
        return (step.measure() == Prune.Measure.METRIC ? Math.abs(change) : change) < step.tolerance();
    }

    /** Notes by how much each row's number is another than before; the mean. */
    private double changed(int edge, RowTable now) {
        double[] change = new double[now.rows()];
        double sum = 0;
        double count = 0;
        for (int row = 0; row < change.length; row++) {
            if (now.denominator()[row] != last.denominator()[row]) {
                throw new IllegalStateException("the edited run counts row " + row + " another number of times");
            }
            change[row] = now.numerator()[row] - last.numerator()[row];
            sum += change[row];
            count += now.denominator()[row];
        }
        changes.put(edge, change);
        return count == 0 ? Double.NaN : sum / count;
    }

    private RowTable table() {
        List<Axis> axes = step.axes();
        int width = NamedArray.sizeOf(axes.subList(1, axes.size()));
        int rows = last.rows();
        double[] numerator = new double[rows * 3 * width];
        double[] denominator = new double[numerator.length];
        List<Integer> edges = step.runs().graph().edges();
        Set<Integer> tried = new HashSet<>(order);
        for (int row = 0; row < rows; row++) {
            for (int edge : edges) {
                int at = row * 3 * width + edge;
                double[] change = changes.get(edge);
                numerator[at] = kept.contains(edge) ? 1 : 0;
                denominator[at] = 1;
                if (tried.contains(edge)) {
                    numerator[at + width] = change == null ? 0 : change[row];
                    denominator[at + width] = last.denominator()[row];
                }
                numerator[at + 2 * width] = runs.getOrDefault(edge, 0);
                denominator[at + 2 * width] = 1;
            }
        }
        return new RowTable(axes, rows, numerator, denominator);
    }
}
