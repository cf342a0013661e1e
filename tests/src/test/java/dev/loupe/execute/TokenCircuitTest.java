package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.weights.TokenCircuit;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.shape.IntRange;
import java.nio.file.Path;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a model without normalisation, against products of its whole matrices. */
class TokenCircuitTest {
    @TempDir
    Path folder;

    private RunResult run() {
        String yaml = """
                loupe: 1
                model: {plant: heads, vocabulary: 16, context: 32}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure:
                  qk: {circuit: QK, heads: [L0H1, L1H0], tokens: 3..6}
                  asking: {circuit: QK, heads: [L0H1, L1H0], tokens: 3..6, queries: 14..99}
                  ov: {circuit: OV, heads: [L0H1, L1H0], tokens: 3..99}
                  q: {weights: W_Q, heads: [L0H1, L1H0]}
                  k: {weights: W_K, heads: [L0H1, L1H0]}
                  v: {weights: W_V, heads: [L0H1, L1H0]}
                  o: {weights: W_O, heads: [L0H1, L1H0]}
                  e: {weights: W_E}
                  u: {weights: W_U}
                """;
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    private static SimpleMatrix matrix(NamedArray table) {
        return new SimpleMatrix(table.axes().get(0).size(), table.axes().get(1).size(), true, table.data());
    }

    private static SimpleMatrix of(RunResult result, String name, int head) {
        return matrix(Laboratory.numbers(result, name).at("weight_head", head));
    }

    private static void same(NamedArray found, SimpleMatrix wanted, int first) {
        SimpleMatrix table = matrix(found);
        for (int i = 0; i < table.getNumRows(); i++) {
            for (int j = 0; j < table.getNumCols(); j++) {
                assertThat(table.get(i, j)).as(i + " " + j).isEqualTo(wanted.get(first + i, first + j), within(1e-3));
            }
        }
    }

    @Test
    void tablesAreProductsOfTheWeights() {
        RunResult result = run();
        SimpleMatrix embedding = matrix(Laboratory.numbers(result, "e"));
        SimpleMatrix unembedding = matrix(Laboratory.numbers(result, "u"));
        for (int h = 0; h < 2; h++) {
            NamedArray qk = Laboratory.numbers(result, "qk").at("circuit_head", h);
            assertThat(qk.axis("query_token").labels()).containsExactly("3", "4", "5", "6");
            assertThat(qk.axis("key_token").labels()).containsExactly("3", "4", "5", "6");
            // Planted heads do not divide their scores.
            SimpleMatrix keys = embedding.mult(of(result, "k", h));
            same(qk, embedding.mult(of(result, "q", h)).mult(keys.transpose()), 3);
            NamedArray asking = Laboratory.numbers(result, "asking").at("circuit_head", h);
            assertThat(asking.axis("query_token").labels()).containsExactly("14", "15");
            assertThat(asking.axis("key_token").labels()).containsExactly("3", "4", "5", "6");
            SimpleMatrix scores = embedding.mult(of(result, "q", h)).mult(keys.transpose());
            for (int k = 0; k < 8; k++) {
                assertThat(asking.data()[k]).isEqualTo(scores.get(14 + k / 4, 3 + k % 4), within(1e-3));
            }
            NamedArray ov = Laboratory.numbers(result, "ov").at("circuit_head", h);
            assertThat(ov.axis("key_token").labels())
                    .hasSize(13)
                    .startsWith("3")
                    .endsWith("15");
            same(ov, embedding.mult(of(result, "v", h)).mult(of(result, "o", h)).mult(unembedding), 3);
        }
    }

    @Test
    void aTableShowsAtMost512Tokens() {
        List<HeadName> head = List.of(HeadName.parse("L0H0"));
        assertThat(new TokenCircuit(TokenCircuit.Which.QK, head, new IntRange(0, 511), null).heads())
                .isEqualTo(head);
        assertThatThrownBy(() -> new TokenCircuit(TokenCircuit.Which.QK, head, new IntRange(0, 512), null))
                .hasMessage("a table can show at most 512 tokens");
        assertThat(new TokenCircuit(TokenCircuit.Which.QK, head, new IntRange(100, 611), null).tokens())
                .isEqualTo(new IntRange(100, 611));
        assertThatThrownBy(() -> new TokenCircuit(TokenCircuit.Which.QK, head, new IntRange(-1, 5), null))
                .hasMessage("a table can show at most 512 tokens");
        assertThatThrownBy(() -> new TokenCircuit(TokenCircuit.Which.QK, List.of(), new IntRange(0, 5), null))
                .hasMessageContaining("at least one head");
    }
}
