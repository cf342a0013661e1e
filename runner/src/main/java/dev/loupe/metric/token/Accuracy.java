package dev.loupe.metric.token;

import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.VectorMetric;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
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
        @Doc(
                "A label of the dataset: one share for each of its values, on an axis `label`. A prediction counts for the "
                        + "value at the position that predicts; positions without a value do not count.")
        String by,

        @Nullable
        @Doc("What counts as correct if a position has several answers. `max`: the most probable token is any of "
                + "them; `first`: it is the first one. `sum` and `mean` are errors, since only one token is the "
                + "most probable. Required where a row has several.")
        Reduction answers)
        implements TokenMetric, VectorMetric {
    private static final Set<Reduction> OFFERED = EnumSet.of(Reduction.MAX, Reduction.FIRST);

    /** Over all positions of a class together. */
    public Accuracy(String at, Of of, @Nullable Reduction answers) {
        this(at, of, null, answers);
    }

    public Accuracy {
        if (by != null && of == Of.ROWS) {
            throw new IllegalArgumentException("`by: " + by
                    + "` splits the predictions of a row, so whole rows cannot be counted: leave out " + "`of: rows`");
        }
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
        ByLabel.check(by, rows);
        OutputAt.checkTargets(rows, at, answers, label(), OFFERED);
    }

    @Override
    public void check(TokenRows rows, ModelShape shape) {
        check(rows);
        OutputAt.checkPredicted(rows, at, shape);
    }

    @Override
    public List<Axis> axes(ModelShape shape, RowsRef rows) {
        return ByLabel.axes(by, rows);
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions asked = batch.asked(at).predictions();
        RowValues out = ByLabel.perRow(by, each(asked), asked, batch.rows());
        if (of == Of.ROWS) {
            for (int r = 0; r < out.numerator().length; r++) {
                boolean any = out.denominator()[r] > 0;
                out.numerator()[r] = any && out.numerator()[r] == out.denominator()[r] ? 1 : 0;
                out.denominator()[r] = any ? 1 : 0;
            }
        }
        return out;
    }

    private float[] each(LogitsAtPositions asked) {
        long[] guess = asked.likeliest();
        float[] hits = new float[guess.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = hit(guess[i], asked.answers()[i]) ? 1 : 0;
        }
        return hits;
    }

    @Override
    public double read(float[] outputs, Examples rows) {
        VectorMetric.refuse(!at.equals("everywhere") || by != null || answers != null, "accuracy");
        int classes = rows.answers();
        int right = 0;
        for (int from = 0; from < outputs.length; from += classes) {
            int guess = VectorMetric.largest(outputs, from, from + classes);
            right += guess == VectorMetric.largest(rows.y(), from, from + classes) ? 1 : 0;
        }
        return right / (double) rows.rows();
    }

    private boolean hit(long guess, int[] right) {
        int counted = answers == Reduction.MAX ? right.length : 1;
        return Arrays.stream(right).limit(counted).anyMatch(id -> id == guess);
    }

    @Override
    public String label() {
        return "accuracy at " + at + (by == null ? "" : " by " + by) + AnswerOption.label(answers);
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
                + ", positions of class `" + at + "`"
                + (by == null ? "" : ", for each value of label `" + by + "`");
    }
}
