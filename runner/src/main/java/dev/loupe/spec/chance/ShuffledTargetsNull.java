package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Targets exchanged between queries: a permutation null. */
@Named("shuffled-targets")
@Doc("The same measurement on the same model with the positions that labels point to in another random order, no "
        + "query pointing behind itself: what is left does not depend on which target belongs to which query. "
        + "The statistic is the same as for `untrained`. For `target-scores` of a pointer.")
@Example("{shuffled-targets: {times: 20, seed: 5}}")
public record ShuffledTargetsNull(
        @Doc("Number of shuffles.") int times,

        @Doc("Seed of the first; each further one adds 1.") long seed,

        @Default("row") @Doc("Where a query's new target is from.")
        From from)
        implements NullChoice {
    /** Where a query's new target is from. */
    public enum From {
        @Doc("Another query of the same row.")
        ROW,
        @Doc("The same query of another row of equal length: what is left depends on positions alone.")
        OTHER_ROWS
    }

    public ShuffledTargetsNull {
        NullChoice.limited(times, "shuffles");
    }

    @Override
    public int draws() {
        return times;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.shuffledTargets(first, from == From.OTHER_ROWS);
    }

    @Override
    public boolean changesWeights() {
        return false;
    }

    @Override
    public void check(Analysis analysis) {
        NullChoice.only(
                analysis instanceof TargetScores scores && scores.target() instanceof TargetChoice.Pointer,
                "shuffled-targets",
                "`target-scores` of a pointer");
    }

    @Override
    public String words(int number) {
        return number
                + (from == From.ROW
                        ? " shuffles of each row's targets among its queries"
                        : " permutations of targets between rows");
    }
}
