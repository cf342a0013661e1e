package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.ask.Estimate;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizeRechecksTest {
    private record Gradients() implements Estimate {
        @Override
        public LogitsRead logits() {
            return LogitsRead.EVERYWHERE;
        }

        @Override
        public int steps() {
            return 1;
        }

        @Override
        public List<HookPoint> outputs(ModelShape shape) {
            return List.of();
        }

        @Override
        public List<HookPoint> inputs(ModelShape shape) {
            return List.of();
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return List.of();
        }

        @Override
        public String label() {
            return "gradients";
        }
    }

    /** One run that is read and one that nobody reads. */
    private record Wasteful() implements Recheck.RealRuns {
        @Override
        public List<Integer> cells() {
            return List.of(0, 7);
        }

        @Override
        public ExecutionPlan only(List<Integer> chosen) {
            return WrittenPlans.plan(
                    Map.of("value", 3),
                    WrittenPlans.clean(1, LogitsRead.EVERYWHERE),
                    WrittenPlans.clean(2, WrittenPlans.AT_END),
                    WrittenPlans.read(3, 1, LogitsRead.EVERYWHERE));
        }
    }

    private static PlanStep gradients() {
        return new Differentiate(1, new Gradients(), 0, WrittenPlans.MODEL, WrittenPlans.ROWS, WrittenPlans.ROWS, 2);
    }

    @Test
    void whatIsRunAgainIsOptimizedToo() {
        ExecutionPlan plan = WrittenPlans.plan(Map.of("a", 2), gradients(), new Recheck(2, 1, new Wasteful(), 4));
        Rule.Rewrite rewrite = new OptimizeRechecks().apply(plan).orElseThrow();
        assertThat(rewrite.did()).isEqualTo("1 recheck runs an optimized plan");
        Recheck after = (Recheck) rewrite.plan().step(2);
        assertThat(after.best()).isEqualTo(4);
        assertThat(after.estimate()).isEqualTo(1);
        assertThat(after.runs().cells()).containsExactly(0, 7);
        assertThat(after.runs().only(List.of(0)).steps())
                .extracting(PlanStep::id)
                .containsExactly(0, 1, 3);
        assertThat(rewrite.plan().step(1)).isEqualTo(gradients());
        assertThat(new OptimizeRechecks().apply(rewrite.plan())).isEmpty();
    }

    @Test
    void theyAreCounted() {
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 2, "b", 3),
                gradients(),
                new Recheck(2, 1, new Wasteful(), 1),
                new Recheck(3, 1, new Wasteful(), 2));
        assertThat(new OptimizeRechecks().apply(plan).orElseThrow().did()).isEqualTo("2 rechecks run optimized plans");
    }
}
