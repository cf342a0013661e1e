package dev.loupe.dataset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words that are one token of a tokenizer with the space before them. */
final class SingleTokens {

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
    static List<String> names(TextEncoder encoder, @Nullable List<String> wanted) {
        List<String> usable = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String name : wanted == null ? COMMON : wanted) {
            (isOne(encoder, name) ? usable : refused).add(name);
        }
        if (wanted != null && !refused.isEmpty()) {
            throw new DatasetException(
                    "names", "not one token of this model with a space before: " + String.join(", ", refused));
        }
        if (usable.size() < 5) {
            throw new DatasetException(
                    "names",
                    "only " + usable.size() + " of " + COMMON.size()
                            + " common names are one token of this model; prompts need at least 5");
        }
        return usable;
    }

    private static boolean isOne(TextEncoder encoder, String name) {
        return encoder.encode("x " + name).ids().length == encoder.encode("x").ids().length + 1;
    }

    /**
     * The id of a word as it continues a text.
     *
     * @param option where the word was written
     * @throws DatasetException where it is not one token
     */
    static int continuation(TextEncoder encoder, String text, String word, String option) {
        int[] before = encoder.encode(text).ids();
        int[] after = encoder.encode(text + word).ids();
        if (after.length != before.length + 1) {
            throw new DatasetException(
                    option,
                    "\"" + word + "\" is " + (after.length - before.length) + " tokens after \"" + text
                            + "\"; one is needed");
        }
        return after[before.length];
    }
}
