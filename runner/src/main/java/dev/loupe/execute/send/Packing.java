package dev.loupe.execute.send;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Data as bytes: records of this program, lists, sets, maps, words of enums, texts, paths, numbers, and arrays of numbers. An
 * object that occurs twice is written once. {@link Unpacking} reads them.
 */
public final class Packing {
    /** How to read the components of each record. */
    private static final ClassValue<List<Method>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .filter(Method::trySetAccessible)
                    .toList();
        }
    };

    private final DataOutputStream out;
    private final @Nullable Counted counted;
    private final IdentityHashMap<Object, Integer> written = new IdentityHashMap<>();
    private final Consumer<Record> seen;

    /** @param counted where bytes are only counted */
    private Packing(OutputStream bytes, @Nullable Counted counted, Consumer<Record> seen) {
        this.out = new DataOutputStream(bytes);
        this.counted = counted;
        this.seen = seen;
    }

    /** Counts bytes, and keeps none. */
    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] all, int from, int length) {
            bytes += length;
        }
    }

    /** @throws NotData where a part of it is no data, such as a function */
    public static byte[] of(@Nullable Object value) {
        return of(value, record -> {});
    }

    /** @param seen told of every record in it */
    public static byte[] of(@Nullable Object value, Consumer<Record> seen) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Packing(bytes, null, seen).all(value);
        return bytes.toByteArray();
    }

    /** How many bytes {@link #of(Object)} gives, however many: arrays are not copied for it. */
    public static long size(@Nullable Object value) {
        return size(value, record -> {});
    }

    /** @param seen told of every record in it */
    public static long size(@Nullable Object value, Consumer<Record> seen) {
        Counted counted = new Counted();
        new Packing(counted, counted, seen).all(value);
        return counted.bytes;
    }

    private void all(@Nullable Object value) {
        try {
            write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(@Nullable Object value) throws IOException {
        Integer before = value == null ? null : written.get(value);
        if (before != null) {
            tag(Tag.AGAIN).writeInt(before);
        } else if (value instanceof Record record) {
            record(record);
        } else if (value instanceof List<?> list) {
            collection(Tag.LIST, list);
        } else if (value instanceof Set<?> set) {
            collection(Tag.SET, set);
        } else if (value instanceof Map<?, ?> map) {
            tag(Tag.MAP).writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(entry.getKey());
                write(entry.getValue());
            }
        } else {
            leaf(value);
        }
        if (value != null && before == null && remembered(value)) {
            written.put(value, written.size());
        }
    }

    /** Numbers are as short as a reference to them. */
    static boolean remembered(Object value) {
        return !(value instanceof Number) && !(value instanceof Boolean) && !(value instanceof Enum<?>);
    }

    private void record(Record record) throws IOException {
        seen.accept(record);
        tag(Tag.RECORD);
        write(record.getClass().getName());
        for (Method component : COMPONENTS.get(record.getClass())) {
            write(component(record, component));
        }
    }

    private static @Nullable Object component(Record record, Method component) {
        try {
            return component.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private void collection(Tag kind, java.util.Collection<?> all) throws IOException {
        tag(kind).writeInt(all.size());
        for (Object item : all) {
            write(item);
        }
    }

    private void leaf(@Nullable Object value) throws IOException {
        if (value == null) {
            tag(Tag.NULL);
        } else if (value instanceof Enum<?> word) {
            tag(Tag.ENUM);
            write(word.getDeclaringClass().getName());
            write(word.name());
        } else if (value instanceof String text) {
            tag(Tag.TEXT);
            text(text);
        } else if (value instanceof Path path) {
            tag(Tag.PATH);
            text(path.toString());
        } else if (value instanceof Integer number) {
            tag(Tag.INT).writeInt(number);
        } else if (value instanceof Long number) {
            tag(Tag.LONG).writeLong(number);
        } else if (value instanceof Float number) {
            tag(Tag.FLOAT).writeFloat(number);
        } else if (value instanceof Double number) {
            tag(Tag.DOUBLE).writeLong(Double.doubleToRawLongBits(number));
        } else if (value instanceof Boolean flag) {
            tag(Tag.BOOLEAN).writeBoolean(flag);
        } else {
            array(value);
        }
    }

    private void array(Object value) throws IOException {
        if (value instanceof byte[] raw) {
            tag(Tag.BYTES).writeInt(raw.length);
            out.write(raw);
        } else if (value instanceof int[] ints) {
            tag(Tag.INTS).writeInt(ints.length);
            numbers(Integer.BYTES, ints.length, to -> to.asIntBuffer().put(ints));
        } else if (value instanceof long[] longs) {
            tag(Tag.LONGS).writeInt(longs.length);
            numbers(Long.BYTES, longs.length, to -> to.asLongBuffer().put(longs));
        } else if (value instanceof float[] floats) {
            tag(Tag.FLOATS).writeInt(floats.length);
            numbers(Float.BYTES, floats.length, to -> to.asFloatBuffer().put(floats));
        } else if (value instanceof double[] doubles) {
            tag(Tag.DOUBLES).writeInt(doubles.length);
            numbers(Double.BYTES, doubles.length, to -> to.asDoubleBuffer().put(doubles));
        } else if (value instanceof boolean[] flags) {
            tag(Tag.BOOLEANS).writeInt(flags.length);
            numbers(1, flags.length, to -> {
                for (boolean flag : flags) {
                    to.put((byte) (flag ? 1 : 0));
                }
            });
        } else if (value instanceof Object[] arrays
                && value.getClass().getComponentType().isArray()) {
            tag(Tag.ARRAYS);
            text(value.getClass().getComponentType().getName());
            out.writeInt(arrays.length);
            for (Object array : arrays) {
                write(array);
            }
        } else {
            throw new NotData(value.getClass());
        }
    }

    private void numbers(int bytesEach, int count, Consumer<ByteBuffer> put) throws IOException {
        if (counted != null) {
            counted.bytes += (long) bytesEach * count;
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(bytesEach, count));
        put.accept(buffer);
        out.write(buffer.array());
    }

    private DataOutputStream tag(Tag tag) throws IOException {
        out.writeByte(tag.ordinal());
        return out;
    }

    private void text(String text) throws IOException {
        byte[] utf = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf.length);
        out.write(utf);
    }
}
