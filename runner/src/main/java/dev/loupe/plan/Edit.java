package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import java.util.List;

/**
 * One write into a forward pass. Edits of a cell apply in the order of the network, and in list order at one point.
 *
 * @param components heads at a site with a head axis, neurons at an MLP site; empty means the whole site
 */
public record Edit(HookPoint point, List<Integer> components, Positions positions, EditValue value) {
    public Edit {
        components = List.copyOf(components);
    }

    @Override
    public String toString() {
        return point.name() + (components.isEmpty() ? "" : components) + " := " + value + ", " + positions;
    }
}
