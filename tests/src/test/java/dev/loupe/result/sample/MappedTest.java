package dev.loupe.result.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MappedTest {
    private static final Axis STEP = Axis.counted("step", 3);
    private static final Axis HEAD = Axis.counted("head", 2);
    private static final Axis SAID = new Axis("said", List.of("sum", "last"));
    private static final UnaryOperator<double[]> SUM_AND_LAST =
            x -> new double[] {Arrays.stream(x).sum(), x[x.length - 1]};

    @Test
    void theNumbersAlongAnAxisBecomeOthersAndTheOtherAxesStay() {
        double[] all = {1, 2, 3, 4, 5, 6};
        NamedArray first =
                Mapped.of(new NamedArray(List.of(STEP, HEAD), all), List.of("step"), List.of(SAID), SUM_AND_LAST);
        assertThat(NamedArray.describe(first.axes())).isEqualTo("[said 2, head 2]");
        // Head 0 has 1, 3, 5, head 1 has 2, 4, 6.
        assertThat(first.data()).containsExactly(9, 12, 5, 6);
        NamedArray last =
                Mapped.of(new NamedArray(List.of(HEAD, STEP), all), List.of("step"), List.of(SAID), SUM_AND_LAST);
        assertThat(last.data()).containsExactly(6, 15, 3, 6);
    }

    @Test
    void eachResampleIsMappedOnceWhateverIsReadOfIt() {
        RowTable table =
                new RowTable(List.of(STEP), 4, new double[] {1, 2, 3, 0, 1, 0, 5, 5, 5, 2, 2, 9}, new double[] {
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                });
        AtomicInteger mapped = new AtomicInteger();
        Mapped sample = new Mapped(table, List.of("step"), List.of(SAID), x -> {
            mapped.incrementAndGet();
            return SUM_AND_LAST.apply(x);
        });
        Resampling resampling = new Resampling(100, .9, 1);
        for (int b = 0; b < 20; b++) {
            double[] weights = resampling.weights(4, b);
            double[] wanted = SUM_AND_LAST.apply(table.weighted(weights).data());
            assertThat(sample.replicate(resampling, b).data()).containsExactly(wanted);
            assertThat(sample.at("said", 1).replicate(resampling, b).value()).isEqualTo(wanted[1]);
        }
        assertThat(mapped.get()).isEqualTo(20);
        assertThat(sample.at("said", 0).estimate().value()).isEqualTo(35 / 4.0);
        assertThat(sample.rows()).isEqualTo(4);
    }
}
