package dev.loupe.dataset.language;

import java.util.List;

/**
 * Token ids of the planted language by what they are, for models that are set by hand to read its rows.
 *
 * @param size how many ids the language has
 * @param stems first pieces of split words
 * @param endings last pieces
 * @param whole the same words as one token [stem][ending]
 * @param pairs first, second and third token of trigrams, in the order of the values of the label {@code trigram-pair}
 * @param registerB the log-odds of register b against a, by token [size]: of the words between constructs by how often each
 *     comes, 0 for all others
 */
public record Lexicon(int size, int[] stems, int[] endings, int[][] whole, List<int[]> pairs, double[] registerB) {
    public Lexicon {
        pairs = List.copyOf(pairs);
    }

    /** That of the whole language. */
    public static Lexicon ofAll() {
        return Grammar.lexicon();
    }
}
