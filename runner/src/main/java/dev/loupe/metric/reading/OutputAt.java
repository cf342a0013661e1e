package dev.loupe.metric.reading;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The word {@code everywhere} in a metric's position option, and what it means for the logits. */
public final class OutputAt {
    private OutputAt() {}

    /** @throws IllegalArgumentException where the rows have no such position or class */
    public static void check(TokenRows rows, String at) {
        if (rows.rows() > 0) {
            rows.belongs(at, 0, 0);
        }
    }

    /**
     * Also that every row's named position is asked for a token (classes leave out what is not asked), and that it is said
     * what is read where one is asked for several.
     */
    public static void checkTargets(
            TokenRows rows, String at, @Nullable Reduction answers, String reader, Set<Reduction> offered) {
        check(rows, at);
        for (int r = 0; answers == null && rows.sets().containsKey("answer") && r < rows.rows(); r++) {
            for (int pos = 0; pos < rows.tokens()[r].length; pos++) {
                if (rows.belongs(at, r, pos)) {
                    AnswerOption.checkOne("answer", r, rows.answers(r, pos), answers, reader, offered);
                }
            }
        }
        int[] named = rows.positions().get(at);
        for (int r = 0; named != null && r < rows.rows(); r++) {
            if (rows.target(r, named[r]) < 0) {
                throw new IllegalArgumentException("there is no target at `" + at + "` of row " + r + " (position "
                        + named[r] + "): the dataset has no target there");
            }
        }
    }

    /** That a model of this shape predicts every token that the rows ask for at some positions. */
    public static void checkPredicted(TokenRows rows, String at, ModelShape shape) {
        for (int r = 0; shape.outputs() < shape.vocabulary() && r < rows.rows(); r++) {
            for (int pos = 0; pos < rows.tokens()[r].length; pos++) {
                if (!rows.belongs(at, r, pos)) {
                    continue;
                }
                for (int asked : rows.answers(r, pos)) {
                    if (asked >= shape.outputs()) {
                        throw new IllegalArgumentException("position " + pos + " of row " + r + " is asked for token "
                                + asked + ", but the model predicts ids 0 to " + (shape.outputs() - 1)
                                + " only: name the positions that it answers with `at`");
                    }
                }
            }
        }
    }

    public static LogitsRead read(String at) {
        return read(at, List.of());
    }

    /** Of the ids in some columns of the dataset alone; of every id where none is named. */
    public static LogitsRead read(String at, List<String> columns) {
        return at.equals(TokenRows.EVERYWHERE)
                ? LogitsRead.EVERYWHERE
                : new LogitsRead(LogitsRead.Extent.AT, at, columns);
    }
}
