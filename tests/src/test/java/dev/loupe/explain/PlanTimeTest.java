package dev.loupe.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.backend.MatrixRate;
import dev.loupe.hook.Site;
import dev.loupe.plan.Compute;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.ask.Computation;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTimeTest {
    /** d_model 8, d_mlp 32. */
    private static final ModelShape SHAPE = new ModelShape(
            "transformer", 3, 8, 2, 2, 4, 32, 50, 50, 16, false, false, false, false, false, 0, List.of(), Site.K);

    private static final ModelRef MODEL = new ModelRef("m", "m", SHAPE);

    private record Work(long flops) implements Computation {
        @Override
        public String label() {
            return "work";
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return List.of();
        }

        @Override
        public long flops(ModelShape shape) {
            return flops;
        }
    }

    private static ExecutionPlan plan(long flops) {
        return new ExecutionPlan(List.of(new LoadModel(0, MODEL), new Compute(1, new Work(flops), 0, MODEL)), Map.of());
    }

    @Test
    void operationsAtTheMeasuredSpeed() {
        String text = PlanTime.of(plan(3_000_000_000_000L), (in, out) -> {
            assertThat(List.of(in, out)).containsExactly(8, 32);
            return 4e10;
        });
        assertThat(text)
                .isEqualTo("time: at least 1 min 15 s on this machine, whose products of [128, 8] and [8, 32] reach "
                        + "40.0 GFLOP in a second\n");
    }

    @Test
    void aShortPlanIsNotTimed() {
        assertThat(PlanTime.of(plan(999_999_999_999L), (in, out) -> {
                    throw new AssertionError("measured");
                }))
                .isEmpty();
    }

    @Test
    void aMachineMultiplies() {
        assertThat(MatrixRate.measure("cpu", 64, 256)).isBetween(1e6, 1e16);
    }
}
