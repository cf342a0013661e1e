package dev.loupe.metric.answer;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Probability of all right answers minus that of all wrong ones, at one named position (Hanna et al. 2023, section 2.2). */
@Named("probability-difference")
@Doc("Probability of the answer minus probability of the wrong answer at a named position, averaged over rows. "
        + "Several answers are summed unless `answers` says otherwise.")
@Example("probability-difference")
public record ProbabilityDifference(
        @Default("END") @Doc("The named position to read.") String at,

        @Nullable
        @Doc("How several answers, and several wrong answers, of a row are combined. `sum` (default): the "
                + "probability of any of them; `mean`: the mean of their probabilities; `max`: the probability of "
                + "the most probable one; `first`: the probability of the first one.")
        Reduction answers)
        implements AnswerMetric {
    @Override
    public LogitsRead logits() {
        return OutputAt.read(at);
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, at);
        AnswerOption.check(rows, AnswerProbability.how(answers), label(), List.of("answer", "wrong"));
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions asked = batch.asked(at);
        Reduction how = AnswerProbability.how(answers);
        TokenRows rows = batch.rows();
        RowValues out = asked.perRow(asked.probabilities(asked.ids(rows, "answer"), how), rows.rows());
        RowValues less = asked.perRow(asked.probabilities(asked.ids(rows, "wrong"), how), rows.rows());
        for (int r = 0; r < rows.rows(); r++) {
            out.numerator()[r] -= less.numerator()[r];
        }
        return out;
    }

    @Override
    public String label() {
        return "probability difference at " + at + AnswerOption.label(answers);
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
        return "mean over rows of " + AnswerOption.words(how, "p", at + ", ", "answer") + " - "
                + AnswerOption.words(how, "p", at + ", ", "wrong");
    }
}
