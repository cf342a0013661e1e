package dev.loupe.metric.reading;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The option {@code answers} of everything that reads a row's answers: what it may be, and when it must be written. */
public final class AnswerOption {
    private static final Set<Reduction> OF_LOGITS = EnumSet.complementOf(EnumSet.of(Reduction.SUM));

    private AnswerOption() {}

    /** @throws IllegalArgumentException for a sum of logits, which is no number of the model's */
    public static void checkOfLogits(@Nullable Reduction written) {
        if (written == Reduction.SUM) {
            throw new IllegalArgumentException("`answers: sum` would add up logits. A constant added to every logit"
                    + " changes no prediction, but it would change this sum: use `mean`, `max` or `first`, or the "
                    + "metrics `probability-difference` or `loss` with `sum`");
        }
    }

    /** Where it is not written every row has one answer, of which all readings are the same. */
    public static Reduction of(@Nullable Reduction written) {
        return written == null ? Reduction.FIRST : written;
    }

    /**
     * Checks that it is said what is read of several tokens that the spec names.
     *
     * @param reader what reads them, in words
     */
    public static void checkNamed(@Nullable Reduction written, String reader, List<TokenSet> sets) {
        for (TokenSet set : sets) {
            if (written == null && set.named() > 1) {
                throw new IllegalArgumentException("the spec names " + set.named() + " tokens (" + set.label()
                        + "), and it is not said what the " + reader + " reads of several: write "
                        + choices(OF_LOGITS) + " among its options");
            }
        }
    }

    /**
     * Checks that the rows have what is read, that it is said what is read of several ids, and that no token is in two sets.
     *
     * @param reader what reads them, in words
     * @throws IllegalArgumentException where a column is missing, or a token is right and wrong
     * @throws SeveralAnswersException where a row has several ids and nothing is written
     */
    public static void check(TokenRows rows, @Nullable Reduction written, String reader, List<TokenSet> sets) {
        for (TokenSet set : sets) {
            if (set instanceof TokenSet.Column asked && !rows.columns().containsKey(asked.column())) {
                throw new IllegalArgumentException("the dataset has no column `" + asked.column() + "`, which the "
                        + reader + " reads"
                        + (asked.column().startsWith(" ")
                                ? "; for a word write `{any-of: [\"" + asked.column() + "\"]}`"
                                : ""));
            }
        }
        boolean ofSpec = sets.size() > 1 && TokenSet.columns(sets).isEmpty();
        for (int row = 0; row < rows.rows(); row++) {
            for (TokenSet set : sets) {
                if (set instanceof TokenSet.Column asked) {
                    checkOne(asked.column(), row, rows.ids(asked.column(), row), written, reader, OF_LOGITS);
                }
            }
            if (ofSpec) {
                checkApart(rows, row, sets);
            }
        }
    }

    /** A token is right or wrong; datasets see to it for their own. */
    private static void checkApart(TokenRows rows, int row, List<TokenSet> sets) {
        Set<Integer> seen = new HashSet<>();
        for (TokenSet set : sets) {
            for (int id : set.ids(rows, row)) {
                if (!seen.add(id)) {
                    throw new IllegalArgumentException(
                            "token " + id + " is an answer and a wrong answer of row " + row + ": a token counts once");
                }
            }
        }
    }

    /** The same for a difference of column {@code answer} and column {@code wrong} at a named position. */
    public static void checkDifference(TokenRows rows, String at, @Nullable Reduction written, String reader) {
        OutputAt.check(rows, at);
        check(rows, written, reader, List.of(TokenSet.ANSWER, TokenSet.WRONG));
    }

    /** @throws SeveralAnswersException where there are several ids and nothing is written */
    static void checkOne(
            String column, int row, int[] ids, @Nullable Reduction written, String reader, Set<Reduction> offered) {
        if (written == null && ids.length > 1) {
            throw new SeveralAnswersException(column, row, ids, reader, offered);
        }
    }

    /** What is read of a set of tokens, in words: {@code mean of logit[END, answers]}. */
    public static String words(@Nullable Reduction how, String of, String at, TokenSet set) {
        if (how == null) {
            return of + "[" + at + set.words(TokenSet.Share.ONE) + "]";
        }
        String all = of + "[" + at + set.words(TokenSet.Share.ALL) + "]";
        return switch (how) {
            case FIRST -> of + "[" + at + set.words(TokenSet.Share.FIRST) + "]";
            case MEAN -> "(mean of " + all + ")";
            case MAX -> "(largest of " + all + ")";
            case SUM -> "(sum of " + all + ")";
        };
    }

    /** Ends a label: nothing where nothing is written. */
    public static String label(@Nullable Reduction how) {
        if (how == null) {
            return "";
        }
        return switch (how) {
            case FIRST -> ", first answer";
            case MEAN -> ", mean of answers";
            case MAX -> ", largest of answers";
            case SUM -> ", sum of answers";
        };
    }

    /** The option as it is written, for each that is offered: {@code `answers: mean` or `answers: max`}. */
    public static String choices(Set<Reduction> offered) {
        List<String> written = Arrays.stream(Reduction.values())
                .filter(offered::contains)
                .map(how -> "`answers: " + how.name().toLowerCase(Locale.ROOT) + "`")
                .toList();
        int last = written.size() - 1;
        return String.join(", ", written.subList(0, last)) + " or " + written.get(last);
    }
}
