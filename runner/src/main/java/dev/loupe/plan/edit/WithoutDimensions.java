package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The activation with some entries of its last axis set to 0. */
public record WithoutDimensions(List<Integer> dimensions) implements EditValue {
    public WithoutDimensions {
        dimensions = List.copyOf(dimensions);
    }

    @Override
    public WithoutDimensions renamed(IntUnaryOperator names) {
        return this;
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public long flops(HookPoint at, ModelShape shape, long length) {
        return 0;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.without(this);
    }

    @Override
    public String toString() {
        return "itself without dimensions " + dimensions;
    }
}
