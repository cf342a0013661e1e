package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassGeometryTest {
    @TempDir
    Path folder;

    /** Four rows for each of the tokens 0 to 13, which stands at position 1. */
    private Laboratory lab(String measure) {
        String ids = IntStream.range(0, 56)
                .mapToObj(row -> "[" + (20 + row % 4) + ", " + row / 4 + ", " + (24 + row % 3) + "]")
                .collect(Collectors.joining(", "));
        return new Laboratory(folder, """
                loupe: 1
                model: {plant: polygon, seed: 3}
                dataset: {generator: tokens, ids: [%s], positions: {WORD: 1}}
                """.formatted(ids) + measure);
    }

    @Test
    void thePlantedHeptagonIsFoundAndOtherTokensAreNone() {
        RunResult result;
        try (Laboratory lab = lab("""
                measure:
                  planted: {class-geometry: resid_post, classes: {ids: [0, 1, 2, 3, 4, 5, 6]}, of: WORD}
                  shuffled: {class-geometry: resid_post, classes: {ids: [3, 0, 5, 1, 6, 2, 4]}, of: WORD}
                  other: {class-geometry: resid_post, classes: {ids: [7, 8, 9, 10, 11, 12, 13]}, of: WORD}
                  plane: {class-geometry: resid_post, classes: {ids: [0, 1, 2, 3, 4, 5, 6]}, of: WORD, show: plane}
                """)) {
            result = lab.result();
        }
        assertThat(Laboratory.numbers(result, "planted.polygon").data()[0]).isLessThan(.1);
        assertThat(Laboratory.numbers(result, "planted.order-rank").data()[0]).isLessThan(.01);
        assertThat(Laboratory.numbers(result, "shuffled.polygon").data()[0]).isGreaterThan(.5);
        assertThat(Laboratory.numbers(result, "shuffled.any-order").data()[0]).isLessThan(.1);
        assertThat(Laboratory.numbers(result, "other.any-order").data()[0]).isGreaterThan(.1);
        // Both are near a simplex of their own dimensions or are not: only the heptagon has two.
        assertThat(Laboratory.numbers(result, "planted.effective-dimension").data()[0])
                .isLessThan(2.5);
        assertThat(Laboratory.numbers(result, "other.effective-dimension").data()[0])
                .isGreaterThan(4.5);
        NamedArray plane = Laboratory.numbers(result, "plane");
        assertThat(NamedArray.describe(plane.axes())).isEqualTo("[layer 1, class 7, component 2]");
        Quantity polygon = result.artifacts().stream()
                .map(Quantity.class::cast)
                .filter(q -> q.name().equals("planted.polygon"))
                .findFirst()
                .orElseThrow();
        assertThat(polygon.interval()).as("rows are resampled").isNotNull();
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThatThrownBy(() -> lab("measure: {x: {class-geometry: resid_post, classes: {ids: [0, 1]}, of: WORD}}"))
                .hasMessageContaining("at least three");
        assertThatThrownBy(() ->
                        lab("measure: {x: {class-geometry: attn.z, classes: {ids: [0, 1, 2]}, of: WORD, layers: [0]}}"))
                .hasMessageContaining("[batch, pos, d_model]");
        assertThatThrownBy(
                        () -> lab("measure: {x: {class-geometry: resid_post, classes: {ids: [0, 1, 31]}, of: WORD}}"))
                .hasMessageContaining("no row has the class 31");
        assertThatThrownBy(
                        () -> lab("measure: {x: {class-geometry: resid_post, classes: {ids: [0, 1, 2]}, of: NOWHERE}}"))
                .hasMessageContaining("`NOWHERE`");
        assertThatThrownBy(
                        () -> lab(
                                "measure: {x: {class-geometry: resid_post, classes: {ids: [0, 1, 2]}, of: WORD, plane: [1, 3]}}"))
                .hasMessageContaining("two of the components 1 to 2");
    }
}
