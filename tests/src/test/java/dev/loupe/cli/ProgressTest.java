package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.BarRenderer;
import dev.loupe.cli.terminal.LineRenderer;
import dev.loupe.cli.terminal.StageState;
import dev.loupe.cli.terminal.TickingProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream target = new PrintStream(shown, true, StandardCharsets.UTF_8);
    private final AtomicLong now = new AtomicLong();

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesSayWhatRunsHowFarAndHowLong() {
        try (TickingProgress progress = new TickingProgress(new LineRenderer(target, now::get), now::get)) {
            progress.stage("training seed 0", 3000);
            progress.advance(1000);
            progress.note("loss 3.21");
            pass(10);
            progress.tick();
            progress.tick();
            assertThat(shown()).isEqualTo("training seed 0, 1000/3000 33 %, loss 3.21, 10 s elapsed, 20 s left\n");
            pass(20);
            progress.done();
        }
        assertThat(shown()).endsWith("training seed 0: done in 30 s\n");
    }

    @Test
    void shortStagesLeaveNoLine() {
        try (TickingProgress progress = new TickingProgress(new LineRenderer(target, now::get), now::get)) {
            for (int i = 0; i < 5; i++) {
                progress.stage("cell " + i, 1);
                progress.advance(1);
                progress.tick();
            }
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void theBarStaysWithinTheTerminalAndIsTakenAway() {
        try (TickingProgress progress = new TickingProgress(new BarRenderer(target, 60), now::get)) {
            progress.stage("a stage with quite a long name of its own", 10);
            progress.advance(5);
            pass(1);
            progress.tick();
        }
        for (String drawn : shown().split("\r\u001b\\[K", -1)) {
            assertThat(drawn).hasSizeLessThan(60);
        }
        assertThat(shown()).contains("[####").endsWith("\r\u001b[K");
    }

    @Test
    void theFirstLineComesWithinASecondOrSo() {
        try (TickingProgress progress = new TickingProgress(new LineRenderer(target, now::get), now::get)) {
            progress.stage("starting", 0);
            pass(1);
            progress.tick();
            assertThat(shown()).isEqualTo("starting, 1 s elapsed\n");
        }
    }

    @Test
    void aLongNameGivesWayToTheBarAndNothingInItActs() {
        try (TickingProgress progress = new TickingProgress(new BarRenderer(target, 80), now::get)) {
            progress.stage(
                    "smollm2-135m-instruct from a\u001b[2J folder: head scores [IND, PREV] per row and 7 more", 34);
            progress.advance(17);
            pass(8);
            progress.tick();
        }
        String[] drawn = shown().split("\r\u001b\\[K", -1);
        assertThat(drawn[2])
                .hasSizeLessThan(80)
                .startsWith("smollm2-135m-instruct from")
                .contains("... [############............] 17/34 50 %  8 s left")
                .doesNotContain("\u001b");
    }

    @Test
    void anUnknownTotalShowsTheCountAlone() {
        StageState state = new StageState("reading", 0, 17, "", TimeUnit.SECONDS.toNanos(3));

        assertThat(state.count()).isEqualTo("17");
        assertThat(state.left()).isEmpty();
    }
}
