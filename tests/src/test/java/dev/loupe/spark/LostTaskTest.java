package dev.loupe.spark;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Spark 4.0 says when a task of its own failed too often, in our words. */
class LostTaskTest {
    private static final String BEFORE = "Job aborted due to stage failure: Task 0 in stage 0.0 failed 16 times, most "
            + "recent failure: Lost task 0.15 in stage 0.0 (TID 15) (127.0.0.1 executor 3): ";

    @Test
    void aFullDiskIsToldWithTheExecutor() {
        LostTask lost = requireNonNull(LostTask.of(BEFORE + "java.io.IOException: No space left on device\n\tat java"));
        assertThat(lost.fullDisk()).isTrue();
        assertThat(lost.words())
                .startsWith("executor 3 on 127.0.0.1: its disk is full")
                .doesNotContain("java.io");
    }

    @Test
    void anythingElseIsToldWithoutNamesOfClasses() {
        LostTask lost = requireNonNull(LostTask.of(BEFORE + "java.io.IOException: Failed to fetch a.jar\n\tat java"));
        assertThat(lost.fullDisk()).isFalse();
        assertThat(lost.words()).contains("executor 3 on 127.0.0.1").endsWith(": Failed to fetch a.jar");
    }

    @Test
    void aJobThatNamesNoTask() {
        assertThat(LostTask.of("Job 0 cancelled because SparkContext was shut down"))
                .isNull();
    }
}
