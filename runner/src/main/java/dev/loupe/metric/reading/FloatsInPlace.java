package dev.loupe.metric.reading;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Numbers of the engine that are read where they lie in its memory. */
public final class FloatsInPlace {
    private FloatsInPlace() {}

    /** Those of a float32 array of less than 2^31 bytes, row-major; valid as long as the array is. */
    public static FloatBuffer of(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
