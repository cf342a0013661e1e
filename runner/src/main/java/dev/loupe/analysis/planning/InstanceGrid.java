package dev.loupe.analysis.planning;

import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the instances of a network without tokens stand for: their axes, the copies last. Copies of one point differ in their
 * random numbers only.
 */
public record InstanceGrid(List<Axis> axes) {
    public InstanceGrid {
        axes = List.copyOf(axes);
    }

    public static InstanceGrid of(ModelShape shape) {
        return new InstanceGrid(shape.instances());
    }

    public int instances() {
        return NamedArray.sizeOf(axes);
    }

    public int copies() {
        return axes.get(axes.size() - 1).labels().size();
    }

    /** The axes without the copies. */
    public List<Axis> points() {
        return axes.subList(0, axes.size() - 1);
    }

    /** All axes; without the copies where there is only one. */
    public List<Axis> shown() {
        return copies() == 1 ? points() : axes;
    }

    /** The place of an instance on an axis; 0 where there is no such axis. */
    public int place(int instance, String axis) {
        int inner = instances();
        int at = instance;
        for (Axis each : axes) {
            inner /= each.labels().size();
            if (each.name().equals(axis)) {
                return at / inner;
            }
            at %= inner;
        }
        return 0;
    }

    /** The sparsity of an instance's inputs; null where inputs have none. */
    public @Nullable Double sparsity(int instance) {
        for (Axis each : axes) {
            if (each.name().equals("sparsity")) {
                return Double.valueOf(each.labels().get(place(instance, "sparsity")));
            }
        }
        return null;
    }
}
