package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.plan.ask.NeuronName;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeuronReasonsTest {
    @Test
    void aReasonIsSaidOnceWithThoseItHoldsFor() {
        NeuronReasons reasons = new NeuronReasons();
        for (int n = 0; n < 5; n++) {
            reasons.add(new NeuronName(2, n), n == 1 ? List.of() : List.of("fires nowhere"));
        }
        reasons.add(new NeuronName(3, 7), List.of("fires nowhere", "has no rule"));
        assertThat(reasons.said())
                .containsExactly("L2N0, L2N2, L2N3 and 2 other neurons: fires nowhere", "L3N7: has no rule");
        assertThat(new NeuronReasons().said()).isEmpty();
    }
}
