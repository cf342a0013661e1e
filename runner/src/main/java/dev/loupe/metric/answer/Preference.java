package dev.loupe.metric.answer;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
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

/**
 * Share of rows that prefer the answer to the wrong answer, whatever else is likelier than both (accuracy of Wang et al.
 * 2022 and of TransformerLens' {@code ioi_eval}). A tie is half a hit, so that a model that knows nothing scores 0.5.
 */
@Named("preference")
@Doc("Share of rows in which the logit of column `answer` is higher than the logit of column `wrong` at a named "
        + "position (positive `logit-difference`); a tie counts one half. Chance is 0.5 if there is one of each.")
@Example("preference")
public record Preference(
        @Inline AnswersAt asked,

        @Nullable
        @Doc("How several answers or wrong answers of a row are compared. `mean`: their mean logits; `max`: the "
                + "most probable answer with the most probable wrong answer; `first`: the first of each. `sum` is "
                + "an error: logits have no meaningful sum. Required where a row has several.")
        Reduction answers)
        implements AnswerMetric {
    /** Of the dataset's own answers. */
    public Preference(String at, @Nullable Reduction answers) {
        this(AnswersAt.of(at), answers);
    }

    public Preference {
        AnswerOption.checkOfLogits(answers);
        AnswerOption.checkNamed(answers, "preference", asked.sets());
    }

    @Override
    public Metric in(Planning planning) {
        return new Preference(asked.in(planning), answers);
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(asked.at());
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, asked.at());
        AnswerOption.check(rows, answers, label(), asked.sets());
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions there = batch.asked(asked.at());
        Reduction how = AnswerOption.of(answers);
        float[] right =
                there.logits(there.ids(batch.rows(), asked.answer()), how).toFloatArray();
        float[] wrong =
                there.logits(there.ids(batch.rows(), asked.wrong()), how).toFloatArray();
        float[] preferred = new float[right.length];
        for (int i = 0; i < preferred.length; i++) {
            preferred[i] = right[i] > wrong[i] ? 1 : right[i] == wrong[i] ? 0.5f : 0;
        }
        return there.perRow(preferred, batch.rows().rows());
    }

    @Override
    public String label() {
        return "preference" + asked.label() + AnswerOption.label(answers);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public String unit() {
        return "share of rows";
    }

    @Override
    public String formula() {
        return "share of rows with " + AnswerOption.words(answers, "logit", asked.at() + ", ", asked.answer()) + " > "
                + AnswerOption.words(answers, "logit", asked.at() + ", ", asked.wrong()) + "; a tie counts one half";
    }
}
