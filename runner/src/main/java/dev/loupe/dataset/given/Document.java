package dev.loupe.dataset.given;

import dev.loupe.dataset.label.GoldSpan;
import java.util.List;
import java.util.Objects;

/**
 * One document.
 *
 * @param register the index of its register, -1 where there are none
 * @param gold what its file says of parts of it
 */
record Document(String text, int register, List<GoldSpan> gold) {
    /**
     * A part of it, with what its file says of that part.
     *
     * @param from where it begins, in UTF-16 units
     * @param part its text
     */
    Document part(int from, String part) {
        List<GoldSpan> kept = gold.stream()
                .map(span -> span.within(from, from + part.length()))
                .filter(Objects::nonNull)
                .toList();
        return new Document(part, register, kept);
    }
}
