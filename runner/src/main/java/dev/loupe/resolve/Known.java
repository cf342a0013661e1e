package dev.loupe.resolve;

import dev.loupe.schema.Bound;
import dev.loupe.schema.shape.Declared;
import dev.loupe.schema.shape.Reference;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.Measurement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much is known of the named parts of a spec that may have problems, and which part uses which. A part is written as its
 * section and name, {@code measure.damage}.
 */
public final class Known {
    private final Map<String, Set<String>> uses = new LinkedHashMap<>();
    private final Set<String> absent = new LinkedHashSet<>();
    private final Set<String> unsure = new LinkedHashSet<>();
    private final Set<String> claimed = new LinkedHashSet<>();

    private Known() {}

    static Known of(Bound<ExperimentSpec> bound, Map<String, Measurement> measure) {
        Known known = new Known();
        Declared declared = bound.origin().declared();
        declared.sections()
                .forEach((section, names) -> names.forEach(name -> {
                    String part = section + "." + name;
                    Set<String> used = new LinkedHashSet<>();
                    bound.origin().references().stream()
                            .filter(reference -> reference.isIn(part))
                            .forEach(reference -> used.add(part(reference)));
                    known.uses.put(part, used);
                    if (bound.part(part) == null) {
                        known.absent.add(part);
                    }
                    if (bound.origin().unsure().contains(part)) {
                        known.unsure.add(part);
                    }
                }));
        bound.origin().references().stream()
                .filter(reference -> reference.isIn("claims"))
                .forEach(reference -> known.claimed.add(part(reference)));
        measure.forEach((name, measurement) -> {
            Set<String> used = known.uses.computeIfAbsent("measure." + name, part -> new LinkedHashSet<>());
            measurement.model().forEach(model -> used.add("model." + first(declared, "model", model)));
            if (measurement.readsRows()) {
                used.add("dataset." + first(declared, "dataset", measurement.dataset()));
            }
            if (!declared.in("measure").contains(name)) {
                declared.in("metric").forEach(metric -> used.add("metric." + metric));
                declared.in("intervention").stream().limit(1).forEach(edit -> used.add("intervention." + edit));
            }
        });
        return known;
    }

    private static String part(Reference reference) {
        return reference.section() + "." + reference.name();
    }

    private static String first(Declared declared, String section, String reference) {
        String name = declared.named(section, reference);
        return name == null ? reference : name;
    }

    /** Every part that a measurement or a claim uses, measurements among them. */
    Set<String> used() {
        Set<String> all = new LinkedHashSet<>();
        Stream.concat(uses.keySet().stream().filter(part -> part.startsWith("measure.")), claimed.stream())
                .forEach(part -> all.addAll(with(part)));
        return all;
    }

    /** What a part names itself. */
    Set<String> direct(String part) {
        return uses.getOrDefault(part, Set.of());
    }

    /** Notes that a part is not there: what uses it cannot be planned. */
    void lacks(String part) {
        absent.add(part);
    }

    /** Whether a part is known not to be there. */
    boolean isAbsent(String part) {
        return absent.contains(part);
    }

    /** Notes that something else stands in for a part: problems with what uses it may be of the other's making. */
    void doubts(String part) {
        unsure.add(part);
    }

    /** Whether a measurement and all that it uses are there. */
    boolean plannable(String measurement) {
        return with("measure." + measurement).stream()
                .allMatch(part -> uses.containsKey(part) && !absent.contains(part));
    }

    /** Whether a part and all that it uses have no problem. */
    boolean sure(String part) {
        return with(part).stream().noneMatch(unsure::contains);
    }

    /** A part and all that it uses, itself first, then what it names itself. */
    List<String> with(String part) {
        Set<String> found = new LinkedHashSet<>(Set.of(part));
        Deque<String> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (String used : uses.getOrDefault(open.remove(), Set.of())) {
                if (found.add(used)) {
                    open.add(used);
                }
            }
        }
        return List.copyOf(found);
    }
}
