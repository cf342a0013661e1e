package dev.loupe.metric.answer;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Differentiable;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Named;
import org.jspecify.annotations.Nullable;

/** Logit of the row's answer minus logit of its wrong answer, at one named position (Wang et al. 2022, section 2). */
@Named("logit-difference")
@Doc("Logit of column `answer` minus logit of column `wrong` at a named position, averaged over rows. `answers` "
        + "says how several answers or wrong answers of a row are combined.")
@Example("{logit-difference: {at: END, answers: mean}}")
public record LogitDifference(
        @Inline AnswersAt asked,

        @Nullable
        @Doc("How several answers, and several wrong answers, of a row are combined. `mean`: mean logit of the "
                + "answers minus mean logit of the wrong answers (as in auto-circuit); `max`: largest logit of the "
                + "answers minus largest logit of the wrong answers; `first`: the first answer minus the first "
                + "wrong answer. `sum` is an error: logits have no meaningful sum. Required where a row has several.")
        Reduction answers)
        implements AnswerMetric, Differentiable {
    /** Of the dataset's own answers. */
    public LogitDifference(String at, @Nullable Reduction answers) {
        this(AnswersAt.of(at), answers);
    }

    public LogitDifference {
        AnswerOption.checkOfLogits(answers);
        AnswerOption.checkNamed(answers, "logit difference", asked.sets());
    }

    @Override
    public Metric in(Planning planning) {
        return new LogitDifference(asked.in(planning), answers);
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(asked.at(), TokenSet.columns(asked.sets()));
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, asked.at());
        AnswerOption.check(rows, answers, label(), asked.sets());
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions there = batch.asked(asked.at());
        return there.perRow(
                difference(there, batch.rows()).toFloatArray(), batch.rows().rows());
    }

    @Override
    public NDArray total(Batch batch) {
        return difference(batch.asked(asked.at()), batch.rows()).sum();
    }

    private NDArray difference(LogitsAtPositions there, TokenRows rows) {
        return there.difference(
                there.ids(rows, asked.answer()), there.ids(rows, asked.wrong()), AnswerOption.of(answers));
    }

    @Override
    public String label() {
        return "logit difference" + asked.label() + AnswerOption.label(answers);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public String unit() {
        return "logits";
    }

    @Override
    public double distinct() {
        return 0.1;
    }

    @Override
    public String formula() {
        return "mean over rows of " + AnswerOption.words(answers, "logit", asked.at() + ", ", asked.answer()) + " - "
                + AnswerOption.words(answers, "logit", asked.at() + ", ", asked.wrong());
    }
}
