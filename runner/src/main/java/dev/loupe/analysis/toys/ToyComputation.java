package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeaturePairs;
import dev.loupe.dataset.rows.RowRandom;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How well a compute MLP computes a function of pairs of binary inputs, and how its neurons share the work. */
@Named("toy-computation")
@Doc("How well a network computes a function of pairs of inputs, and whether its neurons answer one pair or many, for "
        + "every point of its card's grid; of the copies of a point the one with the lowest loss.")
@Example("{toy-computation: [relative-loss, recall, monosemanticity], rows: 20000, seed: 5}")
public record ToyComputation(
        @Key("toy-computation") @OneOrMany @Doc("What is reported.")
        List<What> what,

        @Default("20000") @Doc("Number of new input vectors on which losses are measured.")
        int rows,

        @Default("5") @Doc("Seed of the input vectors.") long seed)
        implements ToyAnalysis {
    /** A neuron whose largest response is below this answers no pair. */
    private static final double SILENT = 1e-3;

    /** A weight counts where it is above this share of the largest one of its row or column. */
    private static final double COUNTS = 0.2;

    /** What can be reported. */
    public enum What {
        @Doc("Squared error, averaged over vectors and outputs.")
        LOSS,
        @Doc("The loss divided by the loss of a network that always outputs zero.")
        RELATIVE_LOSS,
        @Doc("1 - relative loss.")
        EXPLAINED,
        @Doc("Share of outputs that should be 1 and are above 0.5.")
        RECALL,
        @Doc("Share of outputs on the right side of 0.5.")
        ACCURACY,
        @Doc(
                "Mean over neurons that answer any pair of the largest response to a pair over the sum of responses; a response "
                        + "is what no linear function of the inputs explains.")
        MONOSEMANTICITY,
        @Doc("Neurons that answer no pair.")
        SILENT_NEURONS,
        @Doc("Mean over neurons of the number of outputs to which they write at least a fifth of their largest weight.")
        OUTPUTS_PER_NEURON,
        @Doc("Mean over outputs of the number of neurons that write at least a fifth of the largest weight to them.")
        NEURONS_PER_OUTPUT
    }

    public ToyComputation {
        what = List.copyOf(what);
        if (what.isEmpty() || rows < 1 || rows > 1_000_000) {
            throw new IllegalArgumentException("`toy-computation` needs a quantity and 1 to 1000000 rows");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (!planning.model().shape().kind().equals("compute-mlp")
                || !(planning.vectors() instanceof FeaturePairs data)
                || data.function() == FeaturePairs.Function.ABS) {
            throw new IllegalArgumentException(
                    "`toy-computation` measures a compute-mlp on `feature-pairs` whose function "
                            + "is one of two inputs: and, or, xor");
        }
        return new Work(this, data).add(planning);
    }

    record Work(ToyComputation analysis, FeaturePairs data) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            ToyModel toy = weights.toy();
            InstanceGrid grid = InstanceGrid.of(weights.shape());
            List<Axis> axes = axes(weights.shape());
            double[] out = new double[NamedArray.sizeOf(axes)];
            int points = grid.instances() / grid.copies();
            for (int point = 0; point < points; point++) {
                Map<What, Double> best = Map.of();
                for (int copy = 0; copy < grid.copies(); copy++) {
                    Map<What, Double> one = of(toy, grid, point * grid.copies() + copy);
                    if (best.isEmpty() || number(one, What.LOSS) < number(best, What.LOSS)) {
                        best = one;
                    }
                }
                for (int q = 0; q < analysis.what.size(); q++) {
                    out[q * points + point] = number(best, analysis.what.get(q));
                }
            }
            return new NamedArray(axes, out);
        }

        private static double number(Map<What, Double> all, What what) {
            Double number = all.get(what);
            if (number == null) {
                throw new IllegalStateException("no " + what);
            }
            return number;
        }

        private Map<What, Double> of(ToyModel toy, InstanceGrid grid, int instance) {
            Double known = grid.sparsity(instance);
            double sparsity = known == null ? data.sparsity().get(0) : known;
            int place = grid.place(instance, "sparsity");
            Examples drawn = data.draw(RowRandom.mix(analysis.seed + place), analysis.rows, sparsity);
            Map<What, Double> out = errors(toy.answers(instance, drawn.x()), drawn.y());
            double relative = number(out, What.LOSS) / data.zeroModelLoss(sparsity);
            out.put(What.RELATIVE_LOSS, relative);
            out.put(What.EXPLAINED, 1 - relative);
            neurons(toy, instance, out);
            return out;
        }

        private static Map<What, Double> errors(float[] answers, float[] targets) {
            double squares = 0;
            int right = 0;
            int present = 0;
            int found = 0;
            for (int i = 0; i < answers.length; i++) {
                double off = answers[i] - targets[i];
                squares += off * off;
                boolean said = answers[i] > 0.5;
                right += said == targets[i] > 0.5 ? 1 : 0;
                present += targets[i] > 0.5 ? 1 : 0;
                found += said && targets[i] > 0.5 ? 1 : 0;
            }
            Map<What, Double> out = new EnumMap<>(What.class);
            out.put(What.LOSS, squares / answers.length);
            out.put(What.ACCURACY, right / (double) answers.length);
            out.put(What.RECALL, present == 0 ? Double.NaN : found / (double) present);
            return out;
        }

        private void neurons(ToyModel toy, int instance, Map<What, Double> out) {
            int inputs = data.features();
            double[][] responses = PairResponses.of(toy.hidden(instance, PairResponses.everyInput(inputs)), inputs);
            double sum = 0;
            int answering = 0;
            for (double[] neuron : responses) {
                double purity = PairResponses.monosemanticity(neuron, SILENT);
                sum += Double.isNaN(purity) ? 0 : purity;
                answering += Double.isNaN(purity) ? 0 : 1;
            }
            out.put(What.MONOSEMANTICITY, answering == 0 ? Double.NaN : sum / answering);
            out.put(What.SILENT_NEURONS, (double) responses.length - answering);
            double[][] read = written(toy, instance);
            out.put(What.OUTPUTS_PER_NEURON, counted(read));
            out.put(What.NEURONS_PER_OUTPUT, counted(transposed(read)));
        }

        /** |W_out| [hidden][output] of an instance, its own neurons alone. */
        private double[][] written(ToyModel toy, int instance) {
            float[] all = toy.parameter("W_out");
            double[][] out = new double[toy.hidden(instance)][data.answers()];
            for (int n = 0; n < out.length; n++) {
                for (int o = 0; o < out[n].length; o++) {
                    out[n][o] = Math.abs(all[(instance * toy.widest() + n) * out[n].length + o]);
                }
            }
            return out;
        }

        private static double[][] transposed(double[][] matrix) {
            double[][] out = new double[matrix[0].length][matrix.length];
            for (int r = 0; r < matrix.length; r++) {
                for (int c = 0; c < matrix[r].length; c++) {
                    out[c][r] = matrix[r][c];
                }
            }
            return out;
        }

        /** Mean over rows of how many numbers are at least a fifth of the row's largest. */
        private static double counted(double[][] rows) {
            double sum = 0;
            for (double[] row : rows) {
                double most = 0;
                for (double value : row) {
                    most = Math.max(most, value);
                }
                for (double value : row) {
                    sum += most > 0 && value >= COUNTS * most ? 1 : 0;
                }
            }
            return sum / rows.length;
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            List<Axis> axes = new ArrayList<>();
            axes.add(new Axis(
                    "quantity", analysis.what.stream().map(ConstantDoc::word).toList()));
            axes.addAll(InstanceGrid.of(shape).points());
            return axes;
        }

        @Override
        public String label() {
            return "computation: "
                    + analysis.what.stream().map(ConstantDoc::word).collect(Collectors.joining(", "));
        }

        @Override
        public long flops(ModelShape shape) {
            return 2L * analysis.rows * shape.parameters();
        }
    }

    @Override
    public String title() {
        return "Computation";
    }

    @Override
    public String formula() {
        return "on " + rows + " new input vectors (seed " + seed
                + "); a neuron's response to a pair (i, j) is the mean of its "
                + "activation times s_i s_j over all binary inputs, s = -1 or 1, to which no linear function of the inputs "
                + "contributes";
    }

    @Override
    public String formula(String part) {
        return ConstantDoc.before(formula(), what, part);
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
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
