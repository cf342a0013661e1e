package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import java.util.List;

/** A step that runs no model of its own: it has no work and holds no memory that a plan counts. */
public sealed interface WithoutModel extends PlanStep permits RowReader, FromValues {
    @Override
    default long flops() {
        return 0;
    }

    @Override
    default List<ModelRef> models() {
        return List.of();
    }

    @Override
    default long bytes() {
        return 0;
    }

    @Override
    default List<String> lines(Lifetimes lifetimes) {
        return List.of();
    }
}
