package dev.loupe.metric.token;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Share of asked predictions whose likeliest token is the target. */
@Named("accuracy")
@Doc("Share of predictions whose most probable token is the target, over positions of one class.")
@Example("{accuracy: {at: output, of: rows}}")
public record Accuracy(
        @Default("everywhere") @Doc("Position class of the dataset; `everywhere` for all.")
        String at,

        @Default("tokens")
        @Doc("`tokens` counts each prediction; `rows` counts a row only if all its predictions are correct.")
        Of of,

        @Nullable
        @Doc("What counts as correct if a position has several answers. `max`: the most probable token is any of "
                + "them; `first`: it is the first one. `sum` and `mean` are errors, since only one token is the "
                + "most probable. Required where a row has several.")
        Reduction answers)
        implements TokenMetric {
    private static final Set<Reduction> OFFERED = EnumSet.of(Reduction.MAX, Reduction.FIRST);

    public Accuracy {
        if (answers != null && !OFFERED.contains(answers)) {
            throw new IllegalArgumentException(
                    "accuracy tests whether the most probable token is an answer, which at most one of several "
                            + "answers can be: write " + AnswerOption.choices(OFFERED)
                            + ", which counts any of them or only"
                            + " the first");
        }
    }

    /** What is counted. */
    public enum Of {
        TOKENS,
        ROWS
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(at);
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.checkTargets(rows, at, answers, label(), OFFERED);
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions asked = batch.asked(at);
        long[] guess = asked.likeliest();
        RowValues out = RowValues.zeros(batch.rows().rows());
        for (int i = 0; i < guess.length; i++) {
            out.denominator()[asked.row()[i]]++;
            if (hit(guess[i], asked.answers()[i])) {
                out.numerator()[asked.row()[i]]++;
            }
        }
        if (of == Of.ROWS) {
            for (int r = 0; r < out.numerator().length; r++) {
                boolean any = out.denominator()[r] > 0;
                out.numerator()[r] = any && out.numerator()[r] == out.denominator()[r] ? 1 : 0;
                out.denominator()[r] = any ? 1 : 0;
            }
        }
        return out;
    }

    private boolean hit(long guess, int[] right) {
        int counted = answers == Reduction.MAX ? right.length : 1;
        return Arrays.stream(right).limit(counted).anyMatch(id -> id == guess);
    }

    @Override
    public String label() {
        return "accuracy at " + at + AnswerOption.label(answers);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public String unit() {
        return of == Of.ROWS ? "share of rows" : "share of predictions";
    }

    @Override
    public String formula() {
        return "share of "
                + (of == Of.ROWS ? "rows whose every prediction" : "predictions whose most probable token")
                + (answers == null
                        ? " equals the target"
                        : answers == Reduction.MAX ? " is any of the answers" : " is the first answer")
                + ", positions of class `" + at + "`";
    }
}
