package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.SearchLabels;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Neurons of known making: what was put in is found, and what looks alike is not. */
class SearchLabelsTest {
    private static final int ROWS = 120;
    private static final int LENGTH = 20;
    private static final int TOKENS = 60;
    private static final int NEURONS = 64;

    private final Random random = new Random(11);
    private final int[][] tokens = new int[ROWS][LENGTH];
    private final int[][] inside = new int[ROWS][LENGTH];
    private final int[][] topic = new int[ROWS][LENGTH];
    private final int[][] words = new int[ROWS][LENGTH];
    private final int[][] silent = new int[ROWS][LENGTH];
    private boolean withinToken;

    SearchLabelsTest() {
        for (int r = 0; r < ROWS; r++) {
            int from = random.nextInt(LENGTH - 6);
            int about = random.nextInt(2);
            for (int p = 0; p < LENGTH; p++) {
                tokens[r][p] = random.nextInt(TOKENS);
                inside[r][p] = p >= from && p < from + 6 ? 1 : 0;
                topic[r][p] = about;
                words[r][p] = tokens[r][p] < 4 ? 1 : 0;
                silent[r][p] = random.nextInt(4) == 0 ? 1 : 0;
            }
        }
    }

    private TokenRows rows() {
        return new TokenRows(
                tokens,
                new int[0][],
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(
                        "inside", Label.flag(inside),
                        "topic", Label.category(List.of("a", "b"), topic),
                        "words", Label.flag(words),
                        "silent", Label.flag(silent)),
                new int[0]);
    }

    /**
     * Every neuron is a random number of its token, as in an untrained network.
     *
     * @param planted whether neuron 7 also hears the label `inside` and neuron 9 the topic
     */
    private NamedArray found(boolean planted) {
        return found(planted, List.of());
    }

    private NamedArray found(boolean planted, List<NamedArray> twins) {
        double[][] ofToken = new double[TOKENS][NEURONS];
        for (double[] one : ofToken) {
            for (int n = 0; n < NEURONS; n++) {
                one[n] = random.nextGaussian();
            }
        }
        int n = ROWS * LENGTH;
        int[] row = new int[n];
        int[] pos = new int[n];
        float[] values = new float[n * NEURONS];
        for (int i = 0; i < n; i++) {
            row[i] = i / LENGTH;
            pos[i] = i % LENGTH;
            for (int k = 0; k < NEURONS; k++) {
                double heard = planted && k == 7
                        ? 2 * inside[row[i]][pos[i]]
                        : planted && k == 9 ? -2 * topic[row[i]][pos[i]] : 0;
                values[i * NEURONS + k] = (float) (ofToken[tokens[row[i]][pos[i]]][k] + heard);
            }
        }
        List<String> labels = List.of("inside", "topic.b", "words", "silent");
        SearchLabels step = new SearchLabels(
                1,
                0,
                twins.isEmpty() ? List.of() : List.of(8, 9),
                new RowsRef("rows", "", "", List.of(new RowsRef.Bucket(LENGTH, ROWS))),
                new SearchLabels.Options(labels, withinToken, .7, 99, .05, 3, ComponentKind.NEURON));
        RowTable table = LabelSearching.of(
                        step,
                        rows(),
                        new StepValue.Activations(row, pos, List.of(2), NEURONS, List.of(values)),
                        twins,
                        new StopSignal())
                .table();
        assertThat(table.rows()).isEqualTo(36);
        return table.estimate();
    }

    private static double of(NamedArray result, String part, int label) {
        return result.at("part", result.axis("part").labels().indexOf(part)).data()[label];
    }

    @Test
    void plantedNeuronsAreFoundAndTheirDirectionsToo() {
        NamedArray result = found(true);
        assertThat(of(result, "neuron", 0)).isEqualTo(7);
        assertThat(of(result, "layer", 0)).isEqualTo(2);
        assertThat(of(result, "neuron", 1)).isEqualTo(9);
        assertThat(of(result, "found", 0)).isEqualTo(1);
        assertThat(of(result, "found", 1)).isEqualTo(1);
        assertThat(of(result, "auc", 0)).isGreaterThan(.85);
        assertThat(of(result, "auc", 1)).as("smaller where the topic is b").isGreaterThan(.85);
        assertThat(of(result, "found", 3)).isZero();
    }

    /** A neuron that is a random number of its token tells a few token ids well, and means nothing by it. */
    @Test
    void anUntrainedNetworkFindsNothingThoughItTellsAFewTokensWell() {
        NamedArray result = found(false);
        for (int label = 0; label < 4; label++) {
            assertThat(of(result, "found", label)).isZero();
        }
        assertThat(of(result, "auc", 2)).isGreaterThan(of(result, "chance", 2));
        assertThat(of(result, "token-auc", 2)).isGreaterThan(.99);
        assertThat(of(result, "token-chance", 2)).isGreaterThanOrEqualTo(of(result, "auc", 2) - .02);
    }

