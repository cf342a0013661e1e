package dev.loupe.tensors;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the header of a GGUF file (versions 2 and 3, little-endian). Every count and length is held against the bytes
 * that are left before anything is allocated for it.
 */
final class GgufHeader {
    /** A tensor's place; {@code begin} counts from the start of the data, {@code shape} is outermost first. */
    record Entry(GgufType type, long[] shape, long begin, long bytes) {}

    private static final int MAX_DEPTH = 4;
    private static final int MAX_NAME = 4096;
    private static final int MAX_RANK = 4;
    private static final int MAX_ALIGNMENT = 1 << 20;

    private final Path file;
    private final ByteBuffer in;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private long dataStart;

    /** @param in little-endian, the file's beginning */
    GgufHeader(Path file, ByteBuffer in, long fileSize) {
        this.file = file;
        this.in = in;
        try {
            read(fileSize);
        } catch (BufferUnderflowException e) {
            throw new TensorFileException(file, null, "ends within its header", e);
        }
    }

    Map<String, Object> metadata() {
        return metadata;
    }

    SortedMap<String, Entry> entries() {
        return entries;
    }

    long dataStart() {
        return dataStart;
    }

    private void read(long fileSize) {
        if (in.getInt() != 0x46554747) {
            throw new TensorFileException(
                    file, null, "is not a GGUF file: it does not begin with GGUF" + NotWeights.instead(file));
        }
        int version = in.getInt();
        if (version != 2 && version != 3) {
            String what = Integer.reverseBytes(version) <= 3 ? "big-endian" : "version " + version;
            throw new TensorFileException(file, null, "is " + what + "; GGUF 2 and 3, little-endian, are read");
        }
        int tensors = count(24, "tensors");
        int pairs = count(13, "metadata entries");
        for (int i = 0; i < pairs; i++) {
            String key = text(MAX_NAME);
            if (metadata.put(key, value(in.getInt(), 0)) != null) {
                throw new TensorFileException(
                        file, null, "the key '" + TensorFileException.shown(key) + "' occurs twice");
            }
        }
        for (int i = 0; i < tensors; i++) {
            String name = text(MAX_NAME);
            if (entries.put(name, entry(name)) != null) {
                throw new TensorFileException(file, name, "occurs twice in the file");
            }
        }
        long alignment = metadata.get("general.alignment") instanceof Long l ? l : 32;
        if (alignment < 1 || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
            throw new TensorFileException(file, null, "general.alignment " + alignment + " is not a valid power of 2");
        }
        dataStart = (in.position() + alignment - 1) / alignment * alignment;
        checkPlaces(alignment, fileSize - dataStart);
    }

    private Entry entry(String name) {
        int rank = in.getInt();
        if (rank < 1 || rank > MAX_RANK) {
            throw new TensorFileException(file, name, "has " + rank + " axes; 1 to " + MAX_RANK + " are read");
        }
        long[] shape = new long[rank];
        for (int axis = rank - 1; axis >= 0; axis--) {
            shape[axis] = in.getLong();
        }
        int id = in.getInt();
        GgufType type = GgufType.of(id);
        if (type == null) {
            throw new TensorFileException(file, name, "tensor type " + id + " is not supported");
        }
        try {
            long elements = Tensor.count(shape);
            if (elements == 0 || shape[rank - 1] % type.elements() != 0) {
                throw new ArithmeticException(
                        "a row of " + shape[rank - 1] + " is not a whole number of " + type + " blocks");
            }
            return new Entry(type, shape, in.getLong(), Math.multiplyExact(elements / type.elements(), type.bytes()));
        } catch (ArithmeticException e) {
            throw new TensorFileException(file, name, String.valueOf(e.getMessage()), e);
        }
    }

    private void checkPlaces(long alignment, long dataLength) {
        List<Map.Entry<String, Entry>> byOffset = new ArrayList<>(entries.entrySet());
        byOffset.sort((a, b) -> Long.compare(a.getValue().begin(), b.getValue().begin()));
        long free = 0;
        for (Map.Entry<String, Entry> e : byOffset) {
            Entry at = e.getValue();
            if (at.begin() < 0 || at.begin() % alignment != 0) {
                throw new TensorFileException(
                        file, e.getKey(), "offset " + at.begin() + " is not aligned to " + alignment);
            }
            if (at.begin() < free) {
                throw new TensorFileException(file, e.getKey(), "overlaps another tensor at byte " + at.begin());
            }
            if (at.bytes() > dataLength - at.begin()) {
                throw new TensorFileException(
                        file,
                        e.getKey(),
                        "exceeds the file's " + Math.max(0, dataLength) + " bytes of data: truncated");
            }
            free = at.begin() + at.bytes();
        }
    }

    /** Integers as Long, floats as Double, arrays as List. */
    private Object value(int type, int depth) {
        return switch (type) {
            case 0 -> (long) (in.get() & 0xff);
            case 1 -> (long) in.get();
            case 2 -> (long) (in.getShort() & 0xffff);
            case 3 -> (long) in.getShort();
            case 4 -> in.getInt() & 0xffffffffL;
            case 5 -> (long) in.getInt();
            case 6 -> (double) in.getFloat();
            case 7 -> in.get() != 0;
            case 8 -> text(in.remaining());
            case 9 -> array(depth);
            case 10, 11 -> in.getLong();
            case 12 -> in.getDouble();
            default -> throw new TensorFileException(file, null, "metadata of the unknown type " + type);
        };
    }

    private List<Object> array(int depth) {
        if (depth == MAX_DEPTH) {
            throw new TensorFileException(file, null, "arrays within arrays, more than " + MAX_DEPTH + " deep");
        }
        int type = in.getInt();
        int smallest = type == 8 ? 8 : type == 9 ? 12 : 1;
        int count = count(smallest, "array elements");
        List<Object> out = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            out.add(value(type, depth + 1));
        }
        return out;
    }

    private int count(int smallest, String what) {
        long count = in.getLong();
        if (count < 0 || count > in.remaining() / smallest) {
            throw new TensorFileException(
                    file, null, count + " " + what + " do not fit into the " + in.remaining() + " bytes that are left");
        }
        return (int) count;
    }

    private String text(int limit) {
        long length = in.getLong();
        if (length < 0 || length > Math.min(limit, in.remaining())) {
            throw new TensorFileException(file, null, "a text of " + length + " bytes at byte " + (in.position() - 8));
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
