package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.features.Objective;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.VectorMetric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of a network without tokens on every row of a dataset that enumerates its rows: exact numbers, since no row is left
 * out.
 *
 * @param names of the metrics in the spec
 */
record VectorEvaluation(List<String> names, List<Metric> metrics, FeatureDataset data) implements ModelComputation {
    VectorEvaluation {
        if (data.objective() != Objective.CROSS_ENTROPY) {
            throw new IllegalArgumentException(
                    "metrics read classes, and this dataset has targets that are numbers: use "
                            + "`toy-features`, which reports losses of such networks");
        }
        for (Metric metric : metrics) {
            if (!(metric instanceof VectorMetric)) {
                throw new IllegalArgumentException(
                        "`" + metric.label() + "` reads tokens; a network without tokens has `loss` and `accuracy`");
            }
        }
    }

    @Override
    public NamedArray compute(WeightAccess weights) {
        ToyModel toy = weights.toy();
        Examples rows = data.draw(0, data.enumerated(), 0);
        List<Axis> axes = axes(weights.shape());
        double[] out = new double[NamedArray.sizeOf(axes)];
        for (int i = 0; i < toy.instances(); i++) {
            float[] outputs = toy.answers(i, rows.x());
            for (int m = 0; m < metrics.size(); m++) {
                out[m * toy.instances() + i] = ((VectorMetric) metrics.get(m)).read(outputs, rows);
            }
        }
        return new NamedArray(axes, out);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        List<Axis> axes = new ArrayList<>();
        if (metrics.size() > 1) {
            axes.add(new Axis("metric", names));
        }
        axes.addAll(InstanceGrid.of(shape).shown());
        return axes;
    }

    @Override
    public String label() {
        return String.join(", ", metrics.stream().map(Metric::label).toList());
    }

    @Override
    public long flops(ModelShape shape) {
        return 2L * shape.parameters() * data.enumerated();
    }
}
