package dev.loupe.model.forward;

import ai.djl.ndarray.types.DataType;
import dev.loupe.failure.UserInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The number type of weight matrices and of the products with them. Everything else is float32 whatever this is: the
 * residual stream, norms, softmax, biases, every activation that a hook shows, logits and metrics.
 */
public enum Precision {
    F32(DataType.FLOAT32),
    F16(DataType.FLOAT16);

    private final DataType type;

    Precision(DataType type) {
        this.type = type;
    }

    public DataType type() {
        return type;
    }

    /** By the name that safetensors headers and people use: {@code f32}, {@code f16}. */
    public static Precision of(String name) {
        if (name.equalsIgnoreCase("bf16")) {
            throw new UserInputException(
                    "computing in bf16 is not supported by DJL 0.35.1; use f16 or f32 (bf16 files can be read)");
        }
        for (Precision precision : values()) {
            if (precision.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return precision;
            }
        }
        throw new UserInputException("there is no number type `" + name + "`; known: "
                + Arrays.stream(values()).map(Precision::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
