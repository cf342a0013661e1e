package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
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
}
