package dev.loupe.metric;

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

/** Probability of all right answers minus that of all wrong ones, at one named position (Hanna et al. 2023, section 2.2). */
@Named("probability-difference")
@Doc("Probability of every id that counts as `answer` minus probability of every id that counts as `wrong`, at a named"
        + " position, mean over rows.")
@Example("probability-difference")
public record ProbabilityDifference(
        @Default("END") @Doc("The named position that is read.")
        String at) implements Metric {
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
        OutputAt.check(rows, at);
        for (int r = 0; r < rows.rows(); r++) {
            rows.ids("answer", r);
            rows.ids("wrong", r);
        }
    }

    @Override
    public RowValues read(Batch batch) {
        return AnswerProbability.read(batch, at, true);
    }

    @Override
    public String label() {
        return "probability difference at " + at;
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
        return "mean over rows of sum p[" + at + ", answers] - sum p[" + at + ", wrong answers]";
    }
}
