package dev.loupe.resolve.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which order the models of a spec are looked up: that of the spec, but what a model is made from comes before it, wherever it
 * is written.
 */
public final class ModelOrder {
    private final Map<String, Set<String>> madeFrom;

    /** @param madeFrom for each model of the spec, in its order, the models that it names */
    public ModelOrder(Map<String, Set<String>> madeFrom) {
        this.madeFrom = madeFrom;
    }

    /** All models; of those that are made from one another in a circle, the order says nothing. */
    public List<String> names() {
        Set<String> out = new LinkedHashSet<>();
        madeFrom.keySet().forEach(name -> visit(name, new HashSet<>(), out));
        return List.copyOf(out);
    }

    private void visit(String name, Set<String> way, Set<String> out) {
        if (madeFrom.containsKey(name) && !out.contains(name) && way.add(name)) {
            named(name).forEach(other -> visit(other, way, out));
            out.add(name);
        }
    }

    /** Whether a model needs itself, by way of others or alone. */
    public boolean isCircular(String name) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(named(name));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(name)) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(named(next));
            }
        }
        return false;
    }

    private Set<String> named(String name) {
        return madeFrom.getOrDefault(name, Set.of());
    }
}
