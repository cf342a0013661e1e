package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pair MLP loses without one frequency in its embeddings. */
@Named("frequency-ablation")
@Doc("The rise of the loss of a pair-mlp, in nats, when one frequency is removed from its embeddings A and B.")
@Example("{frequency-ablation: [A, B]}")
public record FrequencyAblation(
        @Key("frequency-ablation") @OneOrMany @Doc("The embeddings from which each frequency is removed.")
        List<Table> tables)
        implements ToyAnalysis {
    /** An embedding. */
    public enum Table {
        @Key("A")
        @Doc("The embedding of the first input; of both where they share one.")
        A,
        @Key("B")
        @Doc("The embedding of the second input.")
        B
    }

    public FrequencyAblation {
        tables = List.copyOf(tables);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("name at least one embedding: A, B or both");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        PairTables.check(planning);
        if (!(planning.vectors() instanceof ModularPairs pairs)) {
            throw new IllegalArgumentException("`frequency-ablation` reads `modular-pairs`");
        }
        return new Work(this, pairs).add(planning);
    }

    record Work(FrequencyAblation analysis, ModularPairs data) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            ToyModel toy = weights.toy();
            RealFourier basis = new RealFourier(data.modulus());
            Examples rows = data.draw(0, data.enumerated(), 0);
            int count = basis.frequencies();
            double[] out = new double[toy.instances() * count];
            for (int i = 0; i < toy.instances(); i++) {
                PairTables tables = PairTables.of(toy, i, weights.shape());
                double whole = toy.trainedLoss(i, data, rows, () -> 1);
                for (int k = 0; k < count; k++) {
                    boolean[] removed = new boolean[count];
                    removed[k] = true;
                    Map<String, float[]> instead = new HashMap<>();
                    if (analysis.tables.contains(Table.A)) {
                        instead.put(
                                "A",
                                EachNetwork.padded(basis.without(tables.a(), removed), basis.modulus(), toy.widest()));
                    }
                    if (analysis.tables.contains(Table.B)) {
                        instead.put(
                                "B",
                                EachNetwork.padded(basis.without(tables.b(), removed), basis.modulus(), toy.widest()));
                    }
                    out[i * count + k] = toy.trainedLoss(i, data, rows, () -> 1, instead) - whole;
                }
            }
            return new NamedArray(axes(weights.shape()), out);
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            List<Axis> axes = new ArrayList<>(InstanceGrid.of(shape).shown());
            axes.add(new RealFourier(shape.outputs()).axis());
            return axes;
        }

        @Override
        public String label() {
            return "frequency ablation";
        }

        @Override
        public long flops(ModelShape shape) {
            return shape.parameters() * data.enumerated() * shape.outputs();
        }
    }

    @Override
    public String title() {
        return "Without one frequency";
    }

    @Override
    public String formula() {
        return "loss without a frequency's cosine and sine over the numbers in "
                + tables.stream().map(Table::name).toList() + ", minus the loss of the whole network";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "nats";
    }

    @Override
    public Figure figure() {
        return Figure.BARS;
    }
}
