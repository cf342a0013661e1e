package dev.loupe.analysis.sampled;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.values.ClassShapes;
import dev.loupe.result.Axis;
import java.util.List;

/**
 * The activations of all neurons of some layers, or of all dimensions of the residual stream, at one place of each row; the mean
 * where a row has several such positions.
 */
public record ActivationsAt(Site site, List<Integer> layers, String at) implements RowReading {
    public ActivationsAt {
        layers = List.copyOf(layers);
    }

    @Override
    public RowValues read(Batch batch) {
        TokenRows rows = batch.rows();
        TokenRows.Place place = rows.place(at);
        int width = components(batch.shape()).size();
        RowValues out = RowValues.zeros(rows.rows() * layers.size() * width);
        for (int l = 0; l < layers.size(); l++) {
            float[] values = batch.at(HookPoint.of(site, layers.get(l))).toFloatArray();
            for (int r = 0; r < rows.rows(); r++) {
                int length = rows.tokens()[r].length;
                for (int pos = 0; pos < length; pos++) {
                    if (place.has(r, pos)) {
                        int to = (r * layers.size() + l) * width;
                        for (int n = 0; n < width; n++) {
                            out.numerator()[to + n] += values[(r * length + pos) * width + n];
                            out.denominator()[to + n]++;
                        }
                    }
                }
            }
        }
        return out;
    }

    @Override
    public void check(TokenRows rows) {
        rows.place(at);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return layers.stream().map(layer -> HookPoint.of(site, layer)).toList();
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(new Axis("layer", layers.stream().map(String::valueOf).toList()), components(shape));
    }

    private Axis components(ModelShape shape) {
        return site.hasUnits()
                ? Axis.counted(ComponentKind.unitsOf(site).word(), shape.units(site, layers))
                : Axis.counted(ClassShapes.WIDTH, shape.dModel());
    }

    @Override
    public String label() {
        return "activations of `" + site.canonical() + "` at " + at;
    }
}
