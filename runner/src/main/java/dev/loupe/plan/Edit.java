package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import java.util.List;

/**
 * One write into a forward pass. Edits of a cell apply in the order of the network, and in list order at one point.
 *
 * @param components heads at a site with a head axis, neurons at an MLP site; empty means the whole site
 * @param positions positions; at an attention pattern those of the query
 * @param keys positions of the key at an attention pattern; all elsewhere
 */
public record Edit(HookPoint point, List<Integer> components, Positions positions, Positions keys, EditValue value) {
    public Edit {
        components = List.copyOf(components);
        if (!(keys instanceof Positions.All) && !point.site().axes().contains("key_pos")) {
            throw new IllegalArgumentException(point.name() + " has no keys");
        }
        if (value instanceof IncomingEdges && !(components.isEmpty() && positions instanceof Positions.All)) {
            throw new IllegalArgumentException("edges name their receivers themselves and carry every position");
        }
    }

    /** A write at every key. */
    public Edit(HookPoint point, List<Integer> components, Positions positions, EditValue value) {
        this(point, components, positions, new Positions.All(), value);
    }

    Edit writing(EditValue other) {
        return new Edit(point, components, positions, keys, other);
    }

    @Override
    public String toString() {
        return point.name() + (components.isEmpty() ? "" : components) + " := " + value + ", " + positions
                + (keys instanceof Positions.All ? "" : ", key " + keys);
    }
}
