package dev.loupe.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void warmsUpLinearlyThenDecaysToTheFloor() {
        Schedule linear = new Schedule(4, Schedule.Decay.LINEAR, 0.2);
        assertThat(linear.factor(0, 14)).isEqualTo(0.25);
        assertThat(linear.factor(3, 14)).isEqualTo(1);
        assertThat(linear.factor(4, 14)).isEqualTo(1);
        assertThat(linear.factor(9, 14)).isCloseTo(0.6, within(1e-12));
        Schedule cosine = new Schedule(0, Schedule.Decay.COSINE, 0);
        assertThat(cosine.factor(50, 100)).isCloseTo(0.5, within(1e-12));
        assertThat(cosine.factor(25, 100)).isCloseTo(0.5 + Math.sqrt(0.125), within(1e-12));
        assertThat(Schedule.CONSTANT.factor(99, 100)).isEqualTo(1);
    }

    @Test
    void checkpointRulesAddUpAndTheLastStepIsAlwaysKept() {
        CheckpointSchedule schedule = new CheckpointSchedule(List.of(3, 7), 5, true);
        assertThat(LongStream.rangeClosed(0, 19).filter(step -> schedule.wants(step, 19)))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 7L, 8L, 10L, 15L, 16L, 19L);
        assertThat(LongStream.rangeClosed(0, 19).filter(step -> CheckpointSchedule.LAST_ONLY.wants(step, 19)))
                .containsExactly(19L);
    }
}
