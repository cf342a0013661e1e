package dev.loupe.model.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Weights that take note of what holds NaN or infinity while they are read: nothing measured on such means anything. */
public final class FiniteWeights implements TlWeights {
    /** Numbers that are looked at together, by one of the threads. */
    private static final int CHUNK = 1 << 14;

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
        if (!IntStream.range(0, (size + CHUNK - 1) / CHUNK).parallel().allMatch(chunk -> {
            float[] some = new float[Math.min(CHUNK, size - chunk * CHUNK)];
            values.get(chunk * CHUNK, some);
            return finite(some);
        })) {
            bad.add(weights.nameInFile(name));
        }
    }

    /** A number times 0 is 0 where it is finite, and NaN where it is not. */
    private static boolean finite(float[] values) {
        float zero = 0;
        for (float value : values) {
            zero += value * 0;
        }
        return zero == 0;
    }
}
