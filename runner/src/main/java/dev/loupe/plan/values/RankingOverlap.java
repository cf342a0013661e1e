package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How far rows choose the same components: of every two rows, the share that their first k components have in common of all
 * that either has (Jaccard), mean over pairs; beside it what two random choices would have.
 *
 * @param rankings by label of the axis {@code by}
 * @param components how many there are
 */
public record RankingOverlap(
        int id, List<Ranking.ByStep> rankings, List<String> labels, List<Integer> k, int components)
        implements ValueStep {
    /** The leading axis: what was found, and what chance gives. */
    public static final Axis VALUE = new Axis("value", List.of("jaccard", "chance"));

    public RankingOverlap {
        rankings = List.copyOf(rankings);
        labels = List.copyOf(labels);
        k = List.copyOf(k);
    }

    public List<Axis> axes() {
        return List.of(
                VALUE,
                new Axis("by", labels),
                new Axis("k", k.stream().map(String::valueOf).toList()));
    }

    @Override
    public List<Integer> inputs() {
        List<Integer> in = new ArrayList<>();
        rankings.forEach(r -> in.add(r.step()));
        return in.stream().distinct().toList();
    }

    @Override
    public RankingOverlap renamed(IntUnaryOperator names) {
        return new RankingOverlap(
                names.applyAsInt(id),
                rankings.stream().map(r -> r.renamed(names)).toList(),
                labels,
                k,
                components);
    }

    @Override
    public String describe() {
        return "components that rows choose in common";
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes();
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        rankings.forEach(ranking -> earlier.numbers(this, ranking.step()));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.rankingOverlap(this);
    }
}
