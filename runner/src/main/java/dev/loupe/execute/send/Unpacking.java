package dev.loupe.execute.send;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Data from the bytes that {@link Packing} wrote. Nothing but records and enums of this program is made. */
public final class Unpacking {
    private static final String OURS = "dev.loupe.";

    /** How each record is made. */
    private static final ClassValue<Constructor<?>> CANONICAL = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            Class<?>[] components = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            try {
                Constructor<?> made = type.getDeclaredConstructor(components);
                made.setAccessible(true);
                return made;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("every record has a canonical constructor", e);
            }
        }
    };

    private final ByteBuffer in;
    private final UnaryOperator<Path> here;
    private final List<Object> read = new ArrayList<>();

    private Unpacking(byte[] bytes, UnaryOperator<Path> here) {
        this.in = ByteBuffer.wrap(bytes);
        this.here = here;
    }

    /** With paths as they were written. */
    public static @Nullable Object of(byte[] bytes) {
        return of(bytes, UnaryOperator.identity());
    }

    /** @param here what a path of the machine that wrote is on this one */
    public static @Nullable Object of(byte[] bytes, UnaryOperator<Path> here) {
        return new Unpacking(bytes, here).value();
    }

    private @Nullable Object value() {
        Tag tag = Tag.of(in.get());
        Object value = switch (tag) {
            case NULL -> null;
            case AGAIN -> read.get(in.getInt());
            case RECORD -> record();
            case ENUM -> word();
            case LIST -> Collections.unmodifiableList(items());
            case SET -> set();
            case MAP -> map();
            case TEXT -> text();
            case PATH -> here.apply(Path.of(text()));
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case FLOAT -> in.getFloat();
            case DOUBLE -> Double.longBitsToDouble(in.getLong());
            case BOOLEAN -> in.get() != 0;
            default -> array(tag);
        };
        if (value != null && tag != Tag.AGAIN && Packing.remembered(value)) {
            read.add(value);
        }
        return value;
    }

    private Object record() {
        Class<?> type = ours(String.valueOf(value()));
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type + " is not a record");
        }
        @Nullable Object[] components = new @Nullable Object[type.getRecordComponents().length];
        for (int i = 0; i < components.length; i++) {
            components[i] = value();
        }
        try {
            return CANONICAL.get(type).newInstance(components);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " refuses what was sent: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static Class<?> ours(String name) {
        if (!name.startsWith(OURS)) {
            throw new IllegalArgumentException(name + " is not a class of this program");
        }
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this version of the program has no " + name, e);
        }
    }

    private Object word() {
        Class<?> type = ours(String.valueOf(value()));
        String name = String.valueOf(value());
        return Arrays.stream(type.getEnumConstants())
                .filter(word -> ((Enum<?>) word).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no " + name));
    }

    private List<@Nullable Object> items() {
        int size = in.getInt();
        List<@Nullable Object> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(value());
        }
        return items;
    }

    private Set<@Nullable Object> set() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(items()));
    }

    private Map<@Nullable Object, @Nullable Object> map() {
        int size = in.getInt();
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = value();
            map.put(key, value());
        }
        return Collections.unmodifiableMap(map);
    }

    private Object array(Tag tag) {
        if (tag == Tag.ARRAYS) {
            return arrays();
        }
        int length = in.getInt();
        switch (tag) {
            case BYTES -> {
                byte[] raw = new byte[length];
                in.get(raw);
                return raw;
            }
            case INTS -> {
                int[] ints = new int[length];
                in.asIntBuffer().get(ints);
                return past(Integer.BYTES * length, ints);
            }
            case LONGS -> {
                long[] longs = new long[length];
                in.asLongBuffer().get(longs);
                return past(Long.BYTES * length, longs);
            }
            case FLOATS -> {
                float[] floats = new float[length];
                in.asFloatBuffer().get(floats);
                return past(Float.BYTES * length, floats);
            }
            case DOUBLES -> {
                double[] doubles = new double[length];
                in.asDoubleBuffer().get(doubles);
                return past(Double.BYTES * length, doubles);
            }
            default -> {
                boolean[] flags = new boolean[length];
                for (int i = 0; i < length; i++) {
                    flags[i] = in.get() != 0;
                }
                return flags;
            }
        }
    }

    private Object past(int bytes, Object read) {
        in.position(in.position() + bytes);
        return read;
    }

    private Object arrays() {
        String name = text();
        if (!name.matches("\\[+[IJFDZ]")) {
            throw new IllegalArgumentException(name + " is not an array of numbers");
        }
        try {
            Object[] arrays = (Object[]) java.lang.reflect.Array.newInstance(Class.forName(name), in.getInt());
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = value();
            }
            return arrays;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text() {
        byte[] utf = new byte[in.getInt()];
        in.get(utf);
        return new String(utf, StandardCharsets.UTF_8);
    }
}
