package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ask.LogitsRead;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StopAfterLastReadTest {
    /** Of three blocks one run reads the first, one the last, and one makes logits. */
    @Test
    void aRunStopsAfterTheLastBlockThatIsRead() {
        HookPoint first = HookPoint.of(Site.Z, 0);
        HookPoint last = HookPoint.of(Site.Z, 2);
        HookPoint scale = HookPoint.of(Site.LN_FINAL_SCALE, -1);
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 5, "b", 6, "c", 7, "d", 8),
                WrittenPlans.clean(1, LogitsRead.NONE, first),
                WrittenPlans.clean(2, LogitsRead.NONE, first, last),
                WrittenPlans.clean(3, WrittenPlans.AT_END, first),
                WrittenPlans.clean(4, LogitsRead.NONE, scale),
                WrittenPlans.read(5, 1, LogitsRead.NONE, first),
                WrittenPlans.read(6, 2, LogitsRead.NONE, last),
                WrittenPlans.read(7, 3, WrittenPlans.AT_END),
                WrittenPlans.read(8, 4, LogitsRead.NONE, scale));
        Rule.Rewrite rewrite = new StopAfterLastRead().apply(plan).orElseThrow();
        assertThat(rewrite.plan().forward(1).stopLayer()).isEqualTo(1);
        assertThat(rewrite.plan().forward(2).stopLayer()).isEqualTo(3);
        assertThat(rewrite.plan().forward(3).stopLayer()).isEqualTo(3);
        assertThat(rewrite.plan().forward(4).stopLayer())
                .as("what lies after the blocks needs all of them")
                .isEqualTo(3);
        assertThat(rewrite.did()).isEqualTo("2 blocks are not run");
        assertThat(rewrite.plan().flops()).isLessThan(plan.flops());
        assertThat(new StopAfterLastRead().apply(rewrite.plan())).isEmpty();
    }
}
