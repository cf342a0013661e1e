package dev.loupe.report.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictMatrixTest {
    private static ClaimResult claim(String say, String... units) {
        List<ClaimResult.Part> parts = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            Verdict verdict = i == 1 ? Verdict.REFUTED : Verdict.HOLDS;
            parts.add(new ClaimResult.Part(units[i], verdict, i + 0.5, i, i + 1, null));
        }
        return new ClaimResult(say, new Limits(0.0, null), "bound", 1, 0.95, parts, null);
    }

    @Test
    void aRowForEachModelAndAColumnForEachClaimAboutSeveral() {
        VerdictMatrix matrix = requireNonNull(VerdictMatrix.of(List.of(
                claim("one", "seed 0", "seed 1", "seed 2"),
                claim("planted", "planted heads"),
                claim("two", "seed 0", "seed 1", "other"))));
        assertThat(matrix.title()).isEqualTo("Model by model: 4 of 6 comparisons hold");
        assertThat(matrix.open()).isFalse();
        assertThat(matrix.columns())
                .containsExactly(new VerdictMatrix.Column(1, "one"), new VerdictMatrix.Column(3, "two"));
        assertThat(matrix.rows().stream().map(row -> row.unit() + ": " + row.holds()))
                .containsExactly("seed 0: 2 of 2", "seed 1: 0 of 2", "seed 2: 1 of 1", "other: 1 of 1");
        assertThat(matrix.rows().get(2).cells())
                .containsExactly(
                        new VerdictMatrix.Cell("holds", "2.500", "[2, 3]", "✓"),
                        new VerdictMatrix.Cell("", "", "", ""));
        assertThat(matrix.rows().get(1).cells().get(0).mark()).isEqualTo("✗");
    }

    @Test
    void claimsAboutOneModelOrASingleClaimHaveNone() {
        assertThat(VerdictMatrix.of(List.of())).isNull();
        assertThat(VerdictMatrix.of(List.of(claim("a", "x"), claim("b", "y")))).isNull();
        assertThat(VerdictMatrix.of(List.of(claim("a", "x", "y"), claim("b", "y"))))
                .isNull();
    }

    @Test
    void manyModelsAreUnfoldedAndTooManyAreLeftToFigures() {
        String[] five = IntStream.range(0, 5).mapToObj(i -> "seed " + i).toArray(String[]::new);
        assertThat(requireNonNull(VerdictMatrix.of(List.of(claim("a", five), claim("b", five))))
                        .open())
                .isTrue();
        String[] many = IntStream.range(0, 101).mapToObj(i -> "step " + i).toArray(String[]::new);
        assertThat(VerdictMatrix.of(List.of(claim("a", many), claim("b", many))))
                .isNull();
    }
}
