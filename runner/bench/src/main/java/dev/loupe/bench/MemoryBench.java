package dev.loupe.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.function.LongSupplier;

/**
 * How much memory a process has ever had resident: with the engine loaded and idle, after loading a model, after forward
 * passes. To be run first thing in a process of its own.
 *
 * @param rows rows of one token repeated
 * @param peak the most bytes that this process ever had resident
 */
public record MemoryBench(NDManager manager, Path source, int rows, int length, LongSupplier peak) {
    /** Passes after which the engine's allocator has what it wants. */
    private static final int PASSES = 3;

    /**
     * Bytes.
     *
     * @param idle the engine loaded, nothing else
     * @param loaded most until the model was loaded
     * @param ran most until the last pass was over
     * @param parameters the weights as float32, a tied matrix once
     * @param seconds that loading took
     */
    public record Measured(long idle, long loaded, long ran, long parameters, double seconds) {}

    public Measured run() {
        try (NDManager scope = manager.newSubManager()) {
            // The engine's own buffers come with its first products.
            scope.ones(new Shape(256, 256)).matMul(scope.ones(new Shape(256, 256)));
        }
        long idle = peak.getAsLong();
        long before = System.nanoTime();
        try (Transformer model = ModelFolder.open(source).load(EnumSet.noneOf(Processing.class), manager)) {
            double seconds = 1e-9 * (System.nanoTime() - before);
            long loaded = peak.getAsLong();
            for (int i = 0; i < PASSES; i++) {
                try (NDManager scope = manager.newSubManager()) {
                    model.forward(
                            ForwardRequest.of(scope.zeros(new Shape(rows, length), DataType.INT64)),
                            HookVisitor.none(),
                            scope);
                }
            }
            return new Measured(
                    idle, loaded, peak.getAsLong(), model.parameters().bytes(), seconds);
        }
    }
}
