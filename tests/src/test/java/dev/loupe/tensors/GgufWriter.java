package dev.loupe.tensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small GGUF files, as llama.cpp's converter lays them out: version 3, alignment 32, numbers as float32. */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private long pairs;
    private long count;

    public GgufWriter text(String key, String value) {
        key(key, 8);
        text(metadata, value);
        return this;
    }

    public GgufWriter whole(String key, long value) {
        key(key, 4);
        int32(metadata, (int) value);
        return this;
    }

    public GgufWriter real(String key, float value) {
        key(key, 6);
        int32(metadata, Float.floatToIntBits(value));
        return this;
    }

    public GgufWriter texts(String key, List<String> values) {
        key(key, 9);
        int32(metadata, 8);
        int64(metadata, values.size());
        values.forEach(value -> text(metadata, value));
        return this;
    }

    public GgufWriter ints(String key, int... values) {
        key(key, 9);
        int32(metadata, 5);
        int64(metadata, values.length);
        for (int value : values) {
            int32(metadata, value);
        }
        return this;
    }

    public GgufWriter reals(String key, float... values) {
        key(key, 9);
        int32(metadata, 6);
        int64(metadata, values.length);
        for (float value : values) {
            int32(metadata, Float.floatToIntBits(value));
        }
        return this;
    }

    public GgufWriter flag(String key, boolean value) {
        key(key, 7);
        metadata.write(value ? 1 : 0);
        return this;
    }

    /** @param shape outermost first */
    public GgufWriter tensor(String name, long[] shape, float[] values) {
        text(tensors, name);
        int32(tensors, shape.length);
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            int64(tensors, shape[axis]);
        }
        int32(tensors, 0);
        int64(tensors, data.size());
        for (float value : values) {
            int32(data, Float.floatToIntBits(value));
        }
        pad(data);
        count++;
        return this;
    }

    public Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int32(out, 0x46554747);
        int32(out, 3);
        int64(out, count);
        int64(out, pairs);
        out.writeBytes(metadata.toByteArray());
        out.writeBytes(tensors.toByteArray());
        pad(out);
        out.writeBytes(data.toByteArray());
        return Files.write(file, out.toByteArray());
    }

    private void key(String key, int type) {
        text(metadata, key);
        int32(metadata, type);
        pairs++;
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % ALIGNMENT != 0) {
            out.write(0);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int64(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void int32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static void int64(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }
}
