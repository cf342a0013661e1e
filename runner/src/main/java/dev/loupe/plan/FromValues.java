package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import java.util.List;

/** A step that computes with the numbers of finished steps alone: no model, no matrix product and nothing large. */
public sealed interface FromValues extends PlanStep
        permits Recover, Additivity, CompareLogits, RecheckRows, Agreement, EstimateScatter, RankingOverlap {
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
