package dev.loupe.metric.answer;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Differentiable;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logit of the row's answer minus logit of its wrong answer, at one named position (Wang et al. 2022, section 2). */
@Named("logit-difference")
@Doc("Logit of column `answer` minus logit of column `wrong` at a named position, averaged over rows. `answers` "
        + "says how several answers or wrong answers of a row are combined.")
@Example("{logit-difference: {at: END, answers: mean}}")
public record LogitDifference(
        @Default("END") @Doc("The named position to read.") String at,

        @Nullable
        @Doc("How several answers, and several wrong answers, of a row are combined. `mean`: mean logit of the "
                + "answers minus mean logit of the wrong answers (as in auto-circuit); `max`: largest logit of the "
                + "answers minus largest logit of the wrong answers; `first`: the first answer minus the first "
                + "wrong answer. `sum` is an error: logits have no meaningful sum. Required where a row has several.")
        Reduction answers)
        implements AnswerMetric, Differentiable {
    public LogitDifference {
        AnswerOption.checkOfLogits(answers);
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(at, List.of("answer", "wrong"));
    }

    @Override
    public void check(TokenRows rows) {
        AnswerOption.checkDifference(rows, at, answers, label());
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions asked = batch.asked(at);
        return asked.perRow(
                difference(asked, batch.rows()).toFloatArray(), batch.rows().rows());
    }

    @Override
    public NDArray total(Batch batch) {
        return difference(batch.asked(at), batch.rows()).sum();
    }

    private NDArray difference(LogitsAtPositions asked, TokenRows rows) {
        return asked.difference(asked.ids(rows, "answer"), asked.ids(rows, "wrong"), AnswerOption.of(answers));
    }

    @Override
    public String label() {
        return "logit difference at " + at + AnswerOption.label(answers);
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
        return "mean over rows of " + AnswerOption.words(answers, "logit", at + ", ", "answer") + " - "
                + AnswerOption.words(answers, "logit", at + ", ", "wrong");
    }
}
