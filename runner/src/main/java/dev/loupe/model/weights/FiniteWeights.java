package dev.loupe.model.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Weights that take note of what holds NaN or infinity while they are read: nothing measured on such means anything. */
public final class FiniteWeights implements TlWeights {
    private final TlWeights weights;
    private final TreeSet<String> bad = new TreeSet<>();

    public FiniteWeights(TlWeights weights) {
        this.weights = weights;
    }

    /** What was read so far and is not finite, by its names in the file. */
    public SortedSet<String> bad() {
        return Collections.unmodifiableSortedSet(bad);
    }

    /** What to throw where {@link #bad} names something. */
    public WeightsException problem(Path file) {
        return new WeightsException(file, List.of("NaN or infinity in " + String.join(", ", bad)));
    }

    @Override
    public float[] read(String name) {
        float[] values = weights.read(name);
        check(name, FloatBuffer.wrap(values));
        return values;
    }

    @Override
    public void read(String name, FloatBuffer to) {
        weights.read(name, to);
        check(name, to);
    }

    @Override
    public @Nullable String transposeOf(String name) {
        return weights.transposeOf(name);
    }

    @Override
    public String nameInFile(String name) {
        return weights.nameInFile(name);
    }

    @Override
    public boolean isAbsent(String name) {
        return weights.isAbsent(name);
    }

    private void check(String name, FloatBuffer values) {
        int size = values.capacity();
        for (int i = 0; i < size; i++) {
            if (!Float.isFinite(values.get(i))) {
                bad.add(weights.nameInFile(name));
                return;
            }
        }
    }
}
