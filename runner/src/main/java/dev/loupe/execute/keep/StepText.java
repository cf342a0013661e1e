package dev.loupe.execute.keep;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A step of a plan as text, with everything that it is made of: two steps have one text only where they are the same work.
 * What people are shown of a step leaves things out, and would take unlike steps for each other.
 */
final class StepText {
    /** How to read the parts of each record: plans have many of few kinds. */
    private static final ClassValue<List<Method>> PARTS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .filter(Method::trySetAccessible)
                    .toList();
        }
    };

    private StepText() {}

    static String of(Object step) {
        StringBuilder out = new StringBuilder();
        write(step, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value instanceof Record record) {
            out.append(record.getClass().getName()).append('{');
            for (Method part : PARTS.get(record.getClass())) {
                write(read(record, part), out);
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            list.forEach(item -> write(item, out));
            out.append(']');
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(of(key), item));
            sorted.forEach((key, item) -> write(item, out.append(key)));
        } else if (value instanceof Set<?> set) {
            out.append(new TreeSet<>(set.stream().map(StepText::of).toList()));
        } else if (value instanceof float[] numbers) {
            text(Arrays.toString(numbers), out);
        } else if (value instanceof Enum<?> word) {
            out.append(word.name()).append(';');
        } else {
            text(value, out);
        }
    }

    /** With its length, so that no text runs into the next. */
    private static void text(@Nullable Object value, StringBuilder out) {
        if (value != null && !saysItself(value.getClass())) {
            throw new IllegalStateException(value.getClass() + " has no text that says what it is");
        }
        String text = String.valueOf(value);
        out.append(text.length()).append(':').append(text);
    }

    private static boolean saysItself(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object read(Record record, Method part) {
        try {
            return part.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(part + " cannot be read", e);
        }
    }
}
