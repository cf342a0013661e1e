package dev.loupe.analysis.reading;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.List;

/** Log-probabilities in nats of every id at one named position, [id]: what a divergence between two runs is made from. */
public record Distribution(String at) implements RowReading {
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
        return List.of(Axis.counted("id", shape.outputs()));
    }

    @Override
    public void check(TokenRows rows) {
        if (!rows.positions().containsKey(at)) {
            throw new IllegalArgumentException("the dataset has no named position `" + at + "`; it has "
                    + String.join(", ", rows.positions().keySet()));
        }
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions asked = batch.asked(at);
        float[] logProbabilities = asked.logits().logSoftmax(-1).toFloatArray();
        int width = batch.shape().outputs();
        RowValues out = RowValues.zeros(batch.rows().rows() * width);
        for (int i = 0; i < asked.row().length; i++) {
            for (int id = 0; id < width; id++) {
                out.numerator()[asked.row()[i] * width + id] += logProbabilities[i * width + id];
                out.denominator()[asked.row()[i] * width + id]++;
            }
        }
        return out;
    }

    @Override
    public String label() {
        return "divergence at " + at;
    }
}
