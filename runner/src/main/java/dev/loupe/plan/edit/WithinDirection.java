package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Another value y in place of the activation x, but along one direction u only: x + ((y - x) . u) u. */
public record WithinDirection(Direction direction, EditValue value) implements EditValue {
    @Override
    public List<Integer> summaries() {
        return java.util.stream.Stream.concat(direction.summaries().stream(), value.summaries().stream())
                .toList();
    }

    @Override
    public int run() {
        return value.run();
    }

    @Override
    public WithinDirection renamed(IntUnaryOperator names) {
        return new WithinDirection(direction.renamed(names), value.renamed(names));
    }

    @Override
    public boolean local() {
        return value.local();
    }

    @Override
    public long flops(HookPoint at, ModelShape shape, long length) {
        return value.flops(at, shape, length);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.within(this);
    }

    @Override
    public String toString() {
        return value + " along " + direction;
    }
}
