package dev.loupe.report.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictMatrixTest {
    @Test
    void aRowForEachModelAndAColumnForEachClaimAboutSeveral() {
        VerdictMatrix matrix = requireNonNull(VerdictMatrix.of(ModelRuns.named(
                ModelRuns.claim("one", "seed 0", "seed 1", "seed 2"),
                ModelRuns.claim("planted", "planted heads"),
                ModelRuns.claim("two", "seed 0", "seed 1", "other"))));
        assertThat(matrix.title()).isEqualTo("Model by model: 4 of 6 comparisons hold");
        assertThat(matrix.columns())
                .containsExactly(
                        new VerdictMatrix.Column(1, "one", "above 0.0", "holds in 2 of 3 models, refuted in 1"),
                        new VerdictMatrix.Column(3, "two", "above 0.0", "holds in 2 of 3 models, refuted in 1"));
        assertThat(matrix.rows().stream().map(row -> row.unit() + ": " + row.holds()))
                .containsExactly("seed 0: 2 of 2", "seed 1: 0 of 2", "seed 2: 1 of 1", "other: 1 of 1");
        assertThat(matrix.rows().get(2).cells())
                .containsExactly(
                        new VerdictMatrix.Cell("holds", "2.500", "[2, 3]", "2.5"),
                        new VerdictMatrix.Cell("", "", "", ""));
        assertThat(matrix.data())
                .contains("[\"\",\"seed 1\",\"\",null,\"one\",1.5,1,2,null,0,null,\"refuted\",\"\",\"\"]");
    }

    @Test
    void claimsAboutOneModelOrASingleClaimAboutTwoHaveNone() {
        assertThat(VerdictMatrix.of(ModelRuns.named())).isNull();
        assertThat(VerdictMatrix.of(ModelRuns.named(ModelRuns.claim("a", "x"), ModelRuns.claim("b", "y"))))
                .isNull();
        assertThat(VerdictMatrix.of(ModelRuns.named(ModelRuns.claim("a", "x", "y"), ModelRuns.claim("b", "y"))))
                .isNull();
    }

    /** Units are the same whatever the order in which their axes are named. */
    @Test
    void theOrderOfAxesMakesNoOtherModel() {
        VerdictMatrix matrix = requireNonNull(VerdictMatrix.of(ModelRuns.named(
                ModelRuns.claim("a", "seed 0, model x", "seed 0, model y"),
                ModelRuns.claim("b", "model x, seed 0", "model y, seed 0"))));
        assertThat(matrix.rows()).hasSize(2);
    }

    @Test
    void tooManyAreLeftToFigures() {
        String[] many = IntStream.range(0, 101).mapToObj(i -> "step " + i).toArray(String[]::new);
        assertThat(VerdictMatrix.of(ModelRuns.named(ModelRuns.claim("a", many), ModelRuns.claim("b", many))))
                .isNull();
    }

    /** Of several runs the claims that at least two of them make in the same words, a row for each model of each run. */
    @Test
    void ofSeveralRunsTheClaimsThatTheyShare() {
        VerdictMatrix matrix = requireNonNull(VerdictMatrix.of(List.of(
                ModelRuns.named("first", ModelRuns.claim("same", "gpt2"), ModelRuns.claim("alone", "gpt2")),
                ModelRuns.named("second", ModelRuns.claim("other", "x"), ModelRuns.claim("same", "smollm2")),
                ModelRuns.named("third", ModelRuns.claim("same", "seed 0", "seed 1")))));
        assertThat(matrix.columns().stream().map(VerdictMatrix.Column::say)).containsExactly("same");
        assertThat(matrix.rows().stream().map(VerdictMatrix.Row::unit))
                .containsExactly("first, gpt2", "second, smollm2", "third, seed 0", "third, seed 1");
    }
}
