package dev.loupe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MegabyteProgressTest {
    /** A megabyte that has begun counts, so that the bar is full at the last byte. */
    @Test
    void bytesAreShownInMegabytes() {
        List<String> told = new ArrayList<>();
        Progress shown = new MegabyteProgress(new Told(told));

        shown.stage("downloading a", 2_500_000);
        shown.advance(1);
        shown.advance(999_999);
        shown.advance(1_500_000);
        shown.note("waiting");
        shown.advance(-1_000_000);
        shown.done();
        shown.stage("downloading b", 1_000_000);
        shown.advance(1_000_000);

        assertThat(told)
                .containsExactly(
                        "stage downloading a, MB 3",
                        "+1",
                        "+0",
                        "+2",
                        "waiting",
                        "+-1",
                        "done",
                        "stage downloading b, MB 1",
                        "+1");
    }

    private record Told(List<String> told) implements Progress {
        @Override
        public void stage(String name, long total) {
            told.add("stage " + name + " " + total);
        }

        @Override
        public void advance(long units) {
            told.add("+" + units);
        }

        @Override
        public void note(String text) {
            told.add(text);
        }

        @Override
        public void done() {
            told.add("done");
        }
    }
}
