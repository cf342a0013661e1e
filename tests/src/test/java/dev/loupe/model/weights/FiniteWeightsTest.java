package dev.loupe.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiniteWeightsTest {
    /** The first, the last, and one on each side of a boundary between numbers that are looked at together. */
    private static final int[] PLACES = {0, (1 << 14) - 1, 1 << 14, 50_000};

    private static float[] numbers(float special, int place) {
        float[] values = new float[50_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE;
        }
        values[place] = special;
        return values;
    }

    @Test
    void whatIsNotFiniteIsNamedWhereverItStands() {
        Map<String, float[]> tensors = new HashMap<>();
        for (int place : PLACES) {
            tensors.put("nan" + place, numbers(Float.NaN, place));
            tensors.put("up" + place, numbers(Float.POSITIVE_INFINITY, place));
            tensors.put("down" + place, numbers(Float.NEGATIVE_INFINITY, place));
        }
        FiniteWeights weights = new FiniteWeights(TlWeights.of(tensors));
        tensors.keySet().forEach(weights::read);
        assertThat(weights.bad()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
        assertThat(weights.problem(Path.of("x")).getMessage()).contains("NaN or infinity in down0, ");
    }

    @Test
    void theLargestAndSmallestNumbersAndNoneAreFinite() {
        FiniteWeights weights = new FiniteWeights(TlWeights.of(
                Map.of("large", numbers(-Float.MAX_VALUE, 7), "none", new float[0], "one", new float[] {-0f})));
        assertThat(weights.read("large")).hasSize(50_001);
        weights.read("none");
        FloatBuffer one = ByteBuffer.allocateDirect(4).asFloatBuffer();
        weights.read("one", one);
        assertThat(weights.bad()).isEmpty();
    }
}
