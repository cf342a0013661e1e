package dev.loupe.dataset.rows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words that are one token of a tokenizer with the space before them. */
public final class SingleTokens {

    private static final List<String> COMMON = List.of(
            "Mary", "John", "Tom", "James", "Dan", "Sarah", "Paul", "Anna", "Peter", "Alice", "Robert", "Laura",
            "David", "Emma", "Mark", "Kate", "Michael", "Susan", "George", "Lisa", "Adam", "Helen", "Simon", "Jane",
            "Steven", "Rachel", "Martin", "Julia", "Andrew", "Maria", "Richard", "Emily", "Thomas", "Ruth", "Kevin",
            "Amy", "Eric", "Rose", "Brian", "Jack");

    private SingleTokens() {}

    /**
     * The names to use.
     *
     * @param wanted names that must all be usable, or null for the common ones that are
     * @throws DatasetException where a wanted name is not one token, or fewer than five names are
     */
    public static List<String> names(TextEncoder encoder, @Nullable List<String> wanted) {
        return words(encoder, "names", wanted, COMMON, 5);
    }

    /**
     * The words to use.
     *
     * @param option the option that names them
     * @param wanted words that must all be usable, or null for those of {@code common} that are
     * @param least how many there must be
     * @throws DatasetException where a wanted word is not one token, or there are too few
     */
    public static List<String> words(
            TextEncoder encoder, String option, @Nullable List<String> wanted, List<String> common, int least) {
        List<String> usable = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String word : wanted == null ? common : wanted) {
            (isOne(encoder, word) ? usable : refused).add(word);
        }
        if (wanted != null && !refused.isEmpty()) {
            throw new DatasetException(
                    option, "not one token of this model with a space before: " + String.join(", ", refused));
        }
        if (usable.size() < least) {
            throw new DatasetException(
                    option,
                    wanted == null
                            ? "only " + usable.size() + " of " + common.size() + " common " + option
                                    + " are one token of this model; prompts need at least " + least
                            : usable.size() + " given; prompts need at least " + least);
        }
        return usable;
    }

    private static boolean isOne(TextEncoder encoder, String name) {
        return Continuation.isOne(encoder, "x", " " + name);
    }
}
