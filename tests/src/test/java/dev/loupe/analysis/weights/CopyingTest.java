package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.weights.Copying.Score;
import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.Complex_F64;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Against whole matrices from tokens to tokens. */
class CopyingTest {
    private static final SmallModel MODEL = SmallModel.of(6, 6);

    private static SimpleMatrix circuit(SimpleMatrix tokens, int layer, int head) {
        return tokens.mult(MODEL.ov(layer, head)).mult(MODEL.unembedding());
    }

    @Test
    void theEigenvalueScoreIsThatOfTheTokens() {
        Copying copying = new Copying(List.of(Score.EIGENVALUE), 1, 1, 1);
        NamedArray found = MODEL.with(copying::compute);
        assertThat(found.axes()).isEqualTo(copying.axes(MODEL.shape()));
        for (int layer = 0; layer < 3; layer++) {
            for (int head = 0; head < 2; head++) {
                SimpleMatrix small = MODEL.head(layer, head, "W_O")
                        .mult(MODEL.unembedding())
                        .mult(MODEL.embedding())
                        .mult(MODEL.head(layer, head, "W_V"));
                double real = 0;
                double size = 0;
                for (Complex_F64 one : small.eig().getEigenvalues()) {
                    real += one.getReal();
                    size += one.getMagnitude();
                }
                assertThat(found.data()[2 * layer + head]).isEqualTo(real / size, within(1e-4));
            }
        }
    }

    @Test
    void ranksAreThoseOfTheOwnLogit() {
        Copying copying = new Copying(List.of(Score.BOTTOM_K, Score.TOP_K), 2, 6, 1);
        NamedArray found = MODEL.with(copying::compute);
        assertThat(found.axis("score").labels()).containsExactly("bottom-k", "top-k");
        int[] all = IntStream.range(0, 6).toArray();
        for (int i = 0; i < 6; i++) {
            double[] wanted = shares(circuit(MODEL.effectiveEmbedding(), i / 2, i % 2), all, 2);
            assertThat(found.data()[6 + i]).isEqualTo(wanted[0], within(1e-12));
            assertThat(found.data()[i]).isEqualTo(wanted[1], within(1e-12));
        }
        assertThat(Arrays.stream(found.data())).anyMatch(share -> share > 0 && share < 1);
    }

    /** Four of six tokens, drawn with the seed. */
    @Test
    void aLargeVocabularyIsSampled() {
        NamedArray found = MODEL.with(new Copying(List.of(Score.TOP_K), 3, 4, 8)::compute);
        int[] drawn = new SplittableRandom(8).ints(0, 6).distinct().limit(4).toArray();
        for (int i = 0; i < 6; i++) {
            double[] wanted = shares(circuit(MODEL.effectiveEmbedding(), i / 2, i % 2), drawn, 3);
            assertThat(found.data()[i]).isEqualTo(wanted[0], within(1e-12));
        }
    }

    private static double[] shares(SimpleMatrix logits, int[] tokens, int k) {
        double[] out = new double[2];
        for (int t : tokens) {
            int above = 0;
            int below = 0;
            for (int o = 0; o < 6; o++) {
                above += logits.get(t, o) > logits.get(t, t) ? 1 : 0;
                below += logits.get(t, o) < logits.get(t, t) ? 1 : 0;
            }
            out[0] += above < k ? 1.0 / tokens.length : 0;
            out[1] += below < k ? 1.0 / tokens.length : 0;
        }
        return out;
    }

    @Test
    void workIsThatOfTheScoresThatAreAsked() {
        // 6 heads of 3 dimensions, d_model 5, 6 tokens.
        long eigenvalue = 2 * 25 * 6 + 2 * 6 * 25 * 3;
        long ranks = 2 * 6 * 4 * 5 * 6;
        assertThat(new Copying(List.of(Score.EIGENVALUE), 1, 4, 1).flops(MODEL.shape()))
                .isEqualTo(eigenvalue);
        assertThat(new Copying(List.of(Score.TOP_K), 1, 4, 1).flops(MODEL.shape()))
                .isEqualTo(ranks);
        assertThat(new Copying(List.of(Score.values()), 1, 4, 1).flops(MODEL.shape()))
                .isEqualTo(eigenvalue + ranks);
    }

    @Test
    void numbersBelowOneAreRefused() {
        assertThatThrownBy(() -> new Copying(List.of(Score.TOP_K), 0, 1, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Copying(List.of(Score.TOP_K), 1, 0, 1)).hasMessageContaining("at least 1");
    }
}