    @Test
    void aNeuronThatAnUntrainedModelBeatsIsNotFound() {
        NamedArray twin = found(false);
        assertThat(twin.axis("part").labels()).doesNotContain("untrained");
        double[] better = twin.data().clone();
        better[0] = 1;
        better[2] = Double.NaN;
        assertThat(twin.axis("part").labels().get(0)).isEqualTo(SearchLabels.AUC);
        NamedArray other = new NamedArray(twin.axes(), better);
        NamedArray result = found(true, List.of(twin, other));
        assertThat(of(result, "untrained", 2)).isEqualTo(of(twin, "auc", 2), within(1e-12));
        assertThat(of(found(true, List.of(other)), "untrained", 2)).isNaN();
        assertThat(of(result, "untrained", 0)).isEqualTo(1);
        assertThat(of(result, "found", 0)).isZero();
        assertThat(of(result, "untrained", 1)).isEqualTo(of(twin, "auc", 1), within(1e-12));
        assertThat(of(result, "found", 1)).isEqualTo(1);
    }

    @Test
    void scoresOfWhatWasFoundAreThoseOfADetector() {
        NamedArray result = found(true);
        assertThat(of(result, "direction", 0)).isEqualTo(1);
        assertThat(of(result, "direction", 1)).isEqualTo(-1);
        assertThat(of(result, "gain", 0)).isEqualTo(of(result, "auc", 0) - of(result, "token-auc", 0), within(1e-12));
        assertThat(of(result, "mcc", 0)).isBetween(.5, .95);
        assertThat(of(result, "mcc", 1)).isBetween(.5, .95);
        assertThat(of(result, "f1", 0)).isBetween(.6, .95);
        assertThat(of(result, "average-precision", 0)).isBetween(.75, .97);
        // A label that says nothing: a Matthews correlation near 0, a precision near its share of one quarter.
        assertThat(of(result, "mcc", 3)).isBetween(-.12, .12);
        assertThat(of(result, "average-precision", 3)).isBetween(.2, .35);
    }

    /** Every token of these neurons has one value, so that inside a token there is nothing to tell but what was planted. */
    @Test
    void withinATokenTheTokenTellsNothing() {
        withinToken = true;
        NamedArray result = found(true);
        assertThat(of(result, "auc", 0)).isEqualTo(1);
        assertThat(of(result, "neuron", 0)).isEqualTo(7);
        assertThat(of(result, "found", 0)).isEqualTo(1);
        assertThat(of(result, "auc", 2))
                .as("a label that is a set of tokens has no pairs inside one")
                .isNaN();
        assertThat(of(result, "token-auc", 0)).isLessThan(.6);
    }

    @Test
    void aLabelOfOneTestDocumentIsUndefinedForWantOfAnInterval() {
        for (int r = 0; r < ROWS; r++) {
            java.util.Arrays.fill(silent[r], r == 0 || r == 1 ? 1 : 0);
        }
        NamedArray result = found(false);
        assertThat(of(result, "auc", 3)).isNaN();
        assertThat(of(result, "found", 3)).isNaN();
    }

    @Test
    void aLabelOfTooFewPositionsIsUndefined() {
        for (int[] row : silent) {
            java.util.Arrays.fill(row, 0);
        }
        NamedArray result = found(false);
        assertThat(of(result, "auc", 3)).isNaN();
        assertThat(of(result, "p", 3)).isNaN();
        assertThat(of(result, "found", 3)).isNaN();
        assertThat(of(result, "auc", 2)).isNotNaN();
    }

    /**
     * Neuron 7 hears that a position is inside, and the label is known inside alone, where it says nothing: a search that counted
     * the other positions as without it would find neuron 7.
     */
    @Test
    void positionsThatALabelLeavesOutAreNotSearched() {
        for (int r = 0; r < ROWS; r++) {
            for (int p = 0; p < LENGTH; p++) {
                silent[r][p] = inside[r][p] == 0 ? Label.LEFT_OUT : random.nextInt(2);
            }
        }
        NamedArray result = found(true);
        assertThat(of(result, "found", 3)).isZero();
        assertThat(of(result, "auc", 3)).isBetween(.3, .7);
        assertThat(of(result, "train-auc", 3)).isLessThan(.7);
    }

    /** A label of words stands on their last tokens, and no position between them may thin out the labels that were moved. */
    @Test
    void aRareLabelOfWordsHasAChanceOfItsOwn() {
        for (int[] row : silent) {
            for (int p = 0; p < LENGTH; p++) {
                row[p] = p % 4 != 3 ? Label.LEFT_OUT : random.nextInt(6) == 0 ? 1 : 0;
            }
        }
        NamedArray result = found(false);
        // Some 30 test positions: the area of a neuron that says nothing has a standard deviation of .05.
        assertThat(of(result, "chance", 3)).isBetween(.58, .75);
        assertThat(of(result, "found", 3)).isZero();
    }

    /**
     * Six documents are about b: in one of nine draws no document that tests is, and such a draw gives nothing. It is made
     * again, so that p is of 99 draws.
     */
    @Test
    void drawsThatGiveNothingAreMadeAgain() {
        for (int r = 0; r < ROWS; r++) {
            Arrays.fill(topic[r], r % 20 == 0 ? 1 : 0);
        }
        NamedArray result = found(true);
        assertThat(of(result, "neuron", 1)).isEqualTo(9);
        assertThat(100 * of(result, "p", 1)).isCloseTo(Math.rint(100 * of(result, "p", 1)), within(1e-9));
        assertThat(of(result, "p", 1)).isLessThanOrEqualTo(.05);
    }
}
