package dev.loupe.dataset.rows;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model's tokenizer, as datasets and reports need it. */
public interface TextEncoder {

    /** The tokens of a text. Nothing is added: no begin of text, whatever the tokenizer's own habit. */
    Encoded encode(String text);

    /** The text of tokens; special tokens are left out where {@code skipSpecials}. */
    String decode(int[] ids, boolean skipSpecials);

    /**
     * One token as it can be shown to a reader: space as {@code ·}, newline as {@code ⏎}, tab as {@code ⇥}, bytes that
     * are no whole character as {@code <0xE6>}, other invisible characters as {@code <U+200B>}. Not escaped for HTML.
     */
    String display(int id);

    /** How many ids it knows: the highest id and one. A model may have more rows than this. */
    int vocabulary();

    /** Ids that are no text: begin of text, end of text, chat markers. */
    Set<Integer> specials();

    /** The id that the tokenizer itself puts before a text, or null where it puts none. */
    @Nullable
    Integer ownBos();

    /**
     * A text in tokens.
     *
     * @param ids [token]
     * @param tokens as the tokenizer's file writes them: {@code Ġworld}, {@code ▁world}, {@code <0x0A>}
     * @param spans where each token lies in the text, in Unicode code points; tokens of one character may share it
     */
    record Encoded(int[] ids, List<String> tokens, List<Span> spans) {}

    /** From {@code start} (included) to {@code end} (excluded), in Unicode code points, not UTF-16 units. */
    record Span(int start, int end) {

        /** The part of a text. {@link String#substring} breaks after an emoji; this does not. */
        public String of(String text) {
            int from = text.offsetByCodePoints(0, start);
            return text.substring(from, text.offsetByCodePoints(from, end - start));
        }
    }
}
