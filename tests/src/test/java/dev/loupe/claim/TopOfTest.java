package dev.loupe.claim;

import static dev.loupe.claim.GivenFindings.heads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TopOfTest {
    private static final Measured READ = heads(10, 11, 12, 13, 14, 15);
    private static final Findings ALL =
            GivenFindings.of(Map.of("read", READ, "by", heads(.5, Double.NaN, .9, .7, .1, .9)));

    private static double at(TopOf top) {
        return Objects.requireNonNull(top.narrow(READ, ALL)).estimate().value();
    }

    @Test
    void theComponentOfTheRankIsRead() {
        assertThat(at(new TopOf("by", Map.of(), 1))).isEqualTo(12);
        assertThat(at(new TopOf("by", Map.of(), 2))).as("of equals the first").isEqualTo(15);
        assertThat(at(new TopOf("by", Map.of(), 3))).isEqualTo(13);
        assertThat(at(new TopOf("by", Map.of(), 5))).isEqualTo(14);
        assertThat(at(new TopOf("by", Map.of("layer", "0"), 2))).isEqualTo(10);
    }

    @Test
    void itIsNamedWithTheLabelsThatChoseIt() {
        assertThat(new TopOf("by", Map.of(), 1).name(ALL)).isEqualTo("L0H2");
        assertThat(new TopOf("by", Map.of("layer", "1"), 2).name(ALL)).isEqualTo("L1H0");
    }

    @Test
    void aRankAmongUndefinedOnesHasNoComponent() {
        TopOf sixth = new TopOf("by", Map.of(), 6);
        assertThat(sixth.narrow(READ, ALL)).isNull();
        assertThat(sixth.name(ALL)).isNull();
    }

    @Test
    void aRankBeyondAllComponentsIsRefused() {
        assertThatThrownBy(() -> new TopOf("by", Map.of(), 7).name(ALL)).hasMessage("`by` has only 6 components");
        assertThatThrownBy(() -> new TopOf("by", Map.of(), 0)).hasMessage("`rank` must be at least 1");
    }
}
