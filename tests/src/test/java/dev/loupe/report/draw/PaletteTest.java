package dev.loupe.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WCAG 2 AA, computed: 4.5:1 for text, 3:1 for marks. */
class PaletteTest {
    static List<Palette.Theme> themes() {
        return List.of(Palette.LIGHT, Palette.DARK);
    }

    @Test
    void contrastIsTheStandardsOwn() {
        assertThat(Palette.contrast("#000000", "#ffffff")).isCloseTo(21, within(1e-9));
        assertThat(Palette.contrast("#767676", "#ffffff")).isCloseTo(4.54, within(0.01));
    }

    @ParameterizedTest
    @MethodSource("themes")
    void wordsCanBeRead(Palette.Theme theme) {
        // Quiet boxes behind text are 4 % ink on paper.
        String soft = Palette.mix(theme.paper(), theme.ink(), 0.06);
        for (String colour :
                List.of(theme.ink(), theme.faint(), theme.accent(), theme.pass(), theme.fail(), theme.warn())) {
            assertThat(Palette.contrast(colour, theme.paper())).as(colour).isGreaterThanOrEqualTo(4.5);
            assertThat(Palette.contrast(colour, soft))
                    .as(colour + " on " + soft)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void numbersInCellsCanBeRead(Palette.Theme theme) {
        for (int k = -ColourScale.STEPS; k <= ColourScale.STEPS; k++) {
            String step = Palette.step(theme, k);
            assertThat(Palette.contrast(step, Palette.textOn(step)))
                    .as("step %s", k)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void linesAndTheirNamesCanBeSeen(Palette.Theme theme) {
        assertThat(theme.series()).doesNotHaveDuplicates().hasSize(8);
        for (String colour : theme.series()) {
            assertThat(Palette.contrast(colour, theme.paper())).as(colour).isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void furtherFromZeroIsFurtherFromThePaper(Palette.Theme theme) {
        for (int sign : new int[] {-1, 1}) {
            double before = Palette.contrast(Palette.step(theme, 0), theme.paper());
            assertThat(before).isCloseTo(1, within(1e-6));
            for (int k = 1; k <= ColourScale.STEPS; k++) {
                double now = Palette.contrast(Palette.step(theme, sign * k), theme.paper());
                assertThat(now).as("step %s", sign * k).isGreaterThan(before);
                before = now;
            }
        }
    }
}
