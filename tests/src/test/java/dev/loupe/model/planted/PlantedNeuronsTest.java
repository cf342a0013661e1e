package dev.loupe.model.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.language.ConstructName;
import dev.loupe.dataset.language.Lexicon;
import dev.loupe.dataset.language.PlantedLanguage;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.planted.PlantedNeurons.Meaning;
import dev.loupe.model.weights.TlWeights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Planted neurons fire where the labels of the rows, which the generator sets by itself, say that they should. */
class PlantedNeuronsTest {
    private static final Lexicon WORDS = Lexicon.ofAll();
    private static final TokenRows ROWS = new PlantedLanguage(
                    List.of(ConstructName.values()),
                    List.of(PlantedLanguage.Register.A, PlantedLanguage.Register.B),
                    0,
                    .5,
                    true,
                    64,
                    150,
                    4L)
            .draw(new Draw(WORDS.size(), 150, 4), 0, 150);
    private static final PlantedNeurons PLANTED = new PlantedNeurons(WORDS, 20, 3);

    /** Activations [row][pos][neuron] and the logits of the same positions. */
    private static float[][] run(PlantedModel planted, Site site, int[][] tokens) {
        try (NDManager manager = Backend.cpu();
                Transformer model =
                        new Transformer(Parameters.of(planted.config(), TlWeights.of(planted.weights()), manager))) {
            float[][] out = new float[tokens.length][];
            for (int r = 0; r < tokens.length; r++) {
                long[] ids = Arrays.stream(tokens[r]).asLongStream().toArray();
                NDArray input = manager.create(ids, new Shape(1, ids.length));
                int row = r;
                NDArray logits = model.forward(
                                ForwardRequest.of(input),
                                new HookVisitor() {
                                    @Override
                                    public boolean wants(HookPoint point) {
                                        return point.site() == site;
                                    }

                                    @Override
                                    public NDArray visit(HookPoint point, NDArray value) {
                                        out[row] = value.toFloatArray();
                                        return value;
                                    }
                                },
                                manager)
                        .logits();
                if (site == Site.EMBED) {
                    out[r] = logits.toFloatArray();
                }
            }
            return out;
        }
    }

    private static final float[][] ACTIVATIONS = run(PLANTED, Site.MLP_POST, ROWS.tokens());

    private static double at(Meaning meaning, int row, int pos) {
        return ACTIVATIONS[row][pos * (Meaning.values().length + 20) + meaning.ordinal()];
    }

    private static void firesWhere(Meaning meaning, TokenRows.Place place) {
        int fired = 0;
        for (int row = 0; row < ROWS.rows(); row++) {
            for (int pos = 1; pos < ROWS.tokens()[row].length; pos++) {
                boolean due = place.has(row, pos);
                assertThat(at(meaning, row, pos))
                        .as("%s, row %d, %d", meaning, row, pos)
                        .isEqualTo(due ? 1 : 0, within(1e-4));
                fired += due ? 1 : 0;
            }
        }
        assertThat(fired).as("%s fires somewhere", meaning).isPositive();
    }

    @Test
    void neuronsOfTokensAndPairsFireWhereTheirLabelsAre() {
        firesWhere(Meaning.BIGRAM, ROWS.place("piece-last.s1-e1"));
        firesWhere(Meaning.MID_WORD, ROWS.place("mid-word"));
        String pair = ROWS.label("trigram-pair").names().get(0);
        firesWhere(Meaning.TRIGRAM, ROWS.place("trigram-pair." + pair));
        TokenRows.Place word = ROWS.place("word.s0-e0");
        TokenRows.Place pieces = ROWS.place("piece-last.s0-e0");
        firesWhere(Meaning.TOKEN, (row, pos) -> word.has(row, pos) && !pieces.has(row, pos));
        TokenRows.Place second =
                ROWS.place("trigram-pair." + ROWS.label("trigram-pair").names().get(1));
        TokenRows.Place other = ROWS.place("word.s3-e3");
        TokenRows.Place otherPieces = ROWS.place("piece-last.s3-e3");
        for (int row = 0; row < ROWS.rows(); row++) {
            for (int pos = 1; pos < 64; pos++) {
                boolean due = second.has(row, pos) || other.has(row, pos) && !otherPieces.has(row, pos);
                assertThat(at(Meaning.POLYSEMANTIC, row, pos) > 1e-3).isEqualTo(due);
            }
        }
    }

    /** Its activation is the distance to the mean position of earlier copies, less one half. */
    @Test
    void theDuplicateNeuronFiresWhereTheTokenCameBefore() {
        for (int row = 0; row < ROWS.rows(); row++) {
            int[] tokens = ROWS.tokens()[row];
            for (int pos = 0; pos < tokens.length; pos++) {
                int token = tokens[pos];
                double mean = Arrays.stream(java.util.stream.IntStream.range(0, pos)
                                .filter(j -> tokens[j] == token)
                                .toArray())
                        .average()
                        .orElse(pos);
                assertThat(at(Meaning.DUPLICATE, row, pos)).isEqualTo(Math.max(0, pos - mean - .5), within(1e-3));
            }
        }
    }

    /** Better than chance by far, and no better than the words that it counts: rows are of one register here. */
    @Test
    void theContextNeuronTellsTheRegister() {
        TokenRows.Place b = ROWS.place("register.b");
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < ROWS.rows(); i++) {
            for (int j = 0; j < ROWS.rows(); j++) {
                if (b.has(i, 40) && !b.has(j, 40)) {
                    double one = at(Meaning.CONTEXT, i, 40);
                    double zero = at(Meaning.CONTEXT, j, 40);
                    wins += one > zero ? 1 : one == zero ? .5 : 0;
                    pairs++;
                }
            }
        }
        assertThat(wins / pairs).isGreaterThan(.9);
    }

    @Test
    void boostersRaiseTheirTokenAndDecoysWriteNothing() {
        int[] pair = WORDS.pairs().get(0);
        int stem = WORDS.stems()[2];
        float[] logits = run(PLANTED, Site.EMBED, new int[][] {{30, pair[0], pair[1], 31, stem, 32}})[0];
        for (int pos = 0; pos < 6; pos++) {
            for (int token = 0; token < WORDS.size(); token++) {
                boolean raised = pos == 2 && token == pair[2] || pos == 4 && token == WORDS.endings()[2];
                assertThat(logits[pos * WORDS.size() + token]).isEqualTo(raised ? 8 : 0, within(1e-3f));
            }
        }
    }

    @Test
    void theIdentityHasOneNeuronForEachTokenAndTheHubIsLouder() {
        float[] plain = run(new IdentityMlp(6, false, 1), Site.MLP_POST, new int[][] {{4, 0, 5}})[0];
        assertThat(plain).containsExactly(0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        float[] hub = run(new IdentityMlp(6, true, 1), Site.MLP_POST, new int[][] {{4, 0, 5}})[0];
        for (int pos = 0; pos < 3; pos++) {
            assertThat(hub[pos * 7 + 6]).isBetween(5f, 15f);
        }
    }
}
