package dev.loupe.resolve;

import dev.loupe.dataset.rows.Continuation;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.resolve.rows.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Words of a spec as single tokens of a model. A tokenizer may read a word otherwise after a prompt that ends inside a token, so
 * where a word follows one position of each row it is read there.
 *
 * @param outputs ids that the model predicts
 */
record WordTokens(TextEncoder encoder, int outputs) {
    /** After one of these a word begins that has no space of its own. */
    private static final List<String> BEFORE = List.of("x", "_", "\n", ".", "1");

    List<Integer> ids(List<String> words) {
        List<Integer> ids = new ArrayList<>();
        for (String word : words) {
            int id = alone(word);
            if (id >= outputs) {
                throw new IllegalArgumentException(
                        "the model does not predict the token of \"" + word + "\", whose id is " + id);
            }
            if (ids.contains(id)) {
                throw new IllegalArgumentException("\"" + word + "\" and \"" + words.get(ids.indexOf(id))
                        + "\" are the same token (id " + id + "): name it once");
            }
            ids.add(id);
        }
        return ids;
    }

    private int alone(String word) {
        for (String before : BEFORE) {
            if (Continuation.isOne(encoder, before, word)) {
                int[] ids = encoder.encode(before + word).ids();
                return ids[ids.length - 1];
            }
        }
        String tokens = Arrays.stream(encoder.encode(word).ids())
                .mapToObj(encoder::display)
                .collect(Collectors.joining("|"));
        throw new IllegalArgumentException("\"" + word + "\" is not one token of this model but " + tokens
                + ": name a word that is one token, with its leading space"
                + (word.startsWith(" ") ? "" : "; \" " + word + "\" is another token than \"" + word + "\""));
    }

    /**
     * Checks that words are these ids after a named position of every row that is text; a class of positions is not checked.
     *
     * @throws IllegalArgumentException where the prompt and the word are read as other tokens
     */
    void checkAfter(RowSet set, String at, List<String> words, List<Integer> ids) {
        TokenRows rows = set.rows();
        int[] positions = rows.positions().get(at);
        for (int row = 0; positions != null && row < rows.rows(); row++) {
            int[] before = body(rows.tokens()[row], positions[row]);
            String text = encoder.decode(before, false);
            if (!Arrays.equals(encoder.encode(text).ids(), before)) {
                // Drawn ids are no text, and no word continues them.
                continue;
            }
            Continuation prompt = new Continuation(encoder, text);
            for (int w = 0; w < words.size(); w++) {
                int there = id(
                        prompt,
                        words.get(w),
                        "row " + row + " of dataset `" + set.ref().name() + "`:");
                if (there != ids.get(w)) {
                    throw new IllegalArgumentException("\"" + words.get(w) + "\" is the token " + ids.get(w)
                            + " by itself, but " + there + " after row " + row + " of dataset `"
                            + set.ref().name() + "`: name it by its id, `{ids: [" + there + "]}`");
                }
            }
        }
    }

    private static int id(Continuation prompt, String word, String place) {
        try {
            return prompt.id(word, "answer", place);
        } catch (DatasetException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A row up to a position, without a token before the text. */
    private int[] body(int[] tokens, int to) {
        int from = 0;
        while (from <= to && encoder.specials().contains(tokens[from])) {
            from++;
        }
        return Arrays.copyOfRange(tokens, from, to + 1);
    }
}
