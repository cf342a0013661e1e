package dev.loupe.tensors;

import dev.loupe.failure.Reason;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A {@code .pth} or {@code .bin} file of torch's zip format (torch 1.6 and later) that holds a dictionary of tensors. The
 * pickle is read by {@link TorchPickle}; tensors are read when asked for.
 */
public final class TorchFile implements TensorSource {
    private static final int MAX_ENTRIES = 200_000;
    private static final long MAX_PICKLE = 64 << 20;

    private final Path file;
    private final String root;
    private final TreeMap<String, TorchPickle.Stored> tensors;

    private TorchFile(Path file, String root, Map<String, TorchPickle.Stored> tensors) {
        this.file = file;
        this.root = root;
        this.tensors = new TreeMap<>(tensors);
    }

    /** @throws TensorFileException where the file is not such a dictionary or names anything beyond tensors */
    public static TorchFile open(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, ZipEntry> entries = checkedEntries(file, zip);
            String pickle = null;
            for (String name : entries.keySet()) {
                if (name.endsWith("/data.pkl") && name.indexOf('/') == name.length() - "/data.pkl".length()) {
                    if (pickle != null) {
                        throw new TensorFileException(file, null, "has two pickles");
                    }
                    pickle = name;
                }
            }
            if (pickle == null) {
                throw new TensorFileException(file, null, "has no data.pkl: not a torch file");
            }
            String root = pickle.substring(0, pickle.length() - "data.pkl".length());
            if (entries.containsKey(root + "byteorder")) {
                String order = new String(read(file, zip, root + "byteorder", 16), StandardCharsets.US_ASCII);
                if (!order.strip().equals("little")) {
                    throw new TensorFileException(file, null, "byte order is not little");
                }
            }
            Map<String, TorchPickle.Stored> tensors = TorchPickle.read(file, read(file, zip, pickle, MAX_PICKLE));
            tensors.forEach((name, t) -> checkStorage(file, name, t, entries.get(root + "data/" + t.key())));
            return new TorchFile(file, root, tensors);
        } catch (ZipException e) {
            throw new TensorFileException(
                    file,
                    null,
                    (beginsAsZip(file)
                                    ? "is a truncated zip file"
                                    : "is not a zip file; files from before torch 1.6 are not supported")
                            + NotWeights.instead(file),
                    e);
        } catch (IOException e) {
            throw new TensorFileException(file, null, "cannot be read: " + Reason.of(e), e);
        }
    }

    private static Map<String, ZipEntry> checkedEntries(Path file, ZipFile zip) {
        if (zip.size() > MAX_ENTRIES) {
            throw new TensorFileException(file, null, zip.size() + " zip entries");
        }
        Map<String, ZipEntry> out = new HashMap<>();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName();
            if (name.startsWith("/") || name.contains("\\") || name.contains("..") || name.contains(":")) {
                throw new TensorFileException(
                        file, null, "zip entry '" + TensorFileException.shown(name) + "' points outside the file");
            }
            if (entry.getMethod() != ZipEntry.STORED) {
                throw new TensorFileException(
                        file,
                        null,
                        "zip entry '" + TensorFileException.shown(name) + "' is compressed; torch stores plainly");
            }
            if (out.put(name, entry) != null) {
                throw new TensorFileException(
                        file, null, "zip entry '" + TensorFileException.shown(name) + "' occurs twice");
            }
        }
        return out;
    }

    private static boolean beginsAsZip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        } catch (IOException e) {
            return false;
        }
    }

    private static void checkStorage(
            Path file, String name, TorchPickle.Stored t, @org.jspecify.annotations.Nullable ZipEntry entry) {
        long wanted = t.storageSize() * t.dtype().bytes();
        if (entry == null || entry.getSize() != wanted || wanted > Integer.MAX_VALUE) {
            throw new TensorFileException(
                    file,
                    name,
                    "storage " + t.key() + " should have " + wanted + " bytes, the file has "
                            + (entry == null ? "none" : entry.getSize()));
        }
    }

    private static byte[] read(Path file, ZipFile zip, String name, long limit) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.getSize() < 0 || entry.getSize() > limit) {
            throw new TensorFileException(file, null, "zip entry '" + name + "' is missing or larger than " + limit);
        }
        byte[] out = new byte[(int) entry.getSize()];
        try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
            in.readFully(out);
        }
        return out;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(tensors.keySet()));
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    private TorchPickle.Stored stored(String name) {
        TorchPickle.Stored t = tensors.get(name);
        if (t == null) {
            throw new TensorFileException(file, name, "is not in the file, which has " + tensors.size() + " tensors");
        }
        return t;
    }

    @Override
    public long[] shape(String name) {
        return stored(name).shape().clone();
    }

    @Override
    public String type(String name) {
        return stored(name).dtype().name();
    }

    @Override
    public boolean isFloating(String name) {
        return stored(name).dtype().isFloating();
    }

    @Override
    public Tensor tensor(String name) {
        TorchPickle.Stored t = stored(name);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] storage = read(file, zip, root + "data/" + t.key(), Integer.MAX_VALUE);
            return new Tensor(name, t.dtype(), t.shape(), ByteBuffer.wrap(contiguous(t, storage)));
        } catch (IOException e) {
            throw new TensorFileException(file, name, "cannot be read: " + Reason.of(e), e);
        }
    }

    /** The tensor's elements in row-major order, whatever their strides. */
    private static byte[] contiguous(TorchPickle.Stored t, byte[] storage) {
        int width = t.dtype().bytes();
        int count = (int) Tensor.count(t.shape());
        if (t.offset() == 0 && count == t.storageSize() && isRowMajor(t)) {
            return storage;
        }
        byte[] out = new byte[count * width];
        long[] at = new long[t.shape().length];
        for (int i = 0; i < count; i++) {
            long from = t.offset();
            for (int axis = 0; axis < at.length; axis++) {
                from += at[axis] * t.strides()[axis];
            }
            System.arraycopy(storage, (int) (from * width), out, i * width, width);
            for (int axis = at.length - 1; axis >= 0 && ++at[axis] == t.shape()[axis]; axis--) {
                at[axis] = 0;
            }
        }
        return out;
    }

    private static boolean isRowMajor(TorchPickle.Stored t) {
        long expected = 1;
        for (int axis = t.shape().length - 1; axis >= 0; axis--) {
            if (t.shape()[axis] != 1 && t.strides()[axis] != expected) {
                return false;
            }
            expected *= t.shape()[axis];
        }
        return true;
    }
}
