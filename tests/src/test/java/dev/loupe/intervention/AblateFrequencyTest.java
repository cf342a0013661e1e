package dev.loupe.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.intervention.select.Earlier;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That its numbers are right is held by WavesOfTransformersTest, against the weights of a pair MLP without the frequency. */
class AblateFrequencyTest {
    private static AblateFrequency of(int low, int high, int modulus, String... at) {
        return new AblateFrequency(List.of(new IntRange(low, high)), modulus, true, List.of(at), Earlier.NONE);
    }

    @Test
    void frequenciesAreThoseOfAnOddModulus() {
        assertThat(of(1, 3, 7, "everywhere").frequencies()).hasSize(1);
        assertThatThrownBy(() -> of(1, 4, 7, "everywhere")).hasMessageContaining("are 1 to 3, not [1..4]");
        assertThatThrownBy(() -> of(0, 3, 7, "everywhere")).hasMessageContaining("are 1 to 3");
        assertThatThrownBy(() -> of(1, 2, 8, "everywhere")).hasMessageContaining("must be odd");
        assertThatThrownBy(() -> of(1, 2, 7, "everywhere", "A")).hasMessageContaining("`everywhere` alone");
    }
}
