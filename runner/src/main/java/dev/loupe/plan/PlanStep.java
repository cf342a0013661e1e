package dev.loupe.plan;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** One step of a plan. Steps hold no tensors, name their inputs by id and compare by value. */
public sealed interface PlanStep
        permits LoadModel,
                Forward,
                ReadRows,
                Summarise,
                Compute,
                Derived,
                Differentiate,
                Recheck,
                RecheckRows,
                Agreement,
                EstimateScatter,
                RankingOverlap,
                Prune,
                Pruned {
    int id();

    /** Ids of the steps whose values it needs. */
    List<Integer> inputs();

    /** The same step with every id, its own and its inputs', renamed. */
    PlanStep renamed(IntUnaryOperator names);

    /** One line for people. */
    String describe();
}
