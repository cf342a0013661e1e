package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.weights.SvdTokens.Which;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.result.TokenRankings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.ejml.simple.SimpleSVD;
import org.junit.jupiter.api.Test;

/** Tokens along singular directions, against decompositions of whole matrices. */
class SvdTokensTest {
    private static final SmallModel MODEL = SmallModel.of(6, 7);

    private static SvdTokens tokens(Which of, List<HeadName> heads, List<Integer> layers, CircuitBasis between) {
        return new SvdTokens(of, heads, layers, 2, 3, between);
    }

    private static List<TokenRankings.Ranking> ranked(SvdTokens tokens) {
        return MODEL.with(tokens::rank).rankings();
    }

    /** The sign that makes the largest entry of the right direction positive. */
    private static double sign(SimpleMatrix right) {
        double largest = 0;
        for (int i = 0; i < right.getNumElements(); i++) {
            largest = Math.abs(right.get(i)) > Math.abs(largest) ? right.get(i) : largest;
        }
        return Math.signum(largest);
    }

    private static void same(TokenRankings.Group group, String title, SimpleMatrix numbers, boolean highest) {
        assertThat(group.title()).isEqualTo(title);
        List<Integer> order = IntStream.range(0, numbers.getNumElements())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> highest ? -numbers.get(i) : numbers.get(i)))
                .limit(3)
                .toList();
        assertThat(group.entries().stream().map(TokenRankings.Entry::id))
                .as(title)
                .isEqualTo(order);
        for (TokenRankings.Entry entry : group.entries()) {
            assertThat(entry.values().get(0)).isEqualTo(numbers.get(entry.id()), within(1e-4));
        }
    }

    @Test
    void aHeadReadsAndWritesOrAsksAndAnswers() {
        List<HeadName> heads = List.of(new HeadName(2, 1), new HeadName(1, 0));
        for (Which of : List.of(Which.OV, Which.QK)) {
            for (CircuitBasis between : List.of(CircuitBasis.EMBEDDINGS, CircuitBasis.EFFECTIVE_EMBEDDINGS)) {
                List<TokenRankings.Ranking> found = ranked(tokens(of, heads, List.of(), between));
                assertThat(found).hasSize(4);
                SimpleMatrix read = between == CircuitBasis.EMBEDDINGS ? MODEL.embedding() : MODEL.effectiveEmbedding();
                for (int i = 0; i < 4; i++) {
                    HeadName head = heads.get(i / 2);
                    SimpleMatrix whole =
                            of == Which.OV ? MODEL.ov(head.layer(), head.head()) : MODEL.qk(head.layer(), head.head());
                    SimpleSVD<SimpleMatrix> svd = whole.svd();
                    SimpleMatrix right = svd.getV().getColumn(i % 2);
                    SimpleMatrix left = svd.getU().getColumn(i % 2).scale(sign(right));
                    SimpleMatrix turned = right.scale(sign(right));
                    SimpleMatrix from = read.mult(left);
                    SimpleMatrix to = (of == Which.OV ? MODEL.unembedding().transpose() : read).mult(turned);
                    TokenRankings.Ranking one = found.get(i);
                    assertThat(one.label())
                            .isEqualTo(String.format(
                                    Locale.ROOT,
                                    "%s, direction %d, singular value %.3g",
                                    head,
                                    i % 2,
                                    svd.getSingleValue(i % 2)));
                    String[] words = of == Which.OV ? new String[] {"reads", "writes"} : new String[] {"from", "to"};
                    same(one.groups().get(0), words[0] + " (+)", from, true);
                    same(one.groups().get(1), words[1] + " (+)", to, true);
                    same(one.groups().get(2), words[0] + " (-)", from, false);
                    same(one.groups().get(3), words[1] + " (-)", to, false);
                }
            }
        }
    }

    @Test
    void anMlpReadsItsColumnsAndWritesItsRows() {
        for (Which of : List.of(Which.IN, Which.OUT)) {
            List<TokenRankings.Ranking> found = ranked(tokens(of, List.of(), List.of(2, 0), CircuitBasis.EMBEDDINGS));
            assertThat(found).hasSize(4);
            for (int i = 0; i < 4; i++) {
                int layer = i < 2 ? 2 : 0;
                SimpleMatrix rows = of == Which.IN ? MODEL.mlp(layer, "W_in").transpose() : MODEL.mlp(layer, "W_out");
                SimpleMatrix right = rows.svd().getV().getColumn(i % 2);
                SimpleMatrix logits = MODEL.unembedding().transpose().mult(right.scale(sign(right)));
                assertThat(found.get(i).label()).startsWith("layer " + layer + ", direction " + i % 2);
                same(found.get(i).groups().get(0), "most", logits, true);
                same(found.get(i).groups().get(1), "least", logits, false);
            }
        }
    }

    @Test
    void noMoreDirectionsThanThereAre() {
        SvdTokens many =
                new SvdTokens(Which.OV, List.of(new HeadName(0, 0)), List.of(), 50, 100, CircuitBasis.EMBEDDINGS);
        assertThat(ranked(many)).hasSize(3);
        assertThat(ranked(many).get(0).groups().get(0).entries()).hasSize(6);
        SvdTokens layers = new SvdTokens(Which.IN, List.of(), List.of(1), 50, 1, CircuitBasis.EMBEDDINGS);
        assertThat(ranked(layers)).hasSize(5);
    }

    @Test
    void workAndMemoryAreThoseOfHeadsOrLayers() {
        List<HeadName> heads = List.of(new HeadName(2, 1), new HeadName(1, 0));
        SvdTokens ofHeads = tokens(Which.OV, heads, List.of(), CircuitBasis.EMBEDDINGS);
        SvdTokens ofLayers = tokens(Which.IN, List.of(), List.of(0, 1, 2), CircuitBasis.EMBEDDINGS);
        long projections = 2L * 2 * 5 * (6 + 7);
        assertThat(ofHeads.flops(MODEL.shape())).isEqualTo(2 * (8 * 5 * 9 + 40 * 27 + projections));
        assertThat(ofLayers.flops(MODEL.shape())).isEqualTo(3 * (2 * 25 * 5 + 10 * 125 + projections));
        assertThat(ofHeads.bytes(MODEL.shape())).isEqualTo(4 * 6 * 5);
        assertThat(ofLayers.bytes(MODEL.shape())).isZero();
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        List<HeadName> head = List.of(new HeadName(0, 0));
        CircuitBasis usual = CircuitBasis.EMBEDDINGS;
        new SvdTokens(Which.QK, head, List.of(), 50, 100, usual);
        new SvdTokens(Which.QK, head, List.of(), 1, 1, usual);
        assertThatThrownBy(() -> tokens(Which.QK, List.of(), List.of(0), usual)).hasMessageContaining("name the heads");
        assertThatThrownBy(() -> tokens(Which.QK, head, List.of(0), usual)).hasMessageContaining("leave `layers` out");
        assertThatThrownBy(() -> tokens(Which.OUT, List.of(), List.of(), usual))
                .hasMessageContaining("name the layers");
        assertThatThrownBy(() -> tokens(Which.OUT, head, List.of(0), usual))
                .hasMessageContaining("an MLP matrix has no heads");
        for (int[] wrong : new int[][] {{0, 1}, {51, 1}, {1, 0}, {1, 101}}) {
            assertThatThrownBy(() -> new SvdTokens(Which.QK, head, List.of(), wrong[0], wrong[1], usual))
                    .hasMessageContaining("1 to 50");
        }
        assertThatThrownBy(() -> tokens(Which.QK, head, List.of(), CircuitBasis.RESIDUAL))
                .hasMessageContaining("`between`");
    }
}
