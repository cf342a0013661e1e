package dev.loupe.explain;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How many tokens of all rows have each value of a label, and in how many documents, most frequent values first. */
final class LabelCounts {
    private static final int SHOWN = 10;

    private LabelCounts() {}

    /** Empty for a label whose values are positions. */
    static String of(TokenRows rows, Label label) {
        if (label.kind() == Label.Kind.POINTER) {
            return "";
        }
        int values = label.names().size();
        long[] tokens = new long[values];
        List<Set<Integer>> documents = new ArrayList<>();
        IntStream.range(0, values).forEach(v -> documents.add(new HashSet<>()));
        long leftOut = 0;
        for (int row = 0; row < rows.rows(); row++) {
            for (int value : label.values()[row]) {
                if (value >= 0) {
                    tokens[value]++;
                    documents.get(value).add(rows.document(row));
                } else if (value == Label.LEFT_OUT) {
                    leftOut++;
                }
            }
        }
        boolean flag = label.kind() == Label.Kind.BOOLEAN;
        List<Integer> order = IntStream.range(flag ? 1 : 0, values)
                .boxed()
                .sorted(Comparator.comparingLong((Integer v) -> -tokens[v]))
                .toList();
        List<String> parts = new ArrayList<>();
        order.stream()
                .limit(SHOWN)
                .forEach(v -> parts.add((flag ? "" : label.names().get(v) + ": ") + Count.of(tokens[v], "token")
                        + " of " + Count.of(documents.get(v).size(), "document")));
        if (order.size() > SHOWN) {
            parts.add(Count.of(order.size() - SHOWN, "more value"));
        }
        if (leftOut > 0) {
            parts.add(Count.of(leftOut, "token") + " left out");
        }
        return String.join("; ", parts);
    }
}
