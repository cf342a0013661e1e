package dev.loupe.explain;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Rows of a dataset for people: tokens, the corrupted counterpart, named positions, answers, classes, labels. */
public final class RowsText {
    /** Of a set of ids so many are written. */
    private static final int IDS = 6;

    private RowsText() {}

    /**
     * @param corrupted the counterparts of {@code clean}, null where it has none
     * @param beginning what stands before every row, in words
     * @param most so many rows, the first ones
     */
    public static String render(RowSet clean, @Nullable RowSet corrupted, String model, String beginning, int most) {
        TokenRows rows = clean.rows();
        int shortest =
                Arrays.stream(rows.tokens()).mapToInt(r -> r.length).min().orElse(0);
        int longest = Arrays.stream(rows.tokens()).mapToInt(r -> r.length).max().orElse(0);
        StringBuilder out = new StringBuilder(VisibleText.line(clean.ref().name()))
                .append(" for ")
                .append(VisibleText.line(model))
                .append(": ")
                .append(Count.of(rows.rows(), "row"))
                .append(" of ")
                .append(shortest == longest ? "" : shortest + " to ")
                .append(Count.of(longest, "token"))
                .append(", ")
                .append(VisibleText.line(beginning))
                .append('\n');
        rows.notes()
                .forEach(note -> out.append("  ").append(VisibleText.line(note)).append('\n'));
        new TreeMap<>(rows.labels())
                .forEach((name, label) ->
                        line(out, "  ", "label " + name + " in all rows", LabelCounts.of(rows, label)));
        for (int row = 0; row < Math.min(most, rows.rows()); row++) {
            row(out, clean, corrupted, row);
        }
        if (rows.rows() > most) {
            out.append("  and ").append(rows.rows() - most).append(" more\n");
        }
        return out.toString();
    }

    private static void row(StringBuilder out, RowSet clean, @Nullable RowSet corrupted, int row) {
        TokenRows rows = clean.rows();
        int[] tokens = rows.tokens()[row];
        String number = "  " + row + "  ";
        String indent = " ".repeat(number.length());
        out.append(number)
                .append(VisibleText.line(joined(tokens, clean.text(), "|")))
                .append('\n');
        int @Nullable [] other = corrupted == null ? null : corrupted.rows().tokens()[row];
        if (other != null) {
            out.append(indent)
                    .append(VisibleText.line(joined(other, clean.text(), "|")))
                    .append('\n');
            List<Integer> unlike = new ArrayList<>();
            for (int i = 0; i < tokens.length; i++) {
                if (tokens[i] != other[i]) {
                    unlike.add(i);
                }
            }
            String places = unlike.toString().replaceAll("[\\[\\]]", "");
            out.append(indent)
                    .append(places.isEmpty() ? "the counterpart is equal" : "differ at " + places)
                    .append('\n');
        }
        List<String> marks = new ArrayList<>();
        new TreeMap<>(rows.positions())
                .entrySet().stream()
                        .sorted((a, b) -> Integer.compare(a.getValue()[row], b.getValue()[row]))
                        .forEach(e -> marks.add(e.getKey() + " " + e.getValue()[row] + " "
                                + clean.text().apply(tokens[e.getValue()[row]])));
        line(out, indent, "positions", String.join(", ", marks));
        Map<String, String> ids = new TreeMap<>();
        rows.columns().forEach((name, column) -> ids.put(name, clean.text().apply(column[row])));
        rows.sets().forEach((name, set) -> ids.put(name, some(set[row], clean.text())));
        ids.forEach((name, text) -> line(out, indent, name, text));
        new TreeMap<>(rows.classes())
                .forEach((name, mask) -> line(out, indent, "class " + name, places(p -> mask[row][p], tokens.length)));
        new TreeMap<>(rows.labels())
                .forEach((name, label) -> line(
                        out,
                        indent,
                        "label " + name + (label.looksAhead() ? " (decided by later text)" : ""),
                        LabelText.of(label, row, pos -> clean.text().apply(tokens[pos]))));
        if (rows.documents().length > 0) {
            line(out, indent, "document", Integer.toString(rows.document(row)));
        }
    }

    private static void line(StringBuilder out, String indent, String name, String text) {
        if (!text.isEmpty()) {
            out.append(indent).append(VisibleText.line(name + ": " + text)).append('\n');
        }
    }

    private static String joined(int[] ids, IntFunction<String> text, String between) {
        return String.join(between, Arrays.stream(ids).mapToObj(text).toList());
    }

    private static String some(int[] ids, IntFunction<String> text) {
        String first = joined(Arrays.copyOf(ids, Math.min(IDS, ids.length)), text, ", ");
        return ids.length <= IDS ? first : first + ", and " + (ids.length - IDS) + " more";
    }

    /** Positions that follow each other, written {@code 3} or {@code 7-9}. */
    record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + "-" + to;
        }
    }

    /** Positions as ranges: {@code 3, 7-9}. */
    static String places(IntPredicate belongs, int length) {
        return String.join(
                ", ", ranges(belongs, length).stream().map(Range::toString).toList());
    }

    static List<Range> ranges(IntPredicate belongs, int length) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (!belongs.test(i)) {
                continue;
            }
            int from = i;
            while (i + 1 < length && belongs.test(i + 1)) {
                i++;
            }
            ranges.add(new Range(from, i));
        }
        return ranges;
    }
}
