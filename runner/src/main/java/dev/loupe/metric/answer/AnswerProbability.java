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

/** Probability of the right answer at one named position, what causal tracing reads (Meng et al. 2022, section 2.1). */
@Named("probability")
@Doc(
        "Probability of the answer at a named position, mean over rows; of several answers their sum, or what `answers` says.")
@Example("probability")
public record AnswerProbability(
        @Default("END") @Doc("The named position that is read.")
        String at,

        @Nullable
        @Doc(
                "What is read of several answers in each row. `sum`: the probability that any of them comes, which is also what"
                        + " is read where nothing is written; `mean`: the mean of their probabilities; `max`: that of the"
                        + " likeliest; `first`: that of the first.")
        Reduction answers)
        implements AnswerMetric {
    @Override
    public LogitsRead logits() {
        return OutputAt.read(at);
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, at);
        AnswerOption.check(rows, how(answers), label(), List.of("answer"));
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions asked = batch.asked(at);
        return asked.perRow(
                asked.probabilities(asked.ids(batch.rows(), "answer"), how(answers)),
                batch.rows().rows());
    }

    /** The probability of a set is the sum of its members'. */
    static Reduction how(@Nullable Reduction written) {
        return written == null ? Reduction.SUM : written;
    }

    @Override
    public String label() {
        return "probability of the answer at " + at + AnswerOption.label(answers);
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
        return "mean over rows of " + AnswerOption.words(how(answers), "p", at + ", ", "answer");
    }
}
