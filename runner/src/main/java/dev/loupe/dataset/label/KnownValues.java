package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a label that its data name, in the order in which they are met, and the sets of them that lie on one place. */
final class KnownValues {
    private final Map<String, Integer> values = new LinkedHashMap<>();
    private final Map<Set<String>, Integer> sets = new LinkedHashMap<>();

    /** @param first values that come first, in this order, whether they are met or not */
    KnownValues(List<String> first) {
        first.forEach(this::of);
    }

    /** The number of a value. */
    int of(String value) {
        return values.computeIfAbsent(value, unused -> values.size());
    }

    /** What a token has as its value: of what nobody says and of what has no value the numbers that say so. */
    int number(@Nullable String value) {
        return value == null ? Label.LEFT_OUT : value.isEmpty() ? Label.NONE : of(value);
    }

    List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** The number of a set of values. */
    int of(Set<String> together) {
        together.forEach(this::of);
        return sets.computeIfAbsent(new LinkedHashSet<>(together), unused -> sets.size());
    }

    /** The sets that have a value, by their numbers [set]. */
    boolean[] having(String value) {
        List<Set<String>> all = new ArrayList<>(sets.keySet());
        boolean[] having = new boolean[all.size()];
        for (int i = 0; i < having.length; i++) {
            having[i] = all.get(i).contains(value);
        }
        return having;
    }
}
