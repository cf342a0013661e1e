package dev.loupe.result;

import java.util.Locale;

/** What became of a claim, the best first. */
public enum Verdict {
    /** All that was compared lies on the right side of the limit. */
    HOLDS,
    /** What was compared lies on both sides of the limit, or is undefined. */
    UNDECIDED,
    /** All that was compared lies on the wrong side of the limit. */
    REFUTED;

    /** The word for it, as results.json and the page's classes have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word in a sentence: "the claim is refuted". */
    public String phrase() {
        return this == HOLDS ? "holds" : "is " + word();
    }

    public static Verdict of(String word) {
        for (Verdict verdict : values()) {
            if (verdict.word().equals(word)) {
                return verdict;
            }
        }
        throw new MalformedResult("verdict is '" + word + "', expected holds, undecided or refuted");
    }
}
