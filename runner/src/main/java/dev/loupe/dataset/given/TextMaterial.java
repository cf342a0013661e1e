package dev.loupe.dataset.given;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.tensors.Sha256;
import org.jspecify.annotations.Nullable;

/** The rows of a text that a card names, read when they are first asked for. Not for several threads. */
public final class TextMaterial {
    private final Text text;
    private final Sources sources;
    private final String tokenizer;
    private @Nullable TokenRows rows;
    private @Nullable String hash;

    /**
     * @param sources where the text lies, and the tokenizer
     * @param tokenizer a hash of the tokenizer
     */
    public TextMaterial(Text text, Sources sources, String tokenizer) {
        this.text = text;
        this.sources = sources;
        this.tokenizer = tokenizer;
    }

    /** The same of another part of the text. */
    TextMaterial of(Text other) {
        return new TextMaterial(other, sources, tokenizer);
    }

    /** @throws DatasetException where the text cannot be read, or where it has no row */
    TokenRows rows() {
        TokenRows read = rows;
        if (read == null) {
            read = text.read(sources);
            if (read.rows() == 0) {
                throw new DatasetException(text.option(), "the text has no document of `window` tokens to train on");
            }
            rows = read;
        }
        return read;
    }

    /** SHA-256 of the tokenizer and of every document: what the weights of a training depend on besides the card. */
    @Override
    public String toString() {
        String known = hash;
        if (known == null) {
            known = Sha256.of(tokenizer + "\n" + String.join("\u0000", text.documents(sources)));
            hash = known;
        }
        return known;
    }
}
