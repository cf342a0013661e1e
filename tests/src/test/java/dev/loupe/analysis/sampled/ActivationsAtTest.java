package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.Site;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationsAtTest {
    @Test
    void positionsOfTheClassAreAddedUp() {
        ActivationsAt reading = new ActivationsAt(Site.MLP_POST, List.of(1, 0), "late");
        RowValues found = WrittenNeurons.with(reading::read);
        // [row][layer][neuron]: of row 0 two positions, of row 1 one.
        assertThat(found.numerator()).containsExactly(24, 34, 4, 14, 7, 11, -3, 1);
        assertThat(found.denominator()).containsExactly(2, 2, 2, 2, 1, 1, 1, 1);
        assertThat(reading.axes(WrittenNeurons.MODEL.shape()))
                .containsExactly(new Axis("layer", List.of("1", "0")), Axis.counted("neuron", 2));
        assertThatThrownBy(() -> new ActivationsAt(Site.MLP_POST, List.of(0), "nowhere").check(WrittenNeurons.rows()))
                .hasMessageContaining("`nowhere`");
    }

    @Test
    void theResidualStreamHasDimensions() {
        ActivationsAt reading = new ActivationsAt(Site.RESID_PRE, List.of(1), "END");
        RowValues found = WrittenNeurons.with(reading::read);
        assertThat(found.numerator()).containsExactly(110, 111, 112, 113, 114, 125, 126, 127, 128, 129);
        assertThat(reading.axes(WrittenNeurons.MODEL.shape()).get(1).size()).isEqualTo(5);
    }
}
