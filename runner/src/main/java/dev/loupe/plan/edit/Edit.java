package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One write into a forward pass. Edits of a cell apply in the order of the network, and in list order at one point.
 *
 * @param components heads at a site with a head axis, neurons at an MLP site; empty means the whole site
 * @param positions positions; at an attention pattern those of the query
 * @param keys positions of the key at an attention pattern; all elsewhere
 * @param best components that every row chooses by itself, in place of {@code components}; null where all rows are alike
 */
public record Edit(
        HookPoint point,
        List<Integer> components,
        Positions positions,
        Positions keys,
        EditValue value,
        @Nullable TopRanked best) {
    public Edit {
        components = List.copyOf(components);
        if (!(keys instanceof Positions.All) && !point.site().axes().contains("key_pos")) {
            throw new IllegalArgumentException(point.name() + " has no keys");
        }
        if (value instanceof IncomingEdges && !(components.isEmpty() && positions instanceof Positions.All)) {
            throw new IllegalArgumentException("edges name their receivers themselves and carry every position");
        }
        if (best != null && !components.isEmpty()) {
            throw new IllegalArgumentException("components are chosen once for all rows or by each row, not both");
        }
    }

    /** A write into the same components of every row. */
    public Edit(HookPoint point, List<Integer> components, Positions positions, Positions keys, EditValue value) {
        this(point, components, positions, keys, value, null);
    }

    /** A write at every key. */
    public Edit(HookPoint point, List<Integer> components, Positions positions, EditValue value) {
        this(point, components, positions, new Positions.All(), value);
    }

    /** The same write into the components that each row chooses. */
    public Edit choosing(TopRanked chosen) {
        return new Edit(point, List.of(), positions, keys, value, chosen);
    }

    /** Steps whose value for all rows it needs. */
    public List<Integer> summaries() {
        return with(value.summaries());
    }

    /** Every step that it needs. */
    public List<Integer> inputs() {
        return with(value.inputs());
    }

    private List<Integer> with(List<Integer> of) {
        if (best == null) {
            return of;
        }
        List<Integer> all = new ArrayList<>(of);
        all.addAll(best.ranking().inputs());
        return all;
    }

    /** The same with every id renamed. */
    public Edit renamed(IntUnaryOperator names) {
        TopRanked same = best == null ? null : new TopRanked(best.ranking().renamed(names), best.from(), best.to());
        return new Edit(point, components, positions, keys, value.renamed(names), same);
    }

    @Override
    public String toString() {
        return point.name() + (components.isEmpty() ? "" : components) + (best == null ? "" : best) + " := " + value
                + ", " + positions
                + (keys instanceof Positions.All ? "" : ", key " + keys);
    }
}
