package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head that finds source words by content scores 1, and no head by place passes the null where words are reordered. */
class PlantedTranslationTest {
    @TempDir
    Path folder;

    @Test
    void contentIsToldFromPlace() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {plant: translation}
                dataset:
                  sorted: {generator: translation, order: sorted, rows: 200, seed: 4}
                  straight: {generator: translation, order: monotone, rows: 200, seed: 5}
                metric: {accuracy: {at: output}}
                measure:
                  sorted: {target-scores: {pointer: source-of-next}, at: output, dataset: sorted, chance: {shuffled-targets: {times: 100, seed: 6}}}
                  straight: {target-scores: {pointer: source-of-next}, at: output, dataset: straight, chance: {shuffled-targets: {times: 100, seed: 7}}}
                  works: {evaluate: default, dataset: sorted}
                """)) {
            result = lab.result();
        }
        NamedArray sorted = Laboratory.numbers(result, "sorted.TARGET");
        NamedArray straight = Laboratory.numbers(result, "straight.TARGET");
        assertThat(sorted.data()[0]).as("by content").isEqualTo(1, within(1e-4));
        assertThat(Laboratory.numbers(result, "works").value()).isEqualTo(1);
        // One word in six is where it would be if words were translated one after another.
        assertThat(sorted.data()[1]).as("by place").isEqualTo(1.0 / 6, within(.04));
        NullBand chance =
                Objects.requireNonNull(quantity(result, "sorted.TARGET").chance());
        assertThat(chance.beyond(sorted.data()[0])).isTrue();
        assertThat(chance.edge()).isLessThan(.25);
        // Where words are translated in their order, place is as good as content, and the null alone is no protection.
        assertThat(straight.data()[1]).isEqualTo(1, within(1e-4));
        assertThat(Laboratory.numbers(result, "straight.FIXED").data()[1]).isEqualTo(1, within(1e-4));
        assertThat(Laboratory.numbers(result, "sorted.FIXED").data()[0])
                .as("no place explains it")
                .isLessThan(.3);
    }

    private static Quantity quantity(RunResult result, String name) {
        return result.artifacts().stream()
                .map(Quantity.class::cast)
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
