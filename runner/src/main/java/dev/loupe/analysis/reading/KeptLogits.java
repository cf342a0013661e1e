package dev.loupe.analysis.reading;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps every logit of the first few rows at one position each.
 *
 * @param at a named position, or a class, of which the first position counts
 */
public record KeptLogits(String at, int rows) implements Summary<List<StepValue.Logits.Row>> {
    @Override
    public List<StepValue.Logits.Row> part(Batch batch, int[] which) {
        LogitsAtPositions asked = batch.asked(at);
        List<StepValue.Logits.Row> kept = new ArrayList<>();
        NDArray all = asked.logits();
        int before = -1;
        for (int i = 0; i < asked.row().length && kept.size() < rows; i++) {
            int row = asked.row()[i];
            if (row != before) {
                float[] logits = all.get(i).toFloatArray();
                kept.add(new StepValue.Logits.Row(
                        batch.text(row),
                        asked.pos()[i],
                        ids(batch.rows(), "answer", row),
                        ids(batch.rows(), "wrong", row),
                        logits));
            }
            before = row;
        }
        return kept;
    }

    private static List<Integer> ids(TokenRows known, String column, int row) {
        return known.columns().containsKey(column)
                ? Arrays.stream(known.ids(column, row)).boxed().toList()
                : List.of();
    }

    @Override
    public List<StepValue.Logits.Row> merge(List<StepValue.Logits.Row> left, List<StepValue.Logits.Row> right) {
        List<StepValue.Logits.Row> all = new ArrayList<>(left);
        all.addAll(right);
        return all.subList(0, Math.min(rows, all.size()));
    }

    @Override
    public StepValue finish(List<StepValue.Logits.Row> whole) {
        return new StepValue.Logits(whole);
    }

    @Override
    public boolean enough(List<StepValue.Logits.Row> part) {
        return part.size() >= rows;
    }

    @Override
    public void check(TokenRows known) {
        known.belongs(at, 0, 0);
    }

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
    public String label() {
        return "logits of " + Count.of(rows, "row") + " at " + at;
    }
}
