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

/** Log-probability of the right answer at one named position. */
@Named("log-probability")
@Doc("Natural logarithm of the probability of the answer at a named position, in nats, averaged over rows: minus the "
        + "loss on the answer. Several answers are summed before the logarithm unless `answers` says otherwise.")
@Example("log-probability")
public record LogProbability(
        @Default("END") @Doc("The named position to read.") String at,

        @Nullable
        @Doc("How several answers of a row are combined. `sum` (default): the log of the probability of any of them; "
                + "`mean`: the mean of their log-probabilities; `max`: the log-probability of the most probable answer; "
                + "`first`: the log-probability of the first answer.")
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
                asked.logProbabilities(asked.ids(batch.rows(), "answer"), how(answers)),
                batch.rows().rows());
    }

    private static Reduction how(@Nullable Reduction written) {
        return AnswerProbability.how(written);
    }

    @Override
    public String label() {
        return "log-probability of the answer at " + at + AnswerOption.label(answers);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public String unit() {
        return "nats";
    }

    @Override
    public String formula() {
        return "mean over rows of " + AnswerOption.words(how(answers), "log p", at + ", ", "answer");
    }
}
