package dev.loupe.schema.shape;

import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.SnakeKeys;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Options of a record, where those of records that stand {@link Inline} in it come in their place. */
final class InlineRecords {
    private InlineRecords() {}

    /** The options by key, in their order. */
    static Map<String, RecordPart> parts(Class<?> record, YamlCodecs shapes) {
        Map<String, RecordPart> found = new LinkedHashMap<>();
        gather(record, List.of(), shapes, found);
        return found;
    }

    /** @param outer the accessors that lead to the record */
    private static void gather(Class<?> record, List<Method> outer, YamlCodecs shapes, Map<String, RecordPart> found) {
        boolean snake = record.isAnnotationPresent(SnakeKeys.class);
        for (RecordComponent component : record.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            List<Method> way =
                    Stream.concat(outer.stream(), Stream.of(accessor)).toList();
            if (inline(component)) {
                gather(component.getType(), way, shapes, found);
                continue;
            }
            RecordPart part = RecordPart.of(component, way, snake, shapes);
            if (found.put(part.key(), part) != null) {
                throw new IllegalStateException("two components of " + record.getName() + " are " + part.key());
            }
        }
    }

    private static boolean inline(RecordComponent component) {
        return component.isAnnotationPresent(Inline.class)
                && component.getType().isRecord();
    }

    /** Makes the record, and first those that stand inline in it; each takes the arguments of its own options. */
    static Object make(Class<?> record, Iterator<@Nullable Object> arguments) throws ReflectiveOperationException {
        List<Class<?>> types = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            types.add(component.getType());
            values.add(inline(component) ? make(component.getType(), arguments) : arguments.next());
        }
        Constructor<?> constructor = record.getDeclaredConstructor(types.toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values.toArray());
    }
}
