package dev.loupe.schema.problem;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was probably meant by a word that is not known. */
public final class DidYouMean {

    /** Longer words are hostile or prose, never a slip of the finger. */
    private static final int LONGEST = 100;

    private DidYouMean() {}

    /**
     * The candidate with the fewest edits (insert, delete, replace, swap of neighbours) from the word, or null where
     * none is near: at most one edit in three characters. Case and the choice of {@code -} or {@code _} are free. Where
     * none is near, the shortest candidate that the word begins is taken. Ties go to the earlier candidate. A word that
     * is itself a candidate has no suggestion.
     */
    public static @Nullable String to(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > LONGEST || candidates.contains(word)) {
            return null;
        }
        String wanted = normal(word);
        int allowed = Math.max(1, wanted.length() / 3);
        String best = null;
        int fewest = allowed + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) > allowed) {
                continue;
            }
            int edits = edits(wanted, normal(candidate));
            // One edit between words of one or two letters says nothing.
            if (edits < fewest && edits < candidate.length()) {
                fewest = edits;
                best = candidate;
            }
        }
        return best != null || wanted.length() < 3 ? best : begunBy(wanted, candidates);
    }

    private static @Nullable String begunBy(String wanted, Collection<String> candidates) {
        String best = null;
        for (String candidate : candidates) {
            if (normal(candidate).startsWith(wanted) && (best == null || candidate.length() < best.length())) {
                best = candidate;
            }
        }
        return best;
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The optimal string alignment distance. */
    static int edits(String from, String to) {
        int[] before = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[to.length()];
    }
}
