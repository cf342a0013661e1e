package dev.loupe.explain;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The values of a label in one row, for people: each value with its positions, or where each position points. */
final class LabelText {
    private LabelText() {}

    /** Longer stretches of tokens are shown by their positions alone. */
    private static final int WRITTEN = 6;

    /** @param text what the token at a position is written as */
    static String of(Label label, int row, IntFunction<String> text) {
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
                String places = RowsText.ranges(pos -> values[pos] == value, values.length).stream()
                        .map(range -> range + written(range, text))
                        .collect(Collectors.joining(", "));
                parts.add((value == Label.LEFT_OUT ? "left out " : name(label, value)) + places);
            }
        }
        return String.join("; ", parts);
    }

    private static String written(RowsText.Range range, IntFunction<String> text) {
        return range.to() - range.from() >= WRITTEN
                ? ""
                : " \""
                        + IntStream.rangeClosed(range.from(), range.to())
                                .mapToObj(text)
                                .collect(Collectors.joining("|"))
                        + "\"";
    }

    private static String name(Label label, int value) {
        return label.kind() == Label.Kind.BOOLEAN ? "" : label.names().get(value) + " at ";
    }
}
