package dev.loupe.model.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.TlWeights;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Planted memories answer as their neurons say. */
class PlantedMemoryTest {
    private static final int END = 36;

    private static float[] answers(PlantedMemory planted, int subject) {
        try (NDManager manager = Backend.cpu();
                Transformer model =
                        new Transformer(Parameters.of(planted.config(), TlWeights.of(planted.weights()), manager))) {
            NDArray input = manager.create(new long[] {subject, END}, new Shape(1, 2));
            float[] logits = model.forward(ForwardRequest.of(input), HookVisitor.none(), manager)
                    .logits()
                    .toFloatArray();
            int vocabulary = planted.config().dVocab();
            return Arrays.copyOfRange(logits, vocabulary + END + 1, 2 * vocabulary);
        }
    }

    /** 4 logits for a whole answer, 4/8 for each neuron that another subject's fact has in common. */
    @ParameterizedTest
    @EnumSource(PlantedMemory.Kind.class)
    void everyAnswerIsAsMuchAsTheNeuronsThatFire(PlantedMemory.Kind kind) {
        PlantedMemory planted = new PlantedMemory(kind, 7);
        for (int subject : new int[] {0, 5, 31, 32, 35}) {
            float[] answers = answers(planted, subject);
            for (int fact = 0; fact < 32; fact++) {
                Set<Integer> shared = new HashSet<>();
                Arrays.stream(planted.firing(subject)).forEach(shared::add);
                int[] own = planted.firing(fact);
                shared.retainAll(Arrays.stream(own).boxed().toList());
                double written = (double) shared.size() / own.length;
                double passed = switch (kind) {
                    case ONE_NEURON, SUPERPOSED_NEURONS -> written + 1;
                    case GATED_NEURONS -> Math.max(0, 2 * (written - .5));
                };
                assertThat(answers[fact]).isEqualTo((float) (4 * passed), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PlantedMemory.Kind.class)
    void neuronsAreDrawnFromTheSeed(PlantedMemory.Kind kind) {
        PlantedMemory planted = new PlantedMemory(kind, 7);
        Set<Integer> used = new HashSet<>();
        for (int subject = 0; subject < END; subject++) {
            int[] firing = planted.firing(subject);
            boolean one = kind == PlantedMemory.Kind.ONE_NEURON;
            assertThat(firing).hasSize(one && subject < 32 ? 1 : 8).doesNotHaveDuplicates();
            assertThat(Arrays.stream(firing).allMatch(n -> n >= 0 && n < 64)).isTrue();
            for (int neuron : firing) {
                assertThat(used.add(neuron) || !one)
                        .as("no neuron twice where each fact has its own")
                        .isTrue();
            }
        }
        assertThat(new PlantedMemory(kind, 8).firing(0)).isNotEqualTo(planted.firing(0));
    }
}
