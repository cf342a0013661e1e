package dev.loupe.dataset.label;

import org.jspecify.annotations.Nullable;

/**
 * What a file says of a part of its own text.
 *
 * @param start first character, in UTF-16 units of the document
 * @param end the one after the last
 * @param column which column says it
 * @param value what it says; null where nobody knows, so that the part neither has a value nor lacks one
 */
public record GoldSpan(
        int start, int end, String column, @Nullable String value) {
    /**
     * The part of it that lies in a piece of the document, in units of the piece.
     *
     * @return null where none of it does
     */
    public @Nullable GoldSpan within(int from, int to) {
        int first = Math.max(start, from);
        int last = Math.min(end, to);
        return first < last ? new GoldSpan(first - from, last - from, column, value) : null;
    }
}
