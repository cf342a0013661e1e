package dev.loupe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.loupe.dataset.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.plan.LogitsRead;
import dev.loupe.plan.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Named;
import java.util.List;

/** Mean next-token negative log-likelihood in nats, pooled over the asked positions of all rows. */
@Named("loss")
@Doc("Mean negative log-likelihood of the target token, in nats, pooled over the positions of one class.")
@Example("{loss: {at: second-half}}")
public record Loss(
        @Default("everywhere") @Doc("Position class of the dataset whose predictions count; `everywhere` for all.")
        String at)
        implements Metric, Differentiable {
    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of();
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(at);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.checkTargets(rows, at);
    }

    @Override
    public RowValues read(Batch batch) {
        Asked asked = batch.asked(at);
        float[] logProbability = asked.logProbabilities();
        RowValues out = RowValues.zeros(batch.rows().rows());
        for (int i = 0; i < logProbability.length; i++) {
            out.numerator()[asked.row()[i]] -= logProbability[i];
            out.denominator()[asked.row()[i]]++;
        }
        return out;
    }

    @Override
    public NDArray total(Batch batch) {
        Asked asked = batch.asked(at);
        NDArray ids = batch.manager().create(asked.target()).reshape(-1, 1).toType(DataType.INT64, false);
        return asked.logits().logSoftmax(-1).gather(ids, 1).sum().neg();
    }

    @Override
    public String label() {
        return "loss at " + at;
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
        return "mean of -log p(target) over positions of class `" + at + "`";
    }
}
