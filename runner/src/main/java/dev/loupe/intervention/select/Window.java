package dev.loupe.intervention.select;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers around a layer, as in causal tracing (Meng et al. 2022): from {@code layer - floor(size / 2)} to {@code layer +
 * ceil(size / 2) - 1}, cut off at the ends of the network.
 */
public final class Window {
    private Window() {}

    /** The layers of the window, ascending. */
    public static List<Integer> around(int layer, int size, int layers) {
        int from = Math.max(0, layer - size / 2);
        int to = Math.min(layers, layer + (size + 1) / 2);
        return IntStream.range(from, to).boxed().toList();
    }
}
