package dev.loupe.metric.reading;

import java.util.Arrays;
import java.util.Set;
import java.util.function.IntFunction;

/** A row has several answers, and nothing says which number is to be read of them. */
public final class SeveralAnswersException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    /** So many are shown. */
    private static final int MOST = 6;

    private final String column;
    private final int row;
    private final transient int[] ids;
    private final String reader;
    private final String choices;

    /**
     * @param column {@code answer} or {@code wrong}
     * @param reader what reads them, in words
     * @param offered what could be written
     */
    SeveralAnswersException(String column, int row, int[] ids, String reader, Set<Reduction> offered) {
        super("row " + row + " has " + ids.length + " ids in `" + column + "`");
        this.column = column;
        this.row = row;
        this.ids = ids;
        this.reader = reader;
        this.choices = AnswerOption.choices(offered);
    }

    /**
     * The whole message.
     *
     * @param text the visible text of an id
     */
    public String message(String dataset, IntFunction<String> text) {
        String shown = String.join(
                ", ",
                Arrays.stream(ids)
                        .limit(MOST)
                        .mapToObj(id -> "`" + text.apply(id) + "`")
                        .toList());
        return "row " + row + " of dataset `" + dataset + "` has " + ids.length
                + (column.equals("wrong") ? " wrong answers" : " answers") + " (" + shown
                + (ids.length > MOST ? " and " + (ids.length - MOST) + " more" : "") + "), and it is not said what the "
                + reader + " reads of several: write " + choices + " among its options";
    }
}
