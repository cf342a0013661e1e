package dev.loupe.metric.reading;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.EnumSet;
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
     * Checks that the rows have these columns, and that it is said what is read of several ids.
     *
     * @param reader what reads them, in words
     * @throws IllegalArgumentException where a column is missing
     * @throws SeveralAnswersException where a row has several ids and nothing is written
     */
    public static void check(TokenRows rows, @Nullable Reduction written, String reader, List<String> columns) {
        for (String column : columns) {
            if (!rows.columns().containsKey(column)) {
                throw new IllegalArgumentException(
                        "the dataset has no column `" + column + "`, which the " + reader + " reads");
            }
        }
        for (int row = 0; row < rows.rows(); row++) {
            for (String column : columns) {
                checkOne(column, row, rows.ids(column, row), written, reader, OF_LOGITS);
            }
        }
    }

    /** The same for a difference of column {@code answer} and column {@code wrong} at a named position. */
    public static void checkDifference(TokenRows rows, String at, @Nullable Reduction written, String reader) {
        OutputAt.check(rows, at);
        check(rows, written, reader, List.of("answer", "wrong"));
    }

    /** @throws SeveralAnswersException where there are several ids and nothing is written */
    static void checkOne(
            String column, int row, int[] ids, @Nullable Reduction written, String reader, Set<Reduction> offered) {
        if (written == null && ids.length > 1) {
            throw new SeveralAnswersException(column, row, ids, reader, offered);
        }
    }

    /** What is read of a column, in words: {@code mean of logit[END, answers]}. */
    public static String words(@Nullable Reduction how, String of, String at, String column) {
        String many = column.equals("wrong") ? "wrong answers" : "answers";
        if (how == null) {
            return of + "[" + at + column + "]";
        }
        return switch (how) {
            case FIRST -> of + "[" + at + "first " + many.replace("answers", "answer") + "]";
            case MEAN -> "(mean of " + of + "[" + at + many + "])";
            case MAX -> "(largest of " + of + "[" + at + many + "])";
            case SUM -> "(sum of " + of + "[" + at + many + "])";
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
