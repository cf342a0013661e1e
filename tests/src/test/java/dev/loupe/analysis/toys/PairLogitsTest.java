package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Modulo 3 with four output tokens, of which the last is no number. */
class PairLogitsTest {
    private final List<PairAnswers> answered = new ArrayList<>();

    private final PairLogits reading = new PairLogits(PairPlaces.USUAL, 3, new PairLogits.Finish() {
        @Override
        public List<Axis> axes(int modulus) {
            return List.of(new Axis("one", List.of("m" + modulus)));
        }

        @Override
        public double[] numbers(PairAnswers answers) {
            answered.add(answers);
            return new double[] {17};
        }

        @Override
        public String label() {
            return "answers";
        }
    });

    /** Rows {@code a b =}; each predicts {@code right}. */
    private static TokenRows rows(int[][] tokens, int... right) {
        int[][] targets = new int[tokens.length][];
        int[] zero = new int[tokens.length];
        int[] one = new int[tokens.length];
        int[] two = new int[tokens.length];
        Arrays.fill(one, 1);
        Arrays.fill(two, 2);
        for (int row = 0; row < tokens.length; row++) {
            targets[row] = new int[] {-1, -1, right[row]};
        }
        return new TokenRows(tokens, targets, Map.of(), Map.of("A", zero, "B", one, "END", two), Map.of());
    }

    private static TokenRows differences() {
        int[][] tokens = new int[9][];
        int[] right = new int[9];
        for (int pair = 0; pair < 9; pair++) {
            tokens[pair] = new int[] {pair / 3, pair % 3, 3};
            right[pair] = Math.floorMod(pair / 3 - pair % 3, 3);
        }
        return rows(tokens, right);
    }

    /** Of three rows the middle one begins with the token that is no number. */
    @Test
    void aBatchGivesTheLogitsOfItsPairs() {
        WrittenTransformer model = WrittenTransformer.random(
                TransformerConfig.builder(1, 4, 3, 4).nHeads(1).build(), 1);
        TokenRows rows = rows(new int[][] {{2, 1, 3}, {3, 1, 3}, {0, 0, 3}}, 1, 0, 2);
        float[] logits = new float[3 * 3 * 4];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = i;
        }
        try (NDManager manager = Backend.cpu()) {
            PairLogits.Kept kept = reading.part(
                    model.batch(rows, Map.of(), manager.create(logits, new Shape(3, 3, 4)), manager), new int[0]);
            assertThat(kept.pairs()).containsExactly(7, 0);
            assertThat(kept.right()).containsExactly(1, 2);
            assertThat(kept.logits()).isEqualTo(new float[][] {{8, 9, 10}, {32, 33, 34}});
        }
    }

    @Test
    void batchesStandOneAfterTheOther() {
        PairLogits.Kept both = reading.merge(
                new PairLogits.Kept(new int[] {7, 2}, new float[][] {{1, 2, 3}, {4, 5, 6}}, new int[] {1, 2}),
                new PairLogits.Kept(new int[] {4}, new float[][] {{7, 8, 9}}, new int[] {1}));
        assertThat(both.pairs()).containsExactly(7, 2, 4);
        assertThat(both.right()).containsExactly(1, 2, 1);
        assertThat(both.logits()).isEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
    }

    @Test
    void thePairsAreWrittenWhereTheyBelong() {
        int[] pairs = new int[10];
        int[] right = new int[10];
        float[][] logits = new float[10][];
        for (int i = 0; i < 10; i++) {
            int pair = i == 0 ? 5 : 9 - i;
            pairs[i] = pair;
            right[i] = Math.floorMod(pair / 3 - pair % 3, 3);
            logits[i] = new float[] {pair, 10 * i, -pair};
        }
        StepValue found = reading.finish(new PairLogits.Kept(pairs, logits, right));
        assertThat(((StepValue.Numbers) found).numbers().data()).containsExactly(17);
        PairAnswers made = answered.get(0);
        assertThat(made.sign()).isEqualTo(-1);
        assertThat(made.modulus()).isEqualTo(3);
        for (int pair = 0; pair < 9; pair++) {
            assertThat(made.right()[pair]).isEqualTo(Math.floorMod(pair / 3 - pair % 3, 3));
            assertThat(Arrays.copyOfRange(made.logits(), 3 * pair, 3 * pair + 3))
                    .as("the last row of pair %d counts", pair)
                    .containsExactly(pair, 10 * (9 - pair), -pair);
        }
    }

    @Test
    void rowsAreCheckedBeforeARun() {
        assertThatCode(() -> reading.check(differences())).doesNotThrowAnyException();
        TokenRows all = differences();
        int[][] more = Arrays.copyOf(all.tokens(), 10);
        more[9] = new int[] {3, 0, 3};
        int[] right = new int[10];
        for (int row = 0; row < 9; row++) {
            right[row] = all.target(row, 2);
        }
        right[9] = 2;
        assertThatCode(() -> reading.check(rows(more, right)))
                .as("a row without two numbers asks for nothing")
                .doesNotThrowAnyException();
        right[0] = 1;
        assertThatThrownBy(() -> reading.check(rows(more, right))).hasMessageContaining("neither a + b nor a - b");
        int[][] fewer = Arrays.copyOf(all.tokens(), 8);
        assertThatThrownBy(() -> reading.check(rows(fewer, right))).hasMessageContaining("8 of the 9 pairs");
    }

    @Test
    void itIsReadAtItsPlaceAndFoldsToNumbers() {
        assertThat(reading.axes(WrittenTransformer.random(
                                TransformerConfig.builder(1, 4, 3, 4).nHeads(1).build(), 1)
                        .shape()))
                .containsExactly(new Axis("one", List.of("m3")));
        assertThat(reading.foldsToNumbers()).isTrue();
        assertThat(reading.label()).isEqualTo("answers at END");
    }
}
