package dev.loupe.execute.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.plan.Memory;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
    private static final long MB = 1_000_000;

    @Test
    void tasksOfOneModelShareItsWeightsAndHoldABatchEach() {
        MemoryNeed one = new MemoryNeed(500 * MB, 1, 20 * MB);
        assertThat(one.of(1)).isEqualTo(Memory.RUN + 520 * MB);
        assertThat(one.of(4)).isEqualTo(Memory.RUN + 580 * MB);
    }

    @Test
    void tasksOfSeveralModelsEachLoadOne() {
        MemoryNeed family = new MemoryNeed(500 * MB, 3, 20 * MB);
        assertThat(family.of(2)).isEqualTo(Memory.RUN + 1040 * MB);
        assertThat(family.of(8)).isEqualTo(Memory.RUN + 1660 * MB);
    }

    /** Trainings are over before the plan begins. */
    @Test
    void theLargerOfPlanAndTrainingsIsNeeded() {
        MemoryNeed small = new MemoryNeed(5 * MB, 3, 1 * MB);
        assertThat(small.with(700 * MB).of(1)).isEqualTo(700 * MB);
        assertThat(small.with(700 * MB).of(2)).isEqualTo(1400 * MB);
        assertThat(small.with(100 * MB).of(2)).isEqualTo(small.of(2));
    }

    @Test
    void whatCannotFitIsRefusedAndWhatIsNotKnownIsNot() {
        MemoryNeed need = new MemoryNeed(500 * MB, 1, 20 * MB);
        need.check(1, need.of(1));
        need.check(100, 0);
        assertThatThrownBy(() -> need.check(2, need.of(2) - 1))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("with 2 tasks at once")
                .hasMessageContaining("-Dspark.executor.cores=1");
    }
}
