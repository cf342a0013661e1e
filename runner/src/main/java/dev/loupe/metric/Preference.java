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

/**
 * Share of rows that prefer the answer to the wrong answer, whatever else is likelier than both (accuracy of Wang et al.
 * 2022 and of TransformerLens' {@code ioi_eval}). A tie is half a hit, so that a model that knows nothing scores 0.5.
 */
@Named("preference")
@Doc("Share of rows whose every `answer` id has a higher logit than every `wrong` id at a named position; chance is 0.5"
        + " where there is one of each.")
@Example("preference")
public record Preference(
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
        new ProbabilityDifference(at).check(rows);
    }

    @Override
    public RowValues read(Batch batch) {
        Asked asked = batch.asked(at);
        RowValues out = RowValues.zeros(batch.rows().rows());
        if (asked.row().length == 0) {
            return out;
        }
        float[] logits = asked.logits().toFloatArray();
        int width = logits.length / asked.row().length;
        for (int i = 0; i < asked.row().length; i++) {
            int row = asked.row()[i];
            float least = Float.POSITIVE_INFINITY;
            for (int id : batch.rows().ids("answer", row)) {
                least = Math.min(least, logits[i * width + id]);
            }
            float most = Float.NEGATIVE_INFINITY;
            for (int id : batch.rows().ids("wrong", row)) {
                most = Math.max(most, logits[i * width + id]);
            }
            out.numerator()[row] += least > most ? 1 : least == most ? 0.5 : 0;
            out.denominator()[row]++;
        }
        return out;
    }

    @Override
    public String label() {
        return "preference at " + at;
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
        return "share of rows with logit[" + at + ", answer] > logit[" + at + ", wrong]; a tie counts one half";
    }
}
