package dev.loupe.analysis.output;

import dev.loupe.analysis.reading.AskedResidual;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each neuron writes straight into the logit difference: activation times its row of W_out. In each layer the neurons and
 * b_out must sum to what the MLP writes.
 */
record NeuronParts(String at, @Nullable Reduction answers, boolean scaled) implements RowReading {
    @Override
    public List<HookPoint> captures(ModelShape shape) {
        List<HookPoint> points = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            points.add(HookPoint.of(Site.MLP_POST, layer));
            points.add(HookPoint.of(Site.MLP_OUT, layer));
        }
        points.addAll(AskedResidual.outputScales(shape, Site.LN2_POST_SCALE));
        if (scaled) {
            points.add(HookPoint.of(Site.LN_FINAL_SCALE));
        }
        return points;
    }

    @Override
    public LogitsRead logits() {
        return new LogitsRead(LogitsRead.Extent.AT, at);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(Axis.counted("layer", shape.layers()), Axis.counted("neuron", shape.dMlp()));
    }

    /** A logit difference is taken apart: what it needs. */
    @Override
    public void check(TokenRows rows) {
        AnswerOption.checkDifference(rows, at, answers, label());
    }

    @Override
    public RowValues read(Batch batch) {
        ModelShape shape = batch.shape();
        AskedResidual asked = new AskedResidual(batch, at, AnswerOption.of(answers), scaled);
        int width = shape.dMlp();
        RowValues out = RowValues.zeros(batch.rows().rows() * shape.layers() * width);
        for (int layer = 0; layer < shape.layers(); layer++) {
            float[] neurons = asked.neurons(layer);
            float[] bias = asked.mlpBias(layer);
            float[] whole = asked.part(HookPoint.of(Site.MLP_OUT, layer));
            for (int i = 0; i < asked.count(); i++) {
                double[] parts = new double[width + 1];
                for (int n = 0; n < width; n++) {
                    parts[n] = neurons[i * width + n];
                    int to = (asked.row(i) * shape.layers() + layer) * width + n;
                    out.numerator()[to] += parts[n];
                    out.denominator()[to]++;
                }
                parts[width] = bias[i];
                DirectAttribution.Parts.check(new double[][] {parts}, new double[] {whole[i]}, new double[1]);
            }
        }
        return out;
    }

    @Override
    public String label() {
        return "direct attribution of neurons at " + at + AnswerOption.label(answers);
    }
}
