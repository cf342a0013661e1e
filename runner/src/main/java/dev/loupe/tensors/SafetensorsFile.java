package dev.loupe.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A safetensors file with a fully checked header; the tensors are memory-mapped, so that opening costs no reading.
 * The mapping lives as long as something refers to it.
 */
public final class SafetensorsFile implements TensorSource {
    /** The reference implementation's own limit. */
    private static final long MAX_HEADER = 100_000_000;

    private final Path file;
    private final SafetensorsHeader header;
    private final SortedMap<String, Tensor> tensors;
    private final long dataStart;

    private SafetensorsFile(Path file, SafetensorsHeader header, SortedMap<String, Tensor> tensors, long dataStart) {
        this.dataStart = dataStart;
        this.file = file;
        this.header = header;
        this.tensors = tensors;
    }

    /** @throws TensorFileException naming file and tensor where the file is not exactly what its header says */
    public static SafetensorsFile open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < 8) {
                throw new TensorFileException(file, null, size + " bytes are too few for a safetensors file");
            }
            long headerLength =
                    read(file, channel, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (headerLength < 2 || headerLength > Math.min(MAX_HEADER, size - 8)) {
                throw new TensorFileException(
                        file,
                        null,
                        "header length " + headerLength + " does not fit a file of " + size + " bytes: truncated, "
                                + "or not a safetensors file" + NotWeights.instead(file));
            }
            byte[] json = read(file, channel, 8, (int) headerLength).array();
            long dataStart = 8 + headerLength;
            SafetensorsHeader header = SafetensorsHeader.parse(file, json, size - dataStart);
            return new SafetensorsFile(file, header, map(file, channel, header, dataStart, size), dataStart);
        } catch (IOException e) {
            throw new TensorFileException(file, null, "cannot be read: " + e, e);
        }
    }

    private static SortedMap<String, Tensor> map(
            Path file, FileChannel channel, SafetensorsHeader header, long dataStart, long size) throws IOException {
        // One mapping where it fits into a buffer; the tensors of larger files are mapped one by one.
        ByteBuffer whole = size - dataStart <= Integer.MAX_VALUE
                ? channel.map(MapMode.READ_ONLY, dataStart, size - dataStart)
                : null;
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (var named : header.entries().entrySet()) {
            SafetensorsHeader.Entry e = named.getValue();
            long length = e.end() - e.begin();
            if (length > Integer.MAX_VALUE) {
                throw new TensorFileException(file, named.getKey(), "larger than 2 GiB, which is not supported");
            }
            ByteBuffer bytes = whole != null
                    ? whole.slice((int) e.begin(), (int) length)
                    : channel.map(MapMode.READ_ONLY, dataStart + e.begin(), length);
            tensors.put(named.getKey(), new Tensor(named.getKey(), e.dtype(), e.shape(), bytes));
        }
        return tensors;
    }

    private static ByteBuffer read(Path file, FileChannel channel, long at, int length) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(length);
        while (out.hasRemaining()) {
            if (channel.read(out, at + out.position()) < 0) {
                throw new TensorFileException(file, null, "ends at byte " + (at + out.position()));
            }
        }
        return out.flip();
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet((SortedSet<String>) tensors.keySet());
    }

    @Override
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new TensorFileException(file, name, "is not in the file, which has " + tensors.size() + " tensors");
        }
        return tensor;
    }

    /** Where in the file the bytes of a tensor begin. */
    public long begin(String name) {
        return slice(name).at();
    }

    private FileSlice slice(String name) {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new TensorFileException(file, name, "is not in the file, which has " + tensors.size() + " tensors");
        }
        return new FileSlice(file, dataStart + entry.begin(), entry.end() - entry.begin());
    }

    @Override
    public void rows(String name, Rows to) {
        Tensor tensor = tensor(name);
        int width = TensorSource.width(tensor.shape());
        int rowBytes = width * tensor.dtype().bytes();
        if (rowBytes == 0) {
            return;
        }
        float[] row = new float[width];
        slice(name).pieces(rowBytes, (from, in) -> {
            for (int r = 0; r < in.limit() / rowBytes; r++) {
                Tensor.floats(tensor.dtype(), in.slice(r * rowBytes, rowBytes).order(ByteOrder.LITTLE_ENDIAN), row);
                to.take((int) (from / rowBytes) + r, row, 0);
            }
        });
    }

    @Override
    public void stored(String name, Consumer<ByteBuffer> to) {
        slice(name).pieces(1, (from, bytes) -> to.accept(bytes));
    }

    /** The strings of {@code __metadata__}; empty where there are none. */
    public SortedMap<String, String> metadata() {
        return Collections.unmodifiableSortedMap(header.metadata());
    }
}
