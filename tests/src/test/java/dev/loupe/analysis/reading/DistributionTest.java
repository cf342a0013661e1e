package dev.loupe.analysis.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void everyIdHasItsLogProbability() {
        RowValues found = WrittenLogits.read(new Distribution("MID"));
        for (int row = 0; row < 2; row++) {
            for (int id = 0; id < 5; id++) {
                assertThat(found.numerator()[5 * row + id])
                        .isEqualTo(Math.log(WrittenLogits.P[row][1][id]), within(1e-6));
                assertThat(found.denominator()[5 * row + id]).isEqualTo(1);
            }
        }
        List<Axis> axes = WrittenLogits.with(batch -> new Distribution("MID").axes(batch.shape()));
        assertThat(axes).containsExactly(Axis.counted("id", 5));
    }

    @Test
    void aClassIsNoSinglePosition() {
        assertThatThrownBy(() -> new Distribution("answer").check(WrittenLogits.rows()))
                .hasMessageContaining("no named position `answer`");
    }
}
