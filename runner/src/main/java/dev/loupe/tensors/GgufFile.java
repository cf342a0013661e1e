package dev.loupe.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A GGUF file as llama.cpp and its relatives write them, with a fully checked header. Tensors are read piece by piece and
 * become float32 then; shapes are outermost first, the reverse of what the file says.
 */
public final class GgufFile implements TensorSource {
    /** So many blocks are one piece of parallel work. */
    private static final int CHUNK = 1 << 13;

    private final Path file;
    private final Map<String, Object> metadata;
    private final SortedMap<String, GgufHeader.Entry> entries;
    private final long dataStart;

    private GgufFile(Path file, GgufHeader header) {
        this.file = file;
        this.metadata = Collections.unmodifiableMap(header.metadata());
        this.entries = header.entries();
        this.dataStart = header.dataStart();
    }

    /** @throws TensorFileException where the file is not exactly what its header says */
    public static GgufFile open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer start = map(channel, 0, Math.min(size, Integer.MAX_VALUE));
            GgufHeader header = new GgufHeader(file, start, size);
            for (Map.Entry<String, GgufHeader.Entry> e : header.entries().entrySet()) {
                GgufHeader.Entry at = e.getValue();
                if (Tensor.count(at.shape()) > Integer.MAX_VALUE / 4 || at.bytes() > Integer.MAX_VALUE) {
                    throw new TensorFileException(file, e.getKey(), "larger than 2 GiB, which is not supported");
                }
            }
            return new GgufFile(file, header);
        } catch (IOException e) {
            throw new TensorFileException(file, null, "cannot be read: " + e, e);
        }
    }

    private static ByteBuffer map(FileChannel channel, long at, long length) throws IOException {
        return channel.map(MapMode.READ_ONLY, at, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The file's own description: integers as Long, floats as Double, truth as Boolean, texts, and lists of these. */
    public Map<String, Object> metadata() {
        return metadata;
    }

    /** SHA-256 of all that stands before the tensors: metadata, and the tensors' names, types and shapes. */
    public String headerHash() {
        return Sha256.of(to -> new FileSlice(file, 0, dataStart).pieces(1, (from, bytes) -> to.accept(bytes)));
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet((SortedSet<String>) entries.keySet());
    }

    private GgufHeader.Entry entry(String name) {
        GgufHeader.Entry entry = entries.get(name);
        if (entry == null) {
            throw new TensorFileException(file, name, "is not in the file, which has " + entries.size() + " tensors");
        }
        return entry;
    }

    @Override
    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    @Override
    public String type(String name) {
        return entry(name).type().name();
    }

    @Override
    public boolean isFloating(String name) {
        return true;
    }

    private FileSlice slice(GgufHeader.Entry entry) {
        return new FileSlice(file, dataStart + entry.begin(), entry.bytes());
    }

    @Override
    public void stored(String name, Consumer<ByteBuffer> to) {
        slice(entry(name)).pieces(1, (from, bytes) -> to.accept(bytes));
    }

    @Override
    public float[] floats(String name) {
        GgufHeader.Entry entry = entry(name);
        GgufType type = entry.type();
        float[] out = new float[(int) Tensor.count(entry.shape())];
        slice(entry).pieces(type.bytes(), (from, in) -> {
            int first = (int) (from / type.bytes());
            int blocks = in.limit() / type.bytes();
            IntStream.range(0, (blocks + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
                for (int b = chunk * CHUNK; b < Math.min(blocks, (chunk + 1) * CHUNK); b++) {
                    type.block().read(in, b * type.bytes(), out, (first + b) * type.elements());
                }
            });
        });
        return out;
    }

    @Override
    public void rows(String name, Rows to) {
        GgufHeader.Entry entry = entry(name);
        GgufType type = entry.type();
        int width = TensorSource.width(entry.shape());
        if (width % type.elements() != 0) {
            TensorSource.super.rows(name, to);
            return;
        }
        int blocks = width / type.elements();
        int rowBytes = blocks * type.bytes();
        ThreadLocal<float[]> rows = ThreadLocal.withInitial(() -> new float[width]);
        slice(entry)
                .pieces(
                        rowBytes,
                        (from, in) -> IntStream.range(0, in.limit() / rowBytes)
                                .parallel()
                                .forEach(r -> {
                                    float[] row = rows.get();
                                    for (int b = 0; b < blocks; b++) {
                                        type.block()
                                                .read(in, r * rowBytes + b * type.bytes(), row, b * type.elements());
                                    }
                                    to.take((int) (from / rowBytes) + r, row, 0);
                                }));
    }

    /** The tensor as float32. */
    @Override
    public Tensor tensor(String name) {
        float[] values = floats(name);
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, DType.F32, entry(name).shape(), bytes);
    }
}
