package dev.loupe.metric.token;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Differentiable;
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
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mean next-token negative log-likelihood in nats, pooled over the asked positions of all rows. */
@Named("loss")
@Doc("Mean negative log-likelihood of the target token, in nats, pooled over the positions of one class.")
@Example("{loss: {at: second-half}}")
public record Loss(
        @Default("everywhere") @Doc("Position class of the dataset whose predictions count; `everywhere` for all.")
        String at,

        @Nullable
        @Doc("A label of the dataset: one loss for each of its values, on an axis `label`. A prediction counts for the "
                + "value at the position that predicts; positions without a value do not count.")
        String by,

        @Nullable
        @Doc("How several answers of a position are combined. `sum`: -log of the summed probability; `mean`: the "
                + "mean of the losses of the answers; `max`: the loss of the most probable answer, which is the "
                + "smallest; `first`: the loss of the first answer. Required where a row has several.")
        Reduction answers)
        implements TokenMetric, Differentiable, VectorMetric {
    /** Over all positions of a class together. */
    public Loss(String at, @Nullable Reduction answers) {
        this(at, null, answers);
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(at);
    }

    @Override
    public void check(TokenRows rows) {
        ByLabel.check(by, rows);
        OutputAt.checkTargets(rows, at, answers, label(), EnumSet.allOf(Reduction.class));
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
        return ByLabel.perRow(by, each(asked), asked, batch.rows());
    }

    private float[] each(LogitsAtPositions asked) {
        float[] loss = asked.logProbabilities(AnswerOption.of(answers));
        for (int i = 0; i < loss.length; i++) {
            loss[i] = -loss[i];
        }
        return loss;
    }

    @Override
    public double read(float[] outputs, Examples rows) {
        VectorMetric.refuse(!at.equals("everywhere") || by != null || answers != null, "loss");
        int classes = rows.answers();
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            int from = row * classes;
            double most = outputs[VectorMetric.largest(outputs, from, from + classes)];
            double total = 0;
            for (int c = from; c < from + classes; c++) {
                total += Math.exp(outputs[c] - most);
            }
            double target = outputs[VectorMetric.largest(rows.y(), from, from + classes)];
            sum += Math.log(total) + most - target;
        }
        return sum / rows.rows();
    }

    @Override
    public NDArray total(Batch batch) {
        return batch.asked(at)
                .predictions()
                .totalLogProbability(AnswerOption.of(answers))
                .neg();
    }

    @Override
    public String label() {
        return "loss at " + at + (by == null ? "" : " by " + by) + AnswerOption.label(answers);
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public String unit() {
        return "nats";
    }

    @Override
    public String formula() {
        return "mean of " + loss() + " over positions of class `" + at + "`"
                + (by == null ? "" : ", for each value of label `" + by + "`");
    }

    private String loss() {
        if (answers == null) {
            return "-log p(target)";
        }
        return switch (answers) {
            case SUM -> "-log (sum of p(answers))";
            case MEAN -> "(mean of -log p(answers))";
            case MAX -> "-log p(most probable answer)";
            case FIRST -> "-log p(first answer)";
        };
    }
}
