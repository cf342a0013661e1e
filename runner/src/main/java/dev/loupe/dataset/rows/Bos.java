package dev.loupe.dataset.rows;

import dev.loupe.schema.annotation.Doc;
import org.jspecify.annotations.Nullable;

/**
 * What stands before each text: {@code policy} (what the model's card or tokenizer says), {@code none}, or an id.
 *
 * @param policy the model decides
 * @param id the id, or null for none or where the model decides
 */
@Doc("The BOS token before each text: `policy` (as the model's card or tokenizer specifies), `none`, or a token id.")
public record Bos(boolean policy, @Nullable Integer id) {

    /** Reads one of the three forms. */
    public static Bos parse(String text) {
        if (text.equals("policy")) {
            return new Bos(true, null);
        }
        if (text.equals("none")) {
            return new Bos(false, null);
        }
        try {
            return new Bos(false, Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not `policy`, `none` or a token id", e);
        }
    }

    /** The id for a model, or null for none. */
    @Nullable
    public Integer of(Sources sources) {
        return policy ? sources.bos() : id;
    }

    @Override
    public String toString() {
        return policy ? "policy" : id == null ? "none" : Integer.toString(id);
    }
}
