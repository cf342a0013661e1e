package dev.loupe.model.identity;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One text for equal option records, whatever way they were written: sorted keys, numbers in one spelling, and nothing
 * that has its default. So an option added later, whose default is the old behaviour, leaves every text as it was; in
 * return the meaning of a default can never change.
 */
final class CanonicalText {
    private CanonicalText() {}

    /** The text of a record, enum, number, text, list or map. */
    static String of(Object value) {
        if (value instanceof Record record) {
            return ofRecord(record);
        }
        if (value instanceof Double || value instanceof Float) {
            return number(value.toString());
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Enum<?> word) {
            return quoted(word(word));
        }
        if (value instanceof List<?> list) {
            StringJoiner items = new StringJoiner(",", "[", "]");
            list.forEach(item -> items.add(of(item)));
            return items.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> entries = new TreeMap<>();
            map.forEach((key, item) -> entries.put(String.valueOf(key), of(item)));
            return braces(entries);
        }
        return quoted(value.toString());
    }

    private static String ofRecord(Record record) {
        if (parses(record.getClass())) {
            return quoted(record.toString());
        }
        Map<String, String> entries = new TreeMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(component, record);
            if (value != null) {
                String text = of(value);
                Default omitted = component.getAnnotation(Default.class);
                if (omitted == null || !isDefault(value, text, omitted.value())) {
                    entries.put(component.getName(), text);
                }
            }
        }
        Named named = record.getClass().getAnnotation(Named.class);
        if (named != null) {
            entries.put("is", quoted(named.value()));
        }
        return braces(entries);
    }

    private static boolean isDefault(Object value, String text, String written) {
        if (value instanceof Number) {
            try {
                return number(text).equals(number(written));
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return text.equals(written) || text.equals(quoted(written)) || text.equals("{\"is\":" + quoted(written) + "}");
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Types that the binder reads from one scalar write themselves by toString. */
    private static boolean parses(Class<?> type) {
        try {
            return type.getDeclaredMethod("parse", String.class).getReturnType() == type;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static String word(Enum<?> constant) {
        try {
            Key key = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Key.class);
            return key != null
                    ? key.value()
                    : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        return number.signum() == 0 ? "0" : number.toString();
    }

    private static String braces(Map<String, String> entries) {
        StringJoiner joined = new StringJoiner(",", "{", "}");
        entries.forEach((key, text) -> joined.add(quoted(key) + ":" + text));
        return joined.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
