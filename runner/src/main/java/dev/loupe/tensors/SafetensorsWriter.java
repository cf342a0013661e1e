package dev.loupe.tensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes a safetensors file. Equal content gives equal bytes, whatever the order of the calls: names are sorted, wide
 * elements lie before narrow ones (as the reference writer does, so that every element is aligned), the data starts at
 * a multiple of eight bytes. The file appears under its name only when it is complete.
 */
public final class SafetensorsWriter {
    private record Entry(DType dtype, long[] shape, Supplier<ByteBuffer> bytes) {
        long length() {
            return Tensor.count(shape) * dtype.bytes();
        }
    }

    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final SortedMap<String, String> metadata = new TreeMap<>();

    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** The array is read when the file is written. */
    public SafetensorsWriter floats(String name, long[] shape, float[] values) {
        return add(name, DType.F32, shape, values.length, () -> {
            ByteBuffer out = buffer(4L * values.length);
            out.asFloatBuffer().put(values);
            return out;
        });
    }

    /** The array is read when the file is written. */
    public SafetensorsWriter doubles(String name, long[] shape, double[] values) {
        return add(name, DType.F64, shape, values.length, () -> {
            ByteBuffer out = buffer(8L * values.length);
            out.asDoubleBuffer().put(values);
            return out;
        });
    }

    /** The array is read when the file is written. */
    public SafetensorsWriter longs(String name, long[] shape, long[] values) {
        return add(name, DType.I64, shape, values.length, () -> {
            ByteBuffer out = buffer(8L * values.length);
            out.asLongBuffer().put(values);
            return out;
        });
    }

    public SafetensorsWriter tensor(Tensor tensor) {
        return add(tensor.name(), tensor.dtype(), tensor.shape(), tensor.size(), tensor::bytes);
    }

    private SafetensorsWriter add(String name, DType dtype, long[] shape, long count, Supplier<ByteBuffer> bytes) {
        if (name.equals("__metadata__") || Tensor.count(shape) != count) {
            throw new IllegalArgumentException(
                    name + ": " + count + " elements for the shape " + Arrays.toString(shape));
        }
        if (entries.putIfAbsent(name, new Entry(dtype, shape.clone(), bytes)) != null) {
            throw new IllegalArgumentException("tensor '" + name + "' was added twice");
        }
        return this;
    }

    /** Writes to a temporary name beside {@code file}, then renames. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file name");
        }
        Files.createDirectories(folder);
        // Not Files.createTempFile, whose files nobody else may read.
        Path temporary = Leftovers.beside(folder, file);
        try {
            List<Map.Entry<String, Entry>> order = new ArrayList<>(entries.entrySet());
            order.sort(Comparator.comparingInt(e -> -e.getValue().dtype().bytes()));
            try (FileChannel out =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeFully(out, header(order));
                for (Map.Entry<String, Entry> e : order) {
                    writeFully(out, e.getValue().bytes().get());
                }
                out.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private ByteBuffer header(List<Map.Entry<String, Entry>> order) throws IOException {
        Map<String, Long> begins = new TreeMap<>();
        long at = 0;
        for (Map.Entry<String, Entry> e : order) {
            begins.put(e.getKey(), at);
            at += e.getValue().length();
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(json)) {
            out.writeStartObject();
            if (!metadata.isEmpty()) {
                out.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> e : metadata.entrySet()) {
                    out.writeStringField(e.getKey(), e.getValue());
                }
                out.writeEndObject();
            }
            for (Map.Entry<String, Entry> e : entries.entrySet()) {
                Entry entry = e.getValue();
                long begin = begins.getOrDefault(e.getKey(), 0L);
                out.writeObjectFieldStart(e.getKey());
                out.writeStringField("dtype", entry.dtype().name());
                out.writeFieldName("shape");
                out.writeArray(entry.shape(), 0, entry.shape().length);
                out.writeFieldName("data_offsets");
                out.writeArray(new long[] {begin, begin + entry.length()}, 0, 2);
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        int padded = (json.size() + 7) / 8 * 8;
        ByteBuffer out = buffer(8L + padded);
        out.putLong(padded).put(json.toByteArray());
        while (out.hasRemaining()) {
            out.put((byte) ' ');
        }
        return out.flip();
    }

    private static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
