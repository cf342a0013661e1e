package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.outcome.NullDraws;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Side;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.spec.chance.NullChoice;
import dev.loupe.spec.chance.ShuffledTokensNull;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A null knows on which side of it a find stands. */
class NullSidesTest {
    private static final NullChoice SHUFFLES = new ShuffledTokensNull(2, 5);

    @TempDir
    Path folder;

    private NullBand band(String metric, String measurement) {
        String yaml = """
                loupe: 1
                model: {plant: heads, vocabulary: 32, context: 32}
                dataset: {generator: repeated-tokens, period: 4..10, length: 24, offset: random, bos: 31, rows: 8, seed: 3}
                %s
                measure: {s: {%s}}
                """.formatted(metric, measurement);
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            RunResult result = lab.result();
            return Objects.requireNonNull(((Quantity) result.artifacts().get(0)).chance());
        }
    }

    @Test
    void aLossIsBetterWhereItIsLower() {
        NullBand loss = band("metric: loss", "evaluate: default, chance: {shuffled-tokens: {times: 4, seed: 1}}");
        assertThat(loss.side()).isEqualTo(Side.LOWER);
        assertThat(loss.edge()).isEqualTo(Arrays.stream(loss.draws()).min().orElseThrow());
        assertThat(loss.method()).isEqualTo("4 shuffles of each row's tokens, seeds 1 to 4");
        NullBand accuracy =
                band("metric: accuracy", "evaluate: default, chance: {shuffled-tokens: {times: 2, seed: 1}}");
        assertThat(accuracy.side()).isEqualTo(Side.HIGHER);
    }

    @Test
    void aSpecCanAskForBothSides() {
        String scores = "head-scores: [IND], chance: {shuffled-tokens: {times: 2, seed: 1}}";
        assertThat(band("", scores).side()).isEqualTo(Side.HIGHER);
        assertThat(band("", scores).method())
                .isEqualTo("maximum over all components in 2 shuffles of each row's tokens, seeds 1 to 2");
        assertThat(band("", scores + ", chance-side: both").side()).isEqualTo(Side.BOTH);
        assertThatThrownBy(() -> band("", "head-scores: [IND], chance-side: both"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`chance-side`")
                .hasMessageContaining("needs `chance`");
    }

    /** Of -5 and 3 the largest is 3, the smallest -5, and the largest in size -5; of 1 and 2 it is 2, 1 and 2. */
    @Test
    void aDrawIsTheNumberThatShowsMost() {
        List<double[]> draws = List.of(new double[] {3, -5, Double.NaN}, new double[] {1, 2, 0.5});
        assertThat(NullDraws.band(SHUFFLES, draws, Side.HIGHER).draws()).containsExactly(3, 2);
        assertThat(NullDraws.band(SHUFFLES, draws, Side.LOWER).draws()).containsExactly(-5, 0.5);
        NullBand both = NullDraws.band(SHUFFLES, draws, Side.BOTH);
        assertThat(both.draws()).containsExactly(-5, 2);
        assertThat(both.edge()).isEqualTo(5);
        assertThat(both.method()).startsWith("largest in magnitude over all components");
    }

    @Test
    void aDrawInWhichNothingIsDefinedIsUndefined() {
        NullBand band = NullDraws.band(SHUFFLES, List.of(new double[] {Double.NaN}, new double[] {1}), Side.LOWER);
        assertThat(band.draws()).containsExactly(Double.NaN, 1);
        assertThat(band.edge()).isEqualTo(1);
    }
}
