package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.edit.EditValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropUnreadCapturesTest {
    private static final HookPoint READ = HookPoint.of(Site.Z, 0);
    private static final HookPoint WRITTEN = HookPoint.of(Site.Z, 1);
    private static final HookPoint UNREAD = HookPoint.of(Site.Z, 2);

    /** Of three points one is read and one is written by another run, which makes logits that nobody reads. */
    @Test
    void whatIsReadOrWrittenStays() {
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 3, "b", 4),
                WrittenPlans.clean(1, WrittenPlans.AT_END, UNREAD, WRITTEN, READ),
                WrittenPlans.run(
                        2,
                        List.of(WrittenPlans.writes(0, WRITTEN, new EditValue.FromRun(1))),
                        List.of(UNREAD),
                        LogitsRead.EVERYWHERE),
                WrittenPlans.read(3, 1, WrittenPlans.AT_END, READ),
                WrittenPlans.read(4, 2, LogitsRead.NONE, UNREAD));
        Rule.Rewrite rewrite = new DropUnreadCaptures().apply(plan).orElseThrow();
        Forward clean = rewrite.plan().forward(1);
        assertThat(clean.captures()).containsExactly(WRITTEN, READ);
        assertThat(clean.logits()).isEqualTo(WrittenPlans.AT_END);
        Forward edited = rewrite.plan().forward(2);
        assertThat(edited.captures()).containsExactly(UNREAD);
        assertThat(edited.logits()).isEqualTo(LogitsRead.NONE);
        assertThat(rewrite.did()).isEqualTo("2 unread values (activations or logits)");
        assertThat(new DropUnreadCaptures().apply(rewrite.plan())).isEmpty();
    }

    /** A run that takes up another one reads what lies before its first block. */
    @Test
    void whatIsTakenUpStays() {
        HookPoint before = HookPoint.of(Site.RESID_PRE, 1);
        Forward resumed = WrittenPlans.run(
                        2,
                        List.of(WrittenPlans.writes(0, WRITTEN, new EditValue.Zero())),
                        List.of(),
                        WrittenPlans.AT_END)
                .resuming(1, 1, Site.RESID_PRE);
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 3),
                WrittenPlans.clean(1, LogitsRead.NONE, before, READ),
                resumed,
                WrittenPlans.read(3, 2, WrittenPlans.AT_END));
        Rule.Rewrite rewrite = new DropUnreadCaptures().apply(plan).orElseThrow();
        assertThat(rewrite.plan().forward(1).captures()).containsExactly(before);
        assertThat(rewrite.did()).isEqualTo("1 unread value (activation or logits)");
    }
}
