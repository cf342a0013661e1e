package dev.loupe.tensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One tensor of a file: row-major little-endian elements, often memory-mapped and always read-only.
 *
 * @param name its name in the file
 * @param shape sizes, outermost first; empty for a scalar
 * @param bytes exactly the elements, from position 0 to the limit
 */
public record Tensor(String name, DType dtype, long[] shape, ByteBuffer bytes) {
    public Tensor {
        long expected = Math.multiplyExact(count(shape), (long) dtype.bytes());
        bytes = bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() != expected) {
            throw new IllegalArgumentException(
                    name + " " + Arrays.toString(shape) + " needs " + expected + " bytes, got " + bytes.limit());
        }
        shape = shape.clone();
    }

    /** How many elements a shape has. */
    public static long count(long... shape) {
        long n = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new ArithmeticException("negative size " + size);
            }
            n = Math.multiplyExact(n, size);
        }
        return n;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The elements' own buffer position: a fresh little-endian view each time. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    public int size() {
        return bytes.limit() / dtype.bytes();
    }

    /** The elements as float32: F16, BF16 and small integers exactly, F64 and large integers rounded. */
    public float[] floats() {
        float[] out = new float[size()];
        floats(dtype, bytes(), out);
        return out;
    }

    /** Fills {@code out} from little-endian elements at the start of {@code in}. */
    static void floats(DType dtype, ByteBuffer in, float[] out) {
        if (dtype == DType.F32) {
            in.asFloatBuffer().get(out);
            return;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (dtype) {
                case F16 -> half(in.getShort(2 * i));
                case BF16 -> Float.intBitsToFloat(in.getShort(2 * i) << 16);
                case F64 -> (float) in.getDouble(8 * i);
                default -> integer(dtype, in, i);
            };
        }
    }

    public double[] doubles() {
        double[] out = new double[size()];
        ByteBuffer in = bytes();
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (dtype) {
                case F64 -> in.getDouble(8 * i);
                case F32 -> in.getFloat(4 * i);
                case F16 -> half(in.getShort(2 * i));
                case BF16 -> Float.intBitsToFloat(in.getShort(2 * i) << 16);
                default -> integer(dtype, in, i);
            };
        }
        return out;
    }

    /** @throws IllegalStateException for floating elements */
    public long[] longs() {
        requireIntegers();
        long[] out = new long[size()];
        ByteBuffer in = bytes();
        for (int i = 0; i < out.length; i++) {
            out[i] = integer(dtype, in, i);
        }
        return out;
    }

    /**
     * @throws IllegalStateException for floating elements
     * @throws ArithmeticException where an element does not fit
     */
    public int[] ints() {
        requireIntegers();
        int[] out = new int[size()];
        ByteBuffer in = bytes();
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.toIntExact(integer(dtype, in, i));
        }
        return out;
    }

    private void requireIntegers() {
        if (dtype.isFloating()) {
            throw new IllegalStateException("tensor '" + name + "' holds " + dtype + ", integers were expected");
        }
    }

    private static long integer(DType dtype, ByteBuffer in, int i) {
        return switch (dtype) {
            case I64 -> in.getLong(8 * i);
            case I32 -> in.getInt(4 * i);
            case I16 -> in.getShort(2 * i);
            case I8 -> in.get(i);
            case U8 -> in.get(i) & 0xff;
            case BOOL -> in.get(i) != 0 ? 1 : 0;
            default -> throw new IllegalStateException(dtype + " is not an integer type");
        };
    }

    /** IEEE 754 binary16 to float32, exactly. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int mantissa = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | mantissa << 13);
        }
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | mantissa << 13);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && name.equals(that.name)
                && dtype == that.dtype
                && Arrays.equals(shape, that.shape)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return name + " " + dtype + Arrays.toString(shape);
    }
}
