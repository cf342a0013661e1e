package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.toys.HaarRotation;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.ask.NeuronName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of both rows every position but the first: 1 and 2 of row 8 of the dataset, then of row 3. */
class PositionSampleTest {
    private static final SampledPositions EVERY = new SampledPositions(40, 64, 1, "everywhere", 7);
    private static final int[] WHICH = {8, 3};

    private static Activations part(PositionSample sample) {
        return WrittenNeurons.with(batch -> sample.part(batch, WHICH)).get(0);
    }

    @Test
    void everyNeuronOfTheLayersIsRead() {
        Activations found = part(new ActivationSample(Site.MLP_POST, List.of(1, 0), EVERY, 2));
        assertThat(found.row()).containsExactly(8, 8, 3, 3);
        assertThat(found.pos()).containsExactly(1, 2, 1, 2);
        assertThat(found.width()).isEqualTo(2);
        assertThat(found.values().get(1)).containsExactly(2, 7, 2, 7, -3, 4, -3, 1);
        assertThat(found.values().get(0)).containsExactly(12, 17, 12, 17, 7, 14, 7, 11);
    }

    @Test
    void withoutPositionsThereAreNoNumbers() {
        SampledPositions never = new SampledPositions(40, 64, 1, "never", 7);
        Activations found = part(new ActivationSample(Site.MLP_POST, List.of(0), never, 2));
        assertThat(found.row()).isEmpty();
        assertThat(found.values().get(0)).isEmpty();
        assertThatThrownBy(() -> new ActivationSample(
                                Site.MLP_POST, List.of(0), new SampledPositions(40, 64, 1, "nowhere", 7), 2)
                        .check(WrittenNeurons.rows()))
                .hasMessageContaining("`nowhere`");
    }

    @Test
    void whatAPartTakesIsToldFromShapes() {
        SampledPositions all = SampledPositions.all(2, 3);
        for (PositionSample sample : List.of(
                new ActivationSample(Site.MLP_POST, List.of(1, 0), all, 2),
                new NeuronTrace(Site.MLP_POST, List.of(NeuronName.parse("L1N1")), null, all, 2))) {
            long numbers = sample.numbers(List.of(part(sample))).numbers().stream()
                    .mapToLong(some -> some.length)
                    .sum();
            // Beside the width, which is one number.
            assertThat(WrittenNeurons.<Long>with(batch -> sample.partBytes(batch.shape(), 2, 2, 3)))
                    .isEqualTo(Double.BYTES * (numbers - 1));
        }
    }

    @Test
    void partsStandOneAfterTheOtherAndComeBackAsTheyWere() {
        ActivationSample sample = new ActivationSample(Site.MLP_POST, List.of(1, 0), EVERY, 2);
        Activations one = part(sample);
        SampledPositions late = new SampledPositions(40, 64, 2, "late", 7);
        Activations other = part(new ActivationSample(Site.MLP_POST, List.of(1, 0), late, 2));
        List<Activations> both = sample.merge(List.of(one), List.of(other));
        for (Activations whole : List.of(
                sample.finish(both), sample.restored(sample.numbers(both)).get(0))) {
            assertThat(whole.row()).containsExactly(8, 8, 3, 3, 8, 3);
            assertThat(whole.pos()).containsExactly(1, 2, 1, 2, 2, 2);
            assertThat(whole.width()).isEqualTo(2);
            assertThat(whole.values().get(1)).containsExactly(2, 7, 2, 7, -3, 4, -3, 1, 2, 7, -3, 1);
            assertThat(whole.values().get(0)).containsExactly(12, 17, 12, 17, 7, 14, 7, 11, 12, 17, 7, 11);
        }
        assertThat(sample.keepsParts()).isTrue();
    }

    @Test
    void aTraceHasItsNeuronsInTheirOrder() {
        List<NeuronName> neurons = List.of(new NeuronName(1, 1), new NeuronName(0, 1), new NeuronName(1, 0));
        Activations found = part(new NeuronTrace(Site.MLP_POST, neurons, null, EVERY, 2));
        assertThat(found.width()).isEqualTo(3);
        assertThat(found.values().get(0)).containsExactly(17, 7, 12, 17, 7, 12, 14, 4, 7, 11, 1, 7);
    }

    /** Two directions in layer 1 and one in layer 0, drawn for each layer. */
    @Test
    void aTurnedTraceReadsAlongRandomDirections() {
        List<NeuronName> neurons = List.of(new NeuronName(1, 1), new NeuronName(0, 1), new NeuronName(1, 0));
        float[] found = part(new NeuronTrace(Site.MLP_POST, neurons, 6L, EVERY, 2))
                .values()
                .get(0);
        double[][] upper = HaarRotation.directions(2, 2, new RowRandom(6, 1));
        double[][] lower = HaarRotation.directions(1, 2, new RowRandom(6, 0));
        double[][] directions = {upper[0], lower[0], upper[1]};
        int[][] places = {{0, 1}, {0, 2}, {1, 1}, {1, 2}};
        for (int i = 0; i < 12; i++) {
            int[] place = places[i / 3];
            int layer = i % 3 == 1 ? 0 : 1;
            double wanted = directions[i % 3][0] * WrittenNeurons.at(layer, place[0], place[1], 0)
                    + directions[i % 3][1] * WrittenNeurons.at(layer, place[0], place[1], 1);
            assertThat((double) found[i]).isEqualTo(wanted, within(1e-5));
        }
    }
}
