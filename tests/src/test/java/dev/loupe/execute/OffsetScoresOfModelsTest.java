package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offset scores of trained models against the scores that their own forward passes give. */
class OffsetScoresOfModelsTest {
    @TempDir
    Path folder;

    /** Where all tokens are equal every query and every key is the mean one, so that its curve is all there is. */
    @Test
    void onEqualTokensTheCurveIsTheScores() {
        String yaml = """
                loupe: 1
                model: {card: previous-rotary, seeds: 0}
                dataset: {generator: tokens, ids: [[5, 5, 5, 5, 5, 5, 5, 5, 5, 5], [5, 5, 5, 5, 5, 5, 5, 5, 5, 5]]}
                measure:
                  score: {offset-scores: score, farthest: 9}
                  true-score: {offset-scores: mean-score, farthest: 9}
                  explained: {offset-scores: explained}
                  spread: {offset-scores: spread}
                claims:
                  - {say: the score peaks one back, that: {at-label: score, along: offset}, above: 0.5, below: 1.5}
                """;
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            RunResult result = lab.result();
            assertThat(result.claims().get(0).parts().get(0).observed()).isEqualTo(1);
            NamedArray score = Laboratory.numbers(result, "score");
            NamedArray truth = Laboratory.numbers(result, "true-score");
            for (int offset = 0; offset < 10; offset++) {
                assertThat(score.data()[offset]).isEqualTo(truth.data()[offset], within(1e-3));
            }
            assertThat(Laboratory.numbers(result, "explained").data()[0]).isEqualTo(1, within(1e-5));
            assertThat(Laboratory.numbers(result, "spread").data()[0]).isEqualTo(0, within(1e-2));
        }
    }

    @Test
    void aModelWithoutRotaryPositionsHasNoPairs() {
        String yaml = """
                loupe: 1
                model: {card: previous-learned, seeds: 0}
                dataset: {generator: random-tokens, length: 8, rows: 4, seed: 1}
                measure: {score: {offset-scores: %s, farthest: 3}}
                """;
        assertThatThrownBy(() -> new Laboratory(folder, yaml.formatted("score")).close())
                .hasMessageContaining("`mean-score` and `spread` work for every model");
        try (Laboratory lab = new Laboratory(folder, yaml.formatted("mean-score"))) {
            assertThat(Laboratory.numbers(lab.result(), "score").data()).hasSize(4);
        }
        assertThatThrownBy(() -> new Laboratory(
                                folder, yaml.formatted("mean-score").replace("farthest: 3", "farthest: 8"))
                        .close())
                .hasMessageContaining("`farthest` is at most 7");
    }
}
