package dev.loupe.analysis.neurons;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AscendingSharesTest {
    @Test
    void sharesAscendBetweenZeroAndOne() {
        for (List<Double> right : List.of(List.<Double>of(), List.of(.5), List.of(.1, .2, .9))) {
            assertThatCode(() -> AscendingShares.check(right, "`keep` are shares"))
                    .doesNotThrowAnyException();
        }
        for (List<Double> wrong : List.of(
                List.of(0.0),
                List.of(1.0),
                List.of(.2, .2),
                List.of(.1, .9, .3),
                List.of(Double.NaN),
                List.of(.1, 1.1))) {
            assertThatThrownBy(() -> AscendingShares.check(wrong, "`keep` are shares"))
                    .hasMessage("`keep` are shares between 0 and 1, ascending, not " + wrong);
        }
    }
}
