package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowPartsTest {
    private static final Axis WINDOWS = new Axis("window", List.of("3", "1"));

    /** Two positions, three layers, windows of three layers and of one: cells [pos, layer, window]. */
    @Test
    void aWindowIsMadeOfTheSingleLayersAtItsPlace() {
        List<Axis> axes = List.of(Axis.counted("pos", 2), Axis.counted("layer", 3), WINDOWS);
        assertThat(WindowParts.of(axes, 3))
                .containsExactly(
                        List.of(1, 3),
                        List.of(1),
                        List.of(1, 3, 5),
                        List.of(3),
                        List.of(3, 5),
                        List.of(5),
                        List.of(7, 9),
                        List.of(7),
                        List.of(7, 9, 11),
                        List.of(9),
                        List.of(9, 11),
                        List.of(11));
    }

    /** Windows of one layer and of two, then layers: cells [window, layer]. */
    @Test
    void windowsMayStandFirst() {
        assertThat(WindowParts.of(List.of(new Axis("window", List.of("1", "2")), Axis.counted("layer", 2)), 2))
                .containsExactly(List.of(0), List.of(1), List.of(0), List.of(0, 1));
    }

    @Test
    void aSweepWithoutSingleLayersIsRefused() {
        assertThatThrownBy(() -> WindowParts.of(List.of(WINDOWS), 3)).hasMessageContaining("needs a sweep over layers");
        assertThatThrownBy(() -> WindowParts.of(List.of(Axis.counted("layer", 3)), 3))
                .hasMessageContaining("needs a sweep over layers");
        assertThatThrownBy(() ->
                        WindowParts.of(List.of(Axis.counted("layer", 3), new Axis("window", List.of("2", "3"))), 3))
                .hasMessageContaining("needs a sweep over layers");
        assertThatThrownBy(() -> WindowParts.of(List.of(Axis.counted("layer", 3), WINDOWS), 4))
                .hasMessageContaining("layer 3 is not swept");
    }
}
