package dev.loupe.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A named axis of a result: its name in the field's words ({@code layer}, {@code head}, {@code pos}, {@code seed}) and
 * one label for each index. Axes combine by name, never by index.
 */
public record Axis(String name, List<String> labels) {
    public Axis {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an axis needs a name");
        }
        labels = List.copyOf(labels);
    }

    /** An axis of {@code size} indices labelled 0, 1, 2, ... */
    public static Axis counted(String name, int size) {
        List<String> labels = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            labels.add(Integer.toString(i));
        }
        return new Axis(name, labels);
    }

    /** An axis `rank` of {@code size} indices labelled 1, 2, 3, ..., the best first. */
    public static Axis ranks(int size) {
        return new Axis(
                "rank",
                IntStream.rangeClosed(1, size).mapToObj(Integer::toString).toList());
    }

    public int size() {
        return labels.size();
    }
}
