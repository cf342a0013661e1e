package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.JudgePurity;
import dev.loupe.plan.neurons.PurityOptions;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Documents of random tokens: one neuron fires at token 3, one at tokens 3 and 5, one at random. */
class JudgePurityTest {
    private static final int DOCUMENTS = 120;
    private static final int LENGTH = 12;
    private static final int NEURONS = 3;

    private final int[][] tokens = new int[DOCUMENTS][LENGTH];
    private final float[] values = new float[DOCUMENTS * LENGTH * NEURONS];
    private final float[] contexts = new float[DOCUMENTS * LENGTH * 2];

    /** @param alike whether contexts at tokens 3 and 5 are the same */
    private NamedArray judged(boolean alike) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DOCUMENTS * LENGTH; i++) {
            int token = random.nextInt(25);
            tokens[i / LENGTH][i % LENGTH] = token;
            values[NEURONS * i] = token == 3 ? 1 : 0;
            values[NEURONS * i + 1] = token == 3 || token == 5 ? 1 : 0;
            values[NEURONS * i + 2] = random.nextFloat();
            contexts[2 * i] = token == 3 ? 1 : token == 5 ? (alike ? 1 : -1) : 0;
            contexts[2 * i + 1] = random.nextFloat() / 10;
        }
        int[] row = IntStream.range(0, DOCUMENTS * LENGTH).map(i -> i / LENGTH).toArray();
        int[] pos = IntStream.range(0, DOCUMENTS * LENGTH).map(i -> i % LENGTH).toArray();
        TokenRows rows = new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of());
        RowsRef ref = new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(LENGTH, DOCUMENTS)));
        JudgePurity step = new JudgePurity(
                3,
                1,
                2,
                ref,
                IntStream.range(0, NEURONS).mapToObj(n -> new NeuronName(0, n)).toList(),
                List.of(Axis.counted("neuron", NEURONS)),
                new PurityOptions(24, List.of(), List.of(), 2, 1, .8, .2, 5),
                false);
        assertThat(step.parts()).containsExactly("rule", "context", "features");
        return new PurityJudging(
                        step,
                        rows,
                        new Activations(row, pos, List.of(0), NEURONS, List.of(values)),
                        new Activations(row, pos, List.of(0), 2, List.of(contexts)),
                        new StopSignal())
                .value()
                .estimate();
    }

    @Test
    void oneTokenIsOneFeatureAndTwoAreTwoUnlessTheirContextsAreAlike() {
        NamedArray apart = judged(false);
        assertThat(apart.at("part", 2).data()).containsExactly(1, 2, 0);
        assertThat(apart.at("part", 0).data()[0]).isEqualTo(1);
        assertThat(apart.at("part", 0).data()[1]).isLessThan(.8);
        assertThat(apart.at("part", 0).data()[2]).isLessThan(.8);
        // The contexts of one token are alike, those of two opposite ones are not.
        assertThat(apart.at("part", 1).data()[0]).isGreaterThan(.8);
        assertThat(apart.at("part", 1).data()[1]).isLessThan(.3);
        assertThat(judged(true).at("part", 2).data()).containsExactly(1, 1, 0);
    }

    private static final PurityOptions MORE =
            new PurityOptions(12, List.of(.5, .9), List.of("mark", "all"), 2, 1, .9, .2, 5);

    /** Of the same neurons in layer 3, with a label at half of the tokens 3, one that is everywhere, and two strata. */
    private StepValue more(boolean rates) {
        judged(false);
        boolean[][] mark = new boolean[DOCUMENTS][LENGTH];
        boolean[][] all = new boolean[DOCUMENTS][LENGTH];
        for (int d = 0; d < DOCUMENTS; d++) {
            for (int i = 0; i < LENGTH; i++) {
                mark[d][i] = tokens[d][i] == 3 && d % 4 > 0;
                all[d][i] = true;
            }
        }
        JudgePurity step = new JudgePurity(
                3,
                1,
                2,
                new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(LENGTH, DOCUMENTS))),
                IntStream.range(0, NEURONS).mapToObj(n -> new NeuronName(3, n)).toList(),
                List.of(Axis.counted("neuron", NEURONS)),
                MORE,
                rates);
        assertThat(step.parts()).containsExactly("labels", "entropy", "rule", "context", "features");
        TokenRows rows =
                new TokenRows(tokens, new int[0][], Map.of("mark", mark, "all", all), Map.of(), Map.of(), Map.of());
        return new PurityJudging(step, rows, sample(0), contexts(), new StopSignal()).value();
    }

    private Activations sample(int layer) {
        int[] row = IntStream.range(0, DOCUMENTS * LENGTH).map(i -> i / LENGTH).toArray();
        int[] pos = IntStream.range(0, DOCUMENTS * LENGTH).map(i -> i % LENGTH).toArray();
        return new Activations(row, pos, List.of(layer), NEURONS, List.of(values));
    }

    private Activations contexts() {
        Activations sample = sample(3);
        return new Activations(sample.row(), sample.pos(), List.of(3), 2, List.of(contexts));
    }

    /** A rate is a mean over neurons of whether the number is at least the limit; of bits and cosines it is their mean. */
    @Test
    void ratesAreMeansOverNeurons() {
        NamedArray each = more(false).estimate();
        NamedArray rates = more(true).estimate();
        assertThat(NamedArray.describe(each.axes())).isEqualTo("[part 5, examples 4, neuron 3]");
        assertThat(NamedArray.describe(rates.axes())).isEqualTo("[part 5, examples 4]");
        for (int part = 0; part < 5; part++) {
            double least = part == 4 ? 2 : .9;
            for (int kind = 0; kind < 4; kind++) {
                double sum = 0;
                double known = 0;
                for (int n = 0; n < NEURONS; n++) {
                    double value = each.data()[(part * 4 + kind) * NEURONS + n];
                    if (!Double.isNaN(value)) {
                        known++;
                        sum += part == 1 || part == 3 ? value : value >= least ? 1 : 0;
                    }
                }
                assertThat(rates.data()[part * 4 + kind])
                        .as("part " + part + ", kind " + kind)
                        .isEqualTo(sum / known, within(1e-12));
            }
        }
    }

    /**
     * The examples of the first neuron are tokens 3 of documents of which three in four have the label; its upper stratum
     * are the same positions and others, drawn.
     */
    @Test
    void topExamplesAndStrataAreJudgedByThemselves() {
        NamedArray each = more(false).estimate();
        NeuronExamples examples = new NeuronExamples(
                new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of()), sample(0));
        SplittableRandom random = new SplittableRandom(5 * 31 + 1);
        int[] ranked = examples.ranked(1);
        ContextVectors vectors = new ContextVectors(contexts());
        for (int kind = 0; kind < 4; kind++) {
            int[] chosen = kind == 0
                    ? examples.top(1, 12)
                    : examples.between(
                            ranked, new double[] {0, .5, .9}[kind - 1], new double[] {.5, .9, 1}[kind - 1], 12, random);
            assertThat(chosen).hasSize(12);
            double marked = 0;
            for (int i : chosen) {
                marked += tokens[i / LENGTH][i % LENGTH] == 3 && i / LENGTH % 4 > 0 ? 1 : 0;
            }
            double base = 0;
            for (int i = 0; i < DOCUMENTS * LENGTH; i++) {
                base += tokens[i / LENGTH][i % LENGTH] == 3 && i / LENGTH % 4 > 0 ? 1.0 / DOCUMENTS / LENGTH : 0;
            }
            assertThat(each.data()[kind * NEURONS + 1])
                    .isEqualTo(marked / 12 >= 3 * base ? marked / 12 : 0, within(1e-12));
            int[] any = examples.any(12, random);
            assertThat(each.data()[(12 + kind) * NEURONS + 1])
                    .isEqualTo(vectors.alike(3, chosen) - vectors.alike(3, any), within(1e-12));
        }
    }

    /** Without a position above 0 a neuron has no top examples; a label that is everywhere never counts. */
    @Test
    void tooFewExamplesAreSaid() {
        judged(false);
        for (int i = 0; i < DOCUMENTS * LENGTH; i++) {
            values[NEURONS * i + 2] = i < 50 ? 1 : 0;
        }
        Activations sample = sample(0);
        TokenRows rows = new TokenRows(
                tokens,
                new int[0][],
                Map.of(
                        "all",
                        IntStream.range(0, DOCUMENTS)
                                .mapToObj(d -> {
                                    boolean[] whole = new boolean[LENGTH];
                                    java.util.Arrays.fill(whole, true);
                                    return whole;
                                })
                                .toArray(boolean[][]::new)),
                Map.of(),
                Map.of(),
                Map.of());
        for (List<String> labels : List.of(List.<String>of(), List.of("all"))) {
            JudgePurity step = new JudgePurity(
                    3,
                    1,
                    1,
                    new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(LENGTH, DOCUMENTS))),
                    IntStream.range(0, NEURONS)
                            .mapToObj(n -> new NeuronName(0, n))
                            .toList(),
                    List.of(Axis.counted("neuron", NEURONS)),
                    new PurityOptions(12, List.of(.99), labels, 2, 1, .9, .2, 5),
                    false);
            StepValue value = new PurityJudging(step, rows, sample, null, new StopSignal()).value();
            double[] rule =
                    value.estimate().at("part", labels.isEmpty() ? 0 : 2).data();
            assertThat(rule[2]).isNaN();
            assertThat(rule[0]).isEqualTo(1);
            String few = "L0N2: fewer than 6 documents have an example with an activation above 0";
            if (labels.isEmpty()) {
                assertThat(value.remarks().undefined()).contains(few);
                assertThat(value.remarks().notices()).isEmpty();
            } else {
                // Where no label counts that is why its numbers are undefined.
                assertThat(value.estimate().at("part", 0).data()).containsOnly(Double.NaN);
                assertThat(value.remarks().undefined()).anyMatch(said -> said.startsWith("`all` never counts"));
                assertThat(value.remarks().undefined()).contains(few);
            }
        }
    }
}
