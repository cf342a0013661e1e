package dev.loupe.tensors;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an array as numpy saves it (.npy, versions 1 to 3): a magic word, and a Python dictionary of element type, order and
 * shape. It is matched as text and never evaluated; arrays of objects, which are pickles, are refused.
 *
 * @param descr the element type as numpy writes it
 * @param dtype null where the elements are none that can be read
 * @param columns whether the first axis runs fastest (Fortran order)
 * @param length bytes before the elements
 */
record NpyHeader(String descr, @Nullable DType dtype, boolean columns, long[] shape, int length) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_TEXT = 1 << 14;
    private static final Pattern TEXT =
            Pattern.compile("\\{'descr': '([^'\\\\]{1,20})', 'fortran_order': (True|False), "
                    + "'shape': \\(((?:[0-9]{1,18}, ?){0,8}(?:[0-9]{1,18})?)\\),? ?\\}\\s*");

    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("<f8", DType.F64),
            Map.entry("<f4", DType.F32),
            Map.entry("<f2", DType.F16),
            Map.entry("<i8", DType.I64),
            Map.entry("<i4", DType.I32),
            Map.entry("<i2", DType.I16),
            Map.entry("|i1", DType.I8),
            Map.entry("|u1", DType.U8),
            Map.entry("|b1", DType.BOOL));

    /**
     * @param name of the array, for messages
     * @throws TensorFileException where this is no beginning of an array
     */
    static NpyHeader read(Path file, String name, InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        try {
            for (byte one : MAGIC) {
                if (in.readByte() != one) {
                    throw new TensorFileException(file, name, "is not an array of numpy");
                }
            }
            int version = in.readUnsignedByte();
            int minor = in.readUnsignedByte();
            if (version < 1 || version > 3 || minor != 0) {
                throw new TensorFileException(
                        file, name, "is of version " + version + "." + minor + " of numpy's format");
            }
            int width = version == 1 ? 2 : 4;
            long size = 0;
            for (int i = 0; i < width; i++) {
                size |= (long) in.readUnsignedByte() << 8 * i;
            }
            if (size > MAX_TEXT) {
                throw new TensorFileException(file, name, "has a header of " + size + " bytes");
            }
            byte[] text = new byte[(int) size];
            in.readFully(text);
            return parsed(file, name, new String(text, StandardCharsets.UTF_8), MAGIC.length + 2 + width + (int) size);
        } catch (EOFException e) {
            throw new TensorFileException(file, name, "ends within its header", e);
        }
    }

    private static NpyHeader parsed(Path file, String name, String text, int length) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new TensorFileException(
                    file, name, "has a header that is not read: " + TensorFileException.shown(text.strip()));
        }
        List<Long> sizes = new ArrayList<>();
        for (String size : m.group(3).split(",")) {
            if (!size.isBlank()) {
                sizes.add(Long.parseLong(size.strip()));
            }
        }
        String descr = m.group(1);
        long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
        return new NpyHeader(descr, TYPES.get(descr), m.group(2).equals("True"), shape, length);
    }

    /**
     * Its elements in bytes.
     *
     * @throws TensorFileException where they are none that can be read, or too many
     */
    int bytes(Path file, String name) {
        if (dtype == null) {
            throw new TensorFileException(
                    file,
                    name,
                    "has elements of the type '" + TensorFileException.shown(descr) + "', which is not read"
                            + (descr.contains("O") ? ": it is a pickle, which may hold anything" : ""));
        }
        try {
            return Math.toIntExact(Math.multiplyExact(Tensor.count(shape), (long) dtype.bytes()));
        } catch (ArithmeticException e) {
            throw new TensorFileException(file, name, "has more than " + Integer.MAX_VALUE + " bytes", e);
        }
    }
}
