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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log-probability of the right answer at one named position. */
@Named("log-probability")
@Doc("Natural logarithm of the probability of the answer at a named position, in nats, averaged over rows: minus the "
        + "loss on the answer. Several answers are summed before the logarithm unless `answers` says otherwise.")
@Example("log-probability")
public record LogProbability(
        @Inline AnswerAt asked,

        @Nullable
        @Doc("How several answers of a row are combined. `sum` (default): the log of the probability of any of them; "
                + "`mean`: the mean of their log-probabilities; `max`: the log-probability of the most probable answer; "
                + "`first`: the log-probability of the first answer.")
        Reduction answers)
        implements AnswerMetric, Differentiable {
    /** Of the dataset's own answers. */
    public LogProbability(String at, @Nullable Reduction answers) {
        this(AnswerAt.of(at), answers);
    }

    @Override
    public Metric in(Planning planning) {
        return new LogProbability(asked.in(planning), answers);
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(asked.at());
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, asked.at());
        AnswerOption.check(rows, how(answers), label(), List.of(asked.answer()));
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions there = batch.asked(asked.at());
        return there.perRow(
                there.logProbabilities(there.ids(batch.rows(), asked.answer()), how(answers)),
                batch.rows().rows());
    }

    @Override
    public NDArray total(Batch batch) {
        LogitsAtPositions there = batch.asked(asked.at());
        return there.totalLogProbability(there.ids(batch.rows(), asked.answer()), how(answers));
    }

    private static Reduction how(@Nullable Reduction written) {
        return AnswerProbability.how(written);
    }

    @Override
    public String label() {
        return "log-probability of " + asked.label() + AnswerOption.label(answers);
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
        return "mean over rows of " + AnswerOption.words(how(answers), "log p", asked.at() + ", ", asked.answer());
    }
}
