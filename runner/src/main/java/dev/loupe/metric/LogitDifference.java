package dev.loupe.metric;

import ai.djl.ndarray.NDArray;
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

/** Logit of the row's answer minus logit of its wrong answer, at one named position (Wang et al. 2022, section 2). */
@Named("logit-difference")
@Doc("Logit of column `answer` minus logit of column `wrong` at a named position, mean over rows.")
@Example("logit-difference")
public record LogitDifference(
        @Default("END") @Doc("The named position that is read.")
        String at) implements Metric, Differentiable {
    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of();
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(at, List.of("answer", "wrong"));
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, at);
        ids(rows, "answer");
        ids(rows, "wrong");
    }

    @Override
    public RowValues read(Batch batch) {
        Asked asked = batch.asked(at);
        float[] difference = difference(batch, asked).toFloatArray();
        RowValues out = RowValues.zeros(batch.rows().rows());
        for (int i = 0; i < difference.length; i++) {
            out.numerator()[asked.row()[i]] += difference[i];
            out.denominator()[asked.row()[i]]++;
        }
        return out;
    }

    @Override
    public NDArray total(Batch batch) {
        return difference(batch, batch.asked(at)).sum();
    }

    private static int[] ids(TokenRows rows, String name) {
        int[] all = rows.columns().get(name);
        if (all == null) {
            throw new IllegalArgumentException(
                    "the dataset has no column `" + name + "`, which `logit-difference` reads");
        }
        return all;
    }

    private static NDArray difference(Batch batch, Asked asked) {
        return asked.difference(column(batch, asked, "answer"), column(batch, asked, "wrong"));
    }

    private static int[] column(Batch batch, Asked asked, String name) {
        int[] all = ids(batch.rows(), name);
        int[] ids = new int[asked.row().length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = all[asked.row()[i]];
        }
        return ids;
    }

    @Override
    public String label() {
        return "logit difference at " + at;
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public String unit() {
        return "logits";
    }

    @Override
    public double distinct() {
        return 0.1;
    }

    @Override
    public String formula() {
        return "mean over rows of logit[" + at + ", answer] - logit[" + at + ", wrong]";
    }
}
