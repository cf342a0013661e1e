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
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Named;
import org.jspecify.annotations.Nullable;

/** Probability of all right answers minus that of all wrong ones, at one named position (Hanna et al. 2023, section 2.2). */
@Named("probability-difference")
@Doc("Probability of the answer minus probability of the wrong answer at a named position, averaged over rows. "
        + "Several answers are summed unless `answers` says otherwise.")
@Example("probability-difference")
public record ProbabilityDifference(
        @Inline AnswersAt asked,

        @Nullable
        @Doc("How several answers, and several wrong answers, of a row are combined. `sum` (default): the "
                + "probability of any of them; `mean`: the mean of their probabilities; `max`: the probability of "
                + "the most probable one; `first`: the probability of the first one.")
        Reduction answers)
        implements AnswerMetric, Differentiable {
    /** Of the dataset's own answers. */
    public ProbabilityDifference(String at, @Nullable Reduction answers) {
        this(AnswersAt.of(at), answers);
    }

    @Override
    public Metric in(Planning planning) {
        return new ProbabilityDifference(asked.in(planning), answers);
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(asked.at());
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, asked.at());
        AnswerOption.check(rows, AnswerProbability.how(answers), label(), asked.sets());
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions there = batch.asked(asked.at());
        Reduction how = AnswerProbability.how(answers);
        TokenRows rows = batch.rows();
        RowValues out = there.perRow(there.probabilities(there.ids(rows, asked.answer()), how), rows.rows());
        RowValues less = there.perRow(there.probabilities(there.ids(rows, asked.wrong()), how), rows.rows());
        for (int r = 0; r < rows.rows(); r++) {
            out.numerator()[r] -= less.numerator()[r];
        }
        return out;
    }

    @Override
    public NDArray total(Batch batch) {
        LogitsAtPositions there = batch.asked(asked.at());
        Reduction how = AnswerProbability.how(answers);
        return there.totalProbability(there.ids(batch.rows(), asked.answer()), how)
                .sub(there.totalProbability(there.ids(batch.rows(), asked.wrong()), how));
    }

    @Override
    public String label() {
        return "probability difference" + asked.label() + AnswerOption.label(answers);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public String unit() {
        return "probability";
    }

    @Override
    public String formula() {
        Reduction how = AnswerProbability.how(answers);
        return "mean over rows of " + AnswerOption.words(how, "p", asked.at() + ", ", asked.answer()) + " - "
                + AnswerOption.words(how, "p", asked.at() + ", ", asked.wrong());
    }
}
