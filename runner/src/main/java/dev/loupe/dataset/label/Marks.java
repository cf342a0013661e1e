package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Label;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The marks on the characters of one document, by label. */
public final class Marks {
    private final String text;
    private final List<GoldSpan> gold;
    private final Map<String, LabelKind> kinds = new LinkedHashMap<>();
    private final Map<String, int[]> values = new LinkedHashMap<>();

    /**
     * @param text the document
     * @param gold what its file says of it
     * @param kinds every label
     */
    public Marks(String text, List<GoldSpan> gold, List<LabelKind> kinds) {
        this.text = text;
        this.gold = gold;
        for (LabelKind kind : kinds) {
            int[] each = new int[text.length()];
            Arrays.fill(each, kind.unmarked());
            this.kinds.put(kind.name(), kind);
            values.put(kind.name(), each);
        }
    }

    public String text() {
        return text;
    }

    public List<GoldSpan> gold() {
        return gold;
    }

    /** What one column of the file says. */
    public List<GoldSpan> gold(String column) {
        return gold.stream().filter(span -> span.column().equals(column)).toList();
    }

    /** Marks a span, in UTF-16 units, as something. */
    public void flag(String label, int start, int end) {
        value(label, start, end, 1);
    }

    /** Marks a span with a value of a label; characters that have another already are left out. */
    public void value(String label, int start, int end, int value) {
        int[] each = Objects.requireNonNull(values.get(label), label);
        int unmarked = Objects.requireNonNull(kinds.get(label)).unmarked();
        for (int i = start; i < end; i++) {
            each[i] = each[i] == unmarked || each[i] == value ? value : Label.LEFT_OUT;
        }
    }

    /**
     * Marks a word: its last character has the value, and those before it neither have nor lack one, so that of the tokens of
     * a word the last alone counts.
     */
    public void word(String label, int start, int end, int value) {
        int last = text.offsetByCodePoints(end, -1);
        value(label, start, last, Label.LEFT_OUT);
        value(label, last, end, value);
    }

    /** The value of each character in UTF-16 units; both halves of a character beyond them have one value. */
    int[] of(LabelKind kind) {
        return Objects.requireNonNull(values.get(kind.name()));
    }
}
