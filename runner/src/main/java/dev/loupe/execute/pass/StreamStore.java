package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.metric.reading.StepValue;
import org.jspecify.annotations.Nullable;

/** Residual streams in a store of values, with every bit. */
record StreamStore(ValueStore values) {
    static StreamStore none() {
        return new StreamStore(ValueStore.none());
    }

    boolean has(String name) {
        return values.has(name);
    }

    /**
     * Half precision is not kept.
     *
     * @param stream [row, pos, d_model]
     */
    void keep(String name, NDArray stream) {
        if (stream.getDataType() == DataType.FLOAT32) {
            long[] shape = stream.getShape().getShape();
            values.store(name, new StepValue.Activation(shape, stream.toFloatArray()));
        }
    }

    /** @param manager owns the result; null where it is not there */
    @Nullable
    NDArray find(String name, NDManager manager) {
        return values.find(name).orElse(null) instanceof StepValue.Activation kept
                ? manager.create(kept.data(), new Shape(kept.shape()))
                : null;
    }
}
