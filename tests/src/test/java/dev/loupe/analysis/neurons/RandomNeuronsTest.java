package dev.loupe.analysis.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of two layers of five neurons. */
class RandomNeuronsTest {
    private static final ModelShape SHAPE =
            new ModelShape("transformer", 2, 4, 2, 2, 2, 5, 7, 7, 8, false, false, false, 0, List.of());

    @Test
    void eachIsDrawnOnceAndNamedByItsPlace() {
        int[] drawn =
                new SplittableRandom(3).ints(0, 10).distinct().limit(4).sorted().toArray();
        assertThat(new RandomNeurons(4, 3).of(SHAPE, Site.MLP_POST))
                .containsExactlyElementsOf(IntStream.of(drawn)
                        .mapToObj(i -> new NeuronName(i / 5, i % 5))
                        .toList());
        assertThat(new RandomNeurons(10, 3).of(SHAPE, Site.MLP_POST))
                .hasSize(10)
                .doesNotHaveDuplicates();
    }

    @Test
    void moreThanThereAreIsRefused() {
        assertThatThrownBy(() -> new RandomNeurons(11, 3).of(SHAPE, Site.MLP_POST))
                .hasMessage("the model has 10 at `mlp.post`, fewer than 11");
        assertThatThrownBy(() -> new RandomNeurons(0, 3)).hasMessageContaining("not 0");
    }

    @Test
    void onlyTheLayersThatAreNamedAndNoneThatIsLeftOut() {
        NeuronName out = new NeuronName(1, 3);
        assertThat(new RandomNeurons(4, List.of(1), List.of(out), 3).of(SHAPE, Site.MLP_POST))
                .containsExactly(
                        new NeuronName(1, 0), new NeuronName(1, 1), new NeuronName(1, 2), new NeuronName(1, 4));
        assertThatThrownBy(() -> new RandomNeurons(5, List.of(1), List.of(out), 3).of(SHAPE, Site.MLP_POST))
                .hasMessage("these layers have 4 others at `mlp.post`, fewer than 5");
        assertThat(new RandomNeurons(5, List.of(0), List.of(out), 3).of(SHAPE, Site.MLP_POST))
                .allMatch(neuron -> neuron.layer() == 0)
                .hasSize(5);
        assertThatThrownBy(() -> new RandomNeurons(1, List.of(2), List.of(), 3).of(SHAPE, Site.MLP_POST))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() ->
                        new RandomNeurons(1, List.of(), List.of(new NeuronName(0, 5)), 3).of(SHAPE, Site.MLP_POST))
                .hasMessageContaining("L0N5 does not exist");
    }
}
