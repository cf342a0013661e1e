package dev.loupe.explain;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The values of a label in one row, for people: each value with its positions, or where each position points. */
final class LabelText {
    private LabelText() {}

    static String of(Label label, int row) {
        int[] values = label.values()[row];
        if (label.kind() == Label.Kind.POINTER) {
            return IntStream.range(0, values.length)
                    .filter(pos -> values[pos] >= 0)
                    .mapToObj(pos -> pos + " to " + values[pos])
                    .collect(Collectors.joining(", "));
        }
        List<String> parts = new ArrayList<>();
        int[] present = Arrays.stream(values).distinct().sorted().toArray();
        for (int value : present) {
            boolean shown = label.kind() == Label.Kind.BOOLEAN ? value == 1 : value >= 0;
            if (shown || value == Label.LEFT_OUT) {
                String places = RowsText.places(pos -> values[pos] == value, values.length);
                parts.add((value == Label.LEFT_OUT ? "left out " : name(label, value)) + places);
            }
        }
        return String.join("; ", parts);
    }

    private static String name(Label label, int value) {
        return label.kind() == Label.Kind.BOOLEAN ? "" : label.names().get(value) + " at ";
    }
}
