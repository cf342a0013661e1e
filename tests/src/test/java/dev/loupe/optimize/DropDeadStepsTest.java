package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.LogitsRead;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropDeadStepsTest {
    private static final HookPoint Z = HookPoint.of(Site.Z, 1);

    @Test
    void whatNoOutputNeedsGoesWithWhatItNeeds() {
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("kept", 4),
                WrittenPlans.clean(1, LogitsRead.NONE, Z),
                WrittenPlans.clean(2, LogitsRead.NONE, Z),
                WrittenPlans.read(3, 1, LogitsRead.NONE, Z),
                WrittenPlans.read(4, 2, LogitsRead.NONE, Z));
        Rule.Rewrite rewrite = new DropDeadSteps().apply(plan).orElseThrow();
        assertThat(rewrite.plan().steps()).extracting(PlanStep::id).containsExactly(0, 2, 4);
        assertThat(rewrite.plan().outputs()).isEqualTo(plan.outputs());
        assertThat(rewrite.did()).isEqualTo("2 steps");
        assertThat(new DropDeadSteps().apply(rewrite.plan())).isEmpty();
    }
}
