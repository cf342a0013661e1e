package dev.loupe.tensors;

import dev.loupe.failure.Reason;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A {@code .npz} file as {@code numpy.savez} writes it: a zip file of arrays, stored plainly. Opening reads the arrays' headers; arrays
 * are read when asked for. Sizes are bounded by the size of the file: compressed entries, entries that lie over each other, and
 * arrays of objects are refused.
 */
public final class NpzFile implements TensorSource {
    private static final int MAX_ENTRIES = 10_000;
    private static final String ENDING = ".npy";

    private final Path file;
    private final TreeMap<String, NpyHeader> arrays;

    private NpzFile(Path file, TreeMap<String, NpyHeader> arrays) {
        this.file = file;
        this.arrays = arrays;
    }

    /** @throws TensorFileException where the file is not such an archive */
    public static NpzFile open(Path file) {
        TreeMap<String, NpyHeader> arrays = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw new TensorFileException(file, null, zip.size() + " zip entries");
            }
            long whole = Files.size(file);
            long together = 0;
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String name = named(file, entry);
                NpyHeader header = header(file, name, zip, entry);
                together += entry.getSize();
                if (together > whole) {
                    throw new TensorFileException(
                            file, name, "lies over another array: together they are longer than the file");
                }
                if (arrays.put(name, header) != null) {
                    throw new TensorFileException(file, name, "occurs twice");
                }
            }
        } catch (ZipException e) {
            throw new TensorFileException(file, null, "is not a whole zip file" + NotWeights.instead(file), e);
        } catch (IOException e) {
            throw new TensorFileException(file, null, "cannot be read: " + Reason.of(e), e);
        }
        return new NpzFile(file, arrays);
    }

    private static String named(Path file, ZipEntry entry) {
        String name = entry.getName();
        if (!name.endsWith(ENDING)) {
            throw new TensorFileException(
                    file, null, "zip entry '" + TensorFileException.shown(name) + "' is not an array of numpy");
        }
        String array = name.substring(0, name.length() - ENDING.length());
        if (entry.getMethod() != ZipEntry.STORED || entry.getCompressedSize() != entry.getSize()) {
            throw new TensorFileException(file, array, "is compressed: write the file with `numpy.savez`");
        }
        return array;
    }

    private static NpyHeader header(Path file, String name, ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            NpyHeader header = NpyHeader.read(file, name, in);
            long wanted = (long) header.length() + header.bytes(file, name);
            if (entry.getSize() != wanted) {
                throw new TensorFileException(
                        file,
                        name,
                        "should have " + wanted + " bytes with its header, the file has " + entry.getSize());
            }
            return header;
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(arrays.keySet()));
    }

    @Override
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    private NpyHeader array(String name) {
        NpyHeader header = arrays.get(name);
        if (header == null) {
            throw new TensorFileException(file, name, "is not in the file, which has " + arrays.size() + " arrays");
        }
        return header;
    }

    @Override
    public long[] shape(String name) {
        return array(name).shape().clone();
    }

    @Override
    public String type(String name) {
        return array(name).descr();
    }

    @Override
    public boolean isFloating(String name) {
        DType dtype = array(name).dtype();
        return dtype != null && dtype.isFloating();
    }

    @Override
    public Tensor tensor(String name) {
        NpyHeader header = array(name);
        byte[] bytes = new byte[header.bytes(file, name)];
        DType dtype = header.dtype();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(name + ENDING);
            if (entry == null || dtype == null || entry.getSize() != (long) header.length() + bytes.length) {
                throw new TensorFileException(file, name, "has changed since the file was opened");
            }
            try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
                in.skipNBytes(header.length());
                in.readFully(bytes);
            }
            byte[] rows = header.columns() ? byRows(bytes, header.shape(), dtype.bytes()) : bytes;
            return new Tensor(name, dtype, header.shape(), ByteBuffer.wrap(rows));
        } catch (IOException e) {
            throw new TensorFileException(file, name, "cannot be read: " + Reason.of(e), e);
        }
    }

    /** Elements whose first axis runs fastest, with the last axis fastest. */
    private static byte[] byRows(byte[] columns, long[] shape, int width) {
        byte[] rows = new byte[columns.length];
        long[] at = new long[shape.length];
        for (int i = 0; i < columns.length / width; i++) {
            long from = 0;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from = from * shape[axis] + at[axis];
            }
            System.arraycopy(columns, (int) from * width, rows, i * width, width);
            for (int axis = at.length - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--) {
                at[axis] = 0;
            }
        }
        return rows;
    }
}
