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
}
