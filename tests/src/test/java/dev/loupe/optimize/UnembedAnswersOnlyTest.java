package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ask.LogitsRead;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnembedAnswersOnlyTest {
    @Test
    void onlyThePositionsThatAreReadUnlessTheFinalNormIsReadToo() {
        HookPoint scale = HookPoint.of(Site.LN_FINAL_SCALE, -1);
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 4, "b", 5, "c", 6),
                WrittenPlans.clean(1, WrittenPlans.AT_END),
                WrittenPlans.clean(2, LogitsRead.EVERYWHERE),
                WrittenPlans.clean(3, WrittenPlans.AT_END, scale),
                WrittenPlans.read(4, 1, WrittenPlans.AT_END),
                WrittenPlans.read(5, 2, LogitsRead.EVERYWHERE),
                WrittenPlans.read(6, 3, WrittenPlans.AT_END, scale));
        Rule.Rewrite rewrite = new UnembedAnswersOnly().apply(plan).orElseThrow();
        assertThat(rewrite.plan().forward(1).logits()).isEqualTo(new LogitsRead(LogitsRead.Extent.ONLY_AT, "END"));
        assertThat(rewrite.plan().forward(2).logits()).isEqualTo(LogitsRead.EVERYWHERE);
        assertThat(rewrite.plan().forward(3).logits()).isEqualTo(WrittenPlans.AT_END);
        assertThat(rewrite.did()).isEqualTo("1 forward pass unembeds only the positions that are read");
        assertThat(new UnembedAnswersOnly().apply(rewrite.plan())).isEmpty();
    }
}
