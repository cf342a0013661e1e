package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much of a pair MLP's logits is a sum of waves in a + b - c, and what they predict (Nanda et al. 2023). */
@Named("fourier-logits")
@Doc(
        "How much of the logits of a pair-mlp are waves in a + b - c (for subtraction a - b - c), and the loss of those waves "
                + "alone and of the rest.")
@Example("{fourier-logits: [explained, restricted, excluded], key: 29}")
public record FourierLogits(
        @Key("fourier-logits") @OneOrMany @Doc("What is reported.")
        List<What> what,

        @Default("0") @Doc("Number of key frequencies: those that explain most of the logits; 0 for all.")
        int key)
        implements ToyAnalysis {
    /** What can be reported. */
    public enum What {
        @Doc("Share of the variance of the centred logits over all pairs at the key frequencies of the offset.")
        EXPLAINED,
        @Doc("Loss in nats of the logits at the key frequencies alone, on the rows of the dataset.")
        RESTRICTED,
        @Doc("Loss in nats of the logits without the key frequencies, on the rows of the dataset.")
        EXCLUDED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public FourierLogits {
        what = List.copyOf(what);
        if (what.isEmpty() || key < 0) {
            throw new IllegalArgumentException("`fourier-logits` needs a quantity, and `key` must not be negative");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        PairTables.check(planning);
        if (!(planning.vectors() instanceof ModularPairs pairs)
                || pairs.operation() != ModularPairs.Operation.ADD
                        && pairs.operation() != ModularPairs.Operation.SUBTRACT) {
            throw new IllegalArgumentException("`fourier-logits` reads `modular-pairs` that are added or subtracted");
        }
        return new Work(this, pairs).add(planning);
    }

    record Work(FourierLogits analysis, ModularPairs data) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            ToyModel toy = weights.toy();
            double[] out = new double[analysis.what.size() * toy.instances()];
            for (int i = 0; i < toy.instances(); i++) {
                double[] one = of(toy, i);
                for (int q = 0; q < one.length; q++) {
                    out[q * toy.instances() + i] = one[q];
                }
            }
            return new NamedArray(axes(weights.shape()), out);
        }

        private double[] of(ToyModel toy, int instance) {
            int p = data.modulus();
            RealFourier basis = new RealFourier(p);
            int sign = data.operation() == ModularPairs.Operation.ADD ? 1 : -1;
            float[] all = new float[2 * p * p];
            for (int pair = 0; pair < p * p; pair++) {
                all[2 * pair] = pair / p;
                all[2 * pair + 1] = pair % p;
            }
            TrigonometricLogits waves = new TrigonometricLogits(basis, sign, toy.answers(instance, all));
            boolean[] keys = keys(basis, waves);
            return analysis.what.stream()
                    .mapToDouble(what -> switch (what) {
                        case EXPLAINED -> {
                            double sum = 0;
                            for (int k = 1; k <= keys.length; k++) {
                                sum += keys[k - 1] ? waves.explained(k) : 0;
                            }
                            yield sum;
                        }
                        case RESTRICTED -> loss(waves.part(keys, true));
                        case EXCLUDED -> loss(waves.part(keys, false));
                    })
                    .toArray();
        }

        private boolean[] keys(RealFourier basis, TrigonometricLogits waves) {
            int count = analysis.key == 0 ? basis.frequencies() : Math.min(analysis.key, basis.frequencies());
            double[] shares = new double[basis.frequencies()];
            for (int k = 1; k <= shares.length; k++) {
                shares[k - 1] = waves.explained(k);
            }
            double[] sorted = shares.clone();
            Arrays.sort(sorted);
            double least = sorted[sorted.length - count];
            boolean[] keys = new boolean[shares.length];
            for (int k = 0; k < keys.length; k++) {
                keys[k] = shares[k] >= least;
            }
            return keys;
        }

        /** Mean negative log-probability of the results of the dataset's pairs. */
        private double loss(float[] logits) {
            int p = data.modulus();
            int[][] pairs = data.chosen();
            double sum = 0;
            for (int[] pair : pairs) {
                int from = (pair[0] * p + pair[1]) * p;
                double most = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < p; c++) {
                    most = Math.max(most, logits[from + c]);
                }
                double total = 0;
                for (int c = 0; c < p; c++) {
                    total += Math.exp(logits[from + c] - most);
                }
                sum += Math.log(total) + most - logits[from + data.result(pair[0], pair[1])];
            }
            return sum / pairs.length;
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            List<Axis> axes = new ArrayList<>();
            axes.add(new Axis("quantity", analysis.what.stream().map(What::word).toList()));
            axes.addAll(InstanceGrid.of(shape).shown());
            return axes;
        }

        @Override
        public String label() {
            return "waves of logits " + analysis.what;
        }

        @Override
        public long flops(ModelShape shape) {
            return 2L * shape.parameters() * data.modulus() * data.modulus();
        }
    }

    @Override
    public String title() {
        return "Waves in the logits";
    }

    @Override
    public String formula() {
        return "logits centred over c; at each offset a + b - c (a - b - c) their mean over all pairs, and the frequencies of "
                + "that curve";
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
    public String parts() {
        return "quantity";
    }
}
