package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;

/** Whether the hidden neurons of a toy autoencoder are a basis that its features prefer or avoid. */
@Named("privileged-basis")
@Doc("Whether the features of a toy autoencoder prefer or avoid the directions of its hidden neurons, compared with "
        + "the same features in random bases; averaged over the copies of each point of the card's grid.")
@Example("{privileged-basis: [align, chance, z], rotations: 1000, seed: 2}")
public record PrivilegedBasis(
        @Key("privileged-basis") @OneOrMany @Doc("What is reported.")
        List<What> what,

        @Default("1000") @Doc("Number of random rotations that chance is estimated from.")
        int rotations,

        @Default("2") @Doc("Seed of the rotations.") long seed)
        implements ToyAnalysis, ModelComputation {
    /** What can be reported. */
    public enum What {
        @Doc(
                "ALIGN: mean over represented features (|W_i| above 0.5) of max_k |W_ki| / |W_i|: 1 where each lies along one "
                        + "neuron, 1/sqrt(hidden) where each is spread evenly.")
        ALIGN,
        @Doc("Mean of ALIGN after random rotations; 2 sqrt(2)/pi for two hidden neurons.")
        CHANCE,
        @Doc("(ALIGN - chance) / standard deviation over the rotations: below 0 where features avoid the neurons' "
                + "directions.")
        Z,
        @Doc("Coefficient of variation over hidden neurons of sum_i W_ki^2.")
        ROW_VARIATION
    }

    public PrivilegedBasis {
        what = List.copyOf(what);
        if (what.isEmpty() || rotations < 2 || rotations > 100_000) {
            throw new IllegalArgumentException("`privileged-basis` needs a quantity and 2 to 100000 rotations");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (!planning.model().shape().kind().equals("toy-autoencoder")) {
            throw new IllegalArgumentException(
                    planning.model().label() + " is not a toy autoencoder: other networks have "
                            + "an activation in their hidden layer, which makes its neurons a basis anyway");
        }
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess weights) {
        ToyModel toy = weights.toy();
        InstanceGrid grid = InstanceGrid.of(weights.shape());
        int points = grid.instances() / grid.copies();
        double[] out = new double[what.size() * points];
        for (int point = 0; point < points; point++) {
            List<double[][]> models = new ArrayList<>();
            for (int copy = 0; copy < grid.copies(); copy++) {
                models.add(w(toy, point * grid.copies() + copy, weights.shape().outputs()));
            }
            Alignment alignment = Alignment.of(models, rotations, seed);
            for (int q = 0; q < what.size(); q++) {
                out[q * points + point] = switch (what.get(q)) {
                    case ALIGN -> alignment.align();
                    case CHANCE -> alignment.chance();
                    case Z -> alignment.z();
                    case ROW_VARIATION ->
                        models.stream()
                                .mapToDouble(PrivilegedBasis::rowVariation)
                                .average()
                                .orElse(Double.NaN);
                };
            }
        }
        return new NamedArray(axes(weights.shape()), out);
    }

    /** W [hidden][feature] of one instance, its own neurons alone. */
    static double[][] w(ToyModel toy, int instance, int features) {
        float[] all = toy.parameter("W");
        double[][] w = new double[toy.hidden(instance)][features];
        for (int k = 0; k < w.length; k++) {
            for (int i = 0; i < features; i++) {
                w[k][i] = all[(instance * toy.widest() + k) * features + i];
            }
        }
        return w;
    }

    static double rowVariation(double[][] w) {
        double sum = 0;
        double squares = 0;
        for (double[] row : w) {
            double norm = 0;
            for (double value : row) {
                norm += value * value;
            }
            sum += norm;
            squares += norm * norm;
        }
        double mean = sum / w.length;
        return Math.sqrt(Math.max(0, squares / w.length - mean * mean)) / mean;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        List<Axis> axes = new ArrayList<>();
        axes.add(new Axis("quantity", what.stream().map(ConstantDoc::word).toList()));
        axes.addAll(InstanceGrid.of(shape).points());
        return axes;
    }

    @Override
    public String label() {
        return "privileged basis";
    }

    @Override
    public long flops(ModelShape shape) {
        return 2L * rotations * shape.dModel() * shape.parameters();
    }

    @Override
    public String title() {
        return "Privileged basis";
    }

    @Override
    public String formula() {
        return "ALIGN = mean over represented features of max_k |W_ki| / |W_i|; chance: the same of Q W over "
                + rotations + " rotations Q drawn from Haar's measure (seed " + seed
                + "), each copy with rotations of its own";
    }

    @Override
    public String formula(String part) {
        return ConstantDoc.before(formula(), what, part);
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Figure figure() {
        return Figure.LINES;
    }

    @Override
    public String parts() {
        return "quantity";
    }
}
