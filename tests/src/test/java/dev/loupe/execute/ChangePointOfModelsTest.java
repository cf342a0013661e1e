package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Change points in a whole run. The distance stands for the steps of a training, which would have to be trained. */
class ChangePointOfModelsTest {
    private static final String SPEC = """
            loupe: 1
            model: {card: previous-rotary, seeds: [0, 1]}
            dataset: {generator: random-tokens, task: previous-token, length: 14, rows: 8, seed: 1}
            metric: accuracy
            measure:
              looks: {distance-profile: 12}
              right: {evaluate: default}
              change: {change-point: %s, along: %s}
            claims: []
            """;

    @TempDir
    Path folder;

    @Test
    void aMeasurementIsReadAlongItsAxisInEveryModel() {
        try (Laboratory lab = new Laboratory(folder, SPEC.formatted("looks", "distance"))) {
            NamedArray change = Laboratory.numbers(lab.result(), "change.sharpness");
            assertThat(NamedArray.describe(change.axes())).isEqualTo("[seed 2, layer 1, head 1]");
        }
    }

    @Test
    void anAxisThatIsNotThereIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new Laboratory(folder, SPEC.formatted("right", "checkpoint")).close())
                .hasMessageContaining("no axis `checkpoint`");
    }

    @Test
    void tooFewPointsAreRefusedBeforeARun() {
        String few = SPEC.replace("distance-profile: 12", "distance-profile: 6").formatted("looks", "distance");
        assertThatThrownBy(() -> new Laboratory(folder, few).close())
                .hasMessageContaining(
                        "`looks` has 6 points of `distance` above 0, and a change point needs at least 8");
    }
}
