package dev.loupe.resolve.rows;

import dev.loupe.schema.DataFile;
import dev.loupe.schema.DataFiles;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files that a spec names, wherever in it an option of that type stands. */
public final class NamedFiles {
    private NamedFiles() {}

    /**
     * What a function says of each file, by the file's name.
     *
     * @param matching the files of a pattern
     */
    public static Map<String, String> of(
            Record spec, Function<DataFiles, List<DataFile>> matching, Function<DataFile, String> what) {
        Set<String> names = new TreeSet<>();
        collect(spec, matching, names);
        Map<String, String> found = new TreeMap<>();
        names.forEach(name -> found.put(name, what.apply(new DataFile(name))));
        return found;
    }

    private static void collect(Object value, Function<DataFiles, List<DataFile>> matching, Set<String> names) {
        if (value instanceof DataFile file) {
            names.add(file.name());
        } else if (value instanceof DataFiles pattern) {
            matching.apply(pattern).forEach(file -> names.add(file.name()));
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object part = part(record, component);
                if (part != null) {
                    collect(part, matching, names);
                }
            }
        } else if (value instanceof Iterable<?> list) {
            list.forEach(item -> collect(item, matching, names));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> collect(item, matching, names));
        }
    }

    private static @Nullable Object part(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
