package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TextEncoder;
import java.util.List;

/**
 * From the characters of a document to its tokens: a token has the value of its last character that is no space, or of its last
 * one where all are spaces. Of several tokens that are pieces of one character only the last has its value; the others are left
 * out where that is a value at all.
 */
public final class Projection {
    private Projection() {}

    /**
     * One value for each token of a document.
     *
     * @param spans of the tokens, in code points of the document
     */
    public static int[] of(LabelKind kind, Marks marks, List<TextEncoder.Span> spans) {
        String text = marks.text();
        int[] values = marks.of(kind);
        int[] units = units(text);
        int[] out = new int[spans.size()];
        for (int t = 0; t < out.length; t++) {
            TextEncoder.Span span = spans.get(t);
            int at = last(text, units, span);
            out[t] = at < 0 ? kind.unmarked() : values[at];
            TextEncoder.Span next = t + 1 < out.length ? spans.get(t + 1) : null;
            boolean piece = next != null && next.end() == span.end() && next.end() > next.start();
            if (piece && out[t] != kind.unmarked()) {
                out[t] = Label.LEFT_OUT;
            }
        }
        return out;
    }

    /** Where each code point begins in UTF-16 units. */
    private static int[] units(String text) {
        int[] units = new int[text.codePointCount(0, text.length())];
        for (int i = 0, unit = 0; i < units.length; i++) {
            units[i] = unit;
            unit += Character.charCount(text.codePointAt(unit));
        }
        return units;
    }

    /** The unit of a token's last character that is no space, else of its last; -1 for a token without any. */
    private static int last(String text, int[] units, TextEncoder.Span span) {
        for (int i = span.end() - 1; i >= span.start(); i--) {
            if (!Character.isWhitespace(text.codePointAt(units[i]))) {
                return units[i];
            }
        }
        return span.end() > span.start() ? units[span.end() - 1] : -1;
    }
}
