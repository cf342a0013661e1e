package dev.loupe.dataset.rows;

import java.util.Set;

/**
 * What a draw of rows depends on besides a generator's own options. Equal draws give equal rows, on every machine.
 *
 * @param vocabulary how many token ids the model reads
 * @param rows how many rows
 * @param seed the seed of this draw; a trainer derives one per step
 * @param specials ids that are no ordinary tokens (begin of text, chat markers): never drawn as random tokens
 */
public record Draw(int vocabulary, int rows, long seed, Set<Integer> specials) {

    public Draw {
        if (vocabulary < 1) {
            throw new IllegalArgumentException("a vocabulary has at least one token, not " + vocabulary);
        }
        if (rows < 0) {
            throw new IllegalArgumentException("a draw of " + rows + " rows");
        }
        specials = Set.copyOf(specials);
    }

    /** A draw for a model without special tokens. */
    public Draw(int vocabulary, int rows, long seed) {
        this(vocabulary, rows, seed, Set.of());
    }
}
