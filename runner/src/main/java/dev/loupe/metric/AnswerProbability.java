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

/** Probability of the right answer at one named position, what causal tracing reads (Meng et al. 2022, section 2.1). */
@Named("probability")
@Doc("Probability of every id that counts as `answer`, at a named position, mean over rows.")
@Example("probability")
public record AnswerProbability(
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
        }
    }

    @Override
    public RowValues read(Batch batch) {
        return read(batch, at, false);
    }

    /** Probability of the right answers, less that of the wrong ones where {@code lessWrong}. */
    static RowValues read(Batch batch, String at, boolean lessWrong) {
        Asked asked = batch.asked(at);
        RowValues out = RowValues.zeros(batch.rows().rows());
        if (asked.row().length == 0) {
            return out;
        }
        float[] probabilities = asked.logits().softmax(-1).toFloatArray();
        int width = probabilities.length / asked.row().length;
        for (int i = 0; i < asked.row().length; i++) {
            int row = asked.row()[i];
            out.numerator()[row] += sum(probabilities, i * width, batch.rows().ids("answer", row));
            if (lessWrong) {
                out.numerator()[row] -=
                        sum(probabilities, i * width, batch.rows().ids("wrong", row));
            }
            out.denominator()[row]++;
        }
        return out;
    }

    private static double sum(float[] probabilities, int from, int[] ids) {
        double sum = 0;
        for (int id : ids) {
            sum += probabilities[from + id];
        }
        return sum;
    }

    @Override
    public String label() {
        return "probability of the answer at " + at;
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
        return "mean over rows of sum p[" + at + ", answers]";
    }
}
