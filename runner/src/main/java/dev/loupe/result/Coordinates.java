package dev.loupe.result;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where one model stands in its family: its label on each of the family's axes, in their order. A model that stands alone
 * has none.
 *
 * @param labels by axis
 */
public record Coordinates(Map<String, String> labels) {
    /** Of a model without a family. */
    public static final Coordinates NONE = new Coordinates(Map.of());

    public Coordinates {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Of a model on one axis. */
    public static Coordinates of(String axis, String label) {
        return new Coordinates(Map.of(axis, label));
    }

    /** These, and one axis more behind them. */
    public Coordinates and(String axis, String label) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(axis, label);
        return new Coordinates(all);
    }

    /** These, and others behind them. */
    public Coordinates and(Coordinates others) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.putAll(others.labels);
        return new Coordinates(all);
    }

    /** Those on all axes but the named ones. */
    public Coordinates without(Collection<String> axes) {
        Map<String, String> left = new LinkedHashMap<>(labels);
        left.keySet().removeAll(axes);
        return new Coordinates(left);
    }

    /** Whether these have the same labels as the others on every axis that the others have. */
    public boolean isAt(Coordinates others) {
        return labels.entrySet().containsAll(others.labels.entrySet());
    }

    /** Every combination of labels, the last axis fastest. */
    public static List<Coordinates> all(List<Axis> axes) {
        List<Coordinates> all = List.of(NONE);
        for (Axis axis : axes) {
            all = all.stream()
                    .flatMap(at -> axis.labels().stream().map(label -> at.and(axis.name(), label)))
                    .toList();
        }
        return all;
    }

    /** In words: {@code seed 0, checkpoint 100}; empty for a model without a family. */
    @Override
    public String toString() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + " " + label.getValue())
                .collect(Collectors.joining(", "));
    }
}
