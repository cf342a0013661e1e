package dev.loupe.metric.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeveralAnswersExceptionTest {
    private static String message(int count) {
        int[] ids = IntStream.range(0, count).toArray();
        return new SeveralAnswersException(
                        "wrong", 4, ids, "loss", EnumSet.of(Reduction.SUM, Reduction.MAX, Reduction.FIRST))
                .message("d", id -> "t" + id);
    }

    @Test
    void sixAreShownAndTheRestCounted() {
        String begins = "row 4 of dataset `d` has ";
        String six = "`t0`, `t1`, `t2`, `t3`, `t4`, `t5`";
        String ends = "), and it is not said what the loss reads of several: write `answers: sum`, `answers: max` or"
                + " `answers: first` among its options";
        assertThat(message(6)).isEqualTo(begins + "6 wrong answers (" + six + ends);
        assertThat(message(7)).isEqualTo(begins + "7 wrong answers (" + six + " and 1 more" + ends);
        assertThat(message(9)).isEqualTo(begins + "9 wrong answers (" + six + " and 3 more" + ends);
    }
}
