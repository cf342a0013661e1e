package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.plan.values.OneCompared;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which comparisons of models become one, and in which order its steps then stand. */
class CompareTogetherTest {
    private static final RowsRef OTHER_ROWS =
            new RowsRef("others", "others", "others", List.of(new RowsRef.Bucket(6, 4)));

    /** A model whose weights take four bytes for each of its parameters. */
    private static ModelRef model(String name, long parameters) {
        return new ModelRef(
                name,
                name,
                new ModelShape(
                        "transformer",
                        3,
                        8,
                        2,
                        2,
                        4,
                        32,
                        50,
                        50,
                        16,
                        false,
                        false,
                        false,
                        false,
                        false,
                        parameters,
                        List.of(),
                        Site.K));
    }

    /** The first model is compared before the second is loaded. */
    private static ExecutionPlan plan(long parameters, RowsRef rows, RowsRef rowsOfSecond) {
        ModelRef a = model("a", parameters);
        ModelRef b = model("b", parameters);
        ModelRef c = model("c", parameters);
        return new ExecutionPlan(
                List.of(
                        new LoadModel(0, a),
                        new LoadModel(1, c),
                        new AgreeModels(2, List.of(0), List.of(a), List.of(1), List.of(c), List.of(), rows),
                        new LoadModel(3, b),
                        new AgreeModels(4, List.of(3), List.of(b), List.of(1), List.of(c), List.of(), rowsOfSecond)),
                Map.of("first", 2, "second", 4));
    }

    @Test
    void twoModelsThatAreComparedWithTheSameOthersRunInOneStep() {
        Rule.Rewrite rewrite = new CompareTogether()
                .apply(plan(10, WrittenPlans.ROWS, WrittenPlans.ROWS))
                .orElseThrow();
        assertThat(rewrite.did()).isEqualTo("2 models in one step");
        List<PlanStep> steps = rewrite.plan().steps();
        assertThat(steps).extracting(PlanStep::id).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(steps.subList(0, 3)).allMatch(LoadModel.class::isInstance);
        AgreeModels all = (AgreeModels) steps.get(3);
        assertThat(all.compared()).extracting(ModelRef::label).containsExactly("a", "b");
        assertThat(all.others()).extracting(ModelRef::label).containsExactly("c");
        assertThat(all.loads()).containsExactly(0, 2);
        assertThat(all.otherLoads()).containsExactly(1);
        assertThat(steps.subList(4, 6)).containsExactly(new OneCompared(4, 3, 0), new OneCompared(5, 3, 1));
        assertThat(rewrite.plan().outputs()).isEqualTo(Map.of("first", 4, "second", 5));
        assertThat(new CompareTogether().apply(rewrite.plan())).isEmpty();
    }

    @Test
    void otherRowsAreAnotherComparison() {
        assertThat(new CompareTogether().apply(plan(10, WrittenPlans.ROWS, OTHER_ROWS)))
                .isEmpty();
    }

    /** Three models of 80 million numbers take 0.96 GB; of 84 million, 1.008 GB, and two of them less than the limit. */
    @Test
    void threeModelsStayApartWhereTheyTakeMoreThanAGigabyte() {
        assertThat(new CompareTogether().apply(plan(80_000_000, WrittenPlans.ROWS, WrittenPlans.ROWS)))
                .isPresent();
        assertThat(new CompareTogether().apply(plan(84_000_000, WrittenPlans.ROWS, WrittenPlans.ROWS)))
                .isEmpty();
    }

    /** Each of two models beside the other: both are in memory for either comparison, however large they are. */
    @Test
    void modelsThatAreTogetherAnywayMayBeAsLargeAsTheyAre() {
        ModelRef a = model("a", 900_000_000);
        ModelRef b = model("b", 900_000_000);
        List<ModelRef> both = List.of(a, b);
        ExecutionPlan plan = new ExecutionPlan(
                List.of(
                        new LoadModel(0, a),
                        new LoadModel(1, b),
                        new AgreeModels(2, List.of(0), List.of(a), List.of(0, 1), both, List.of(), WrittenPlans.ROWS),
                        new AgreeModels(3, List.of(1), List.of(b), List.of(0, 1), both, List.of(), WrittenPlans.ROWS)),
                Map.of("first", 2, "second", 3));
        assertThat(new CompareTogether().apply(plan)).isPresent();
    }
}
