package dev.loupe.dataset.label;

import dev.loupe.text.Count;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions from strangers: what is wrong with one is said in plain words. */
final class SafePattern {
    private static final int LONGEST = 2_000;
    private static final Pattern COUNT = Pattern.compile("(?<!\\\\)(?<!\\\\x)\\{(\\d*)(?:,(\\d*))?\\}");
    private static final long LARGEST = 1_000;

    /** What begins each reason of the library, and what it means. */
    private static final Map<String, String> MEANINGS = Map.of(
            "Unclosed group", "a round bracket is not closed",
            "Unmatched closing", "a round bracket closes that none opened",
            "Unclosed character class", "a square bracket is not closed",
            "Dangling meta character", "nothing comes before a sign that repeats",
            "Unclosed counted closure", "a count such as {2,3} is not closed",
            "Illegal repetition", "{ begins no count such as {2,3}: write \\{ for the character",
            "Unknown character property", "there is no such kind of characters",
            "Illegal character range", "a range such as a-z goes backwards");

    private SafePattern() {}

    /** @throws IllegalArgumentException naming the label and the place in the expression */
    static Pattern of(String name, String expression) {
        if (expression.isEmpty() || expression.length() > LONGEST) {
            throw new IllegalArgumentException("the pattern `" + name + "` has "
                    + Count.of(expression.length(), "character") + ", and may have 1 to " + LONGEST);
        }
        counts(name, expression);
        try {
            return Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            int at = Math.min(Math.max(0, e.getIndex()), expression.length());
            throw new IllegalArgumentException("the pattern `" + name + "` is not a regular expression after \""
                    + expression.substring(0, at) + "\": " + meaning(e.getDescription()));
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the pattern `" + name + "` has brackets inside brackets too often");
        }
    }

    private static String meaning(String description) {
        return MEANINGS.entrySet().stream()
                .filter(entry -> description.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("what follows is not understood");
    }

    /** Repetitions of nothing cost time without looking at any character, so that their numbers are limited by themselves. */
    private static void counts(String name, String expression) {
        long groups = 1;
        Matcher counts = COUNT.matcher(expression);
        while (counts.find()) {
            long most = Math.max(number(counts.group(1)), number(counts.group(2)));
            boolean group = counts.start() > 0 && expression.charAt(counts.start() - 1) == ')';
            groups *= group ? Math.max(1, most) : 1;
            if (most > LARGEST || groups > LARGEST) {
                throw new IllegalArgumentException("the pattern `" + name + "` repeats more often than " + LARGEST
                        + " times at " + counts.group() + (group ? ", counts of groups multiplied" : ""));
            }
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
