package dev.loupe.plan.edit;

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
    public String toString() {
        return value + " along " + direction;
    }
}
