package dev.loupe.plan.values;

import dev.loupe.plan.FromValues;

/** One kind of step that computes with the numbers of finished steps; the permits clause is all there are. */
public sealed interface ValueStep extends FromValues
        permits Recover,
                CellByCell,
                Change,
                Additivity,
                CompareLogits,
                RecheckRows,
                Agreement,
                EstimateScatter,
                RankingOverlap,
                OverModels,
                ChangePoints,
                Distances,
                ClassShapes,
                OneCompared {
    <R> R accept(Arithmetic<R> arithmetic);

    /** Something to do for each kind. */
    interface Arithmetic<R> {
        R recover(Recover step);

        R change(Change step);

        R additivity(Additivity step);

        R compareLogits(CompareLogits step);

        R recheckRows(RecheckRows step);

        R agreement(Agreement step);

        R estimateScatter(EstimateScatter step);

        R rankingOverlap(RankingOverlap step);

        R overModels(OverModels step);

        R cellByCell(CellByCell step);

        R changePoints(ChangePoints step);

        R distances(Distances step);

        R classShapes(ClassShapes step);

        R oneCompared(OneCompared step);
    }
}
