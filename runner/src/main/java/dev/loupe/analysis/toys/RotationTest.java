package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What it costs a toy autoencoder with dropout to have its features in another basis. */
@Named("rotation-test")
@Doc("The loss with dropout of a toy autoencoder, and of the same network after random rotations of its hidden "
        + "neurons. Without dropout a rotation changes nothing. Averaged over copies.")
@Example("{rotation-test: 50, rows: 1000, seed: 3}")
public record RotationTest(
        @Key("rotation-test") @Doc("Number of random rotations.")
        int rotations,

        @Default("1000") @Doc("Number of feature vectors on which the loss is measured.")
        int rows,

        @Default("4") @Doc("Number of copies of each point of the card's grid that are measured: the first ones.")
        int copies,

        @Default("3") @Doc("Seed of the rotations, vectors and dropout.")
        long seed)
        implements ToyAnalysis {
    /** Losses that differ by less of their size are equal: a rotation without dropout changes no loss but by rounding. */
    private static final double ROUNDING = 1e-4;

    private static final List<String> QUANTITIES = List.of("own", "mean", "least", "share-below");

    public RotationTest {
        if (rotations < 2 || rotations > 10_000 || rows < 1 || rows > 1_000_000 || copies < 1) {
            throw new IllegalArgumentException(
                    "`rotation-test` needs 2 to 10000 rotations, 1 to 1000000 rows and at least one copy");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (!planning.dropsHidden() || !(planning.vectors() instanceof SparseFeatures data)) {
            throw new IllegalArgumentException("`rotation-test` needs a toy autoencoder with `dropout`, and "
                    + planning.model().label() + " has none: without it every rotation has the same loss");
        }
        return new Work(this, data).add(planning);
    }

    record Work(RotationTest test, SparseFeatures data) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            ToyModel toy = weights.toy();
            InstanceGrid grid = InstanceGrid.of(weights.shape());
            int points = grid.instances() / grid.copies();
            int copies = Math.min(test.copies, grid.copies());
            double[] out = new double[QUANTITIES.size() * points];
            for (int point = 0; point < points; point++) {
                for (int copy = 0; copy < copies; copy++) {
                    double[] one = of(toy, grid, point * grid.copies() + copy);
                    for (int q = 0; q < one.length; q++) {
                        out[q * points + point] += one[q] / copies;
                    }
                }
            }
            return new NamedArray(axes(weights.shape()), out);
        }

        /** Own loss, mean and least loss after rotations, share of rotations with a loss below the own one. */
        private double[] of(ToyModel toy, InstanceGrid grid, int instance) {
            int place = grid.place(instance, "sparsity");
            Examples rows = data.draw(
                    RowRandom.mix(test.seed + place), test.rows, data.sparsity().get(place));
            double own = loss(toy, instance, rows, Map.of());
            double[][] w = PrivilegedBasis.w(toy, instance, data.features());
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            int below = 0;
            boolean matters = false;
            for (int r = 0; r < test.rotations; r++) {
                RowRandom random = new RowRandom(RowRandom.mix(test.seed) + r, instance);
                double[][] turned = HaarRotation.draw(w.length, random).times(w);
                double loss = loss(
                        toy, instance, rows, Map.of("W", EachNetwork.padded(turned, toy.widest(), data.features())));
                sum += loss;
                least = Math.min(least, loss);
                below += loss < own ? 1 : 0;
                matters |= Math.abs(loss - own) > ROUNDING * own;
            }
            double shareBelow = matters ? below / (double) test.rotations : Double.NaN;
            return new double[] {own, sum / test.rotations, least, shareBelow};
        }

        /** Every rotation meets the same vectors and drops the same neurons. */
        private double loss(ToyModel toy, int instance, Examples rows, Map<String, float[]> instead) {
            RowRandom drops = new RowRandom(RowRandom.mix(~test.seed), instance);
            return toy.trainedLoss(instance, data, rows, drops::nextDouble, instead);
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            List<Axis> axes = new ArrayList<>();
            axes.add(new Axis("quantity", QUANTITIES));
            axes.addAll(InstanceGrid.of(shape).points());
            return axes;
        }

        @Override
        public String label() {
            return "rotation test";
        }

        @Override
        public long flops(ModelShape shape) {
            return 4L * test.rotations * test.rows * shape.parameters();
        }
    }

    @Override
    public String title() {
        return "Rotation test";
    }

    @Override
    public String formula() {
        return "loss with dropout of W and of Q W for " + rotations
                + " rotations Q drawn from Haar's measure, on the same "
                + rows + " vectors with the same neurons dropped (seed " + seed
                + "); share-below: the share of rotations "
                + "whose loss is below the trained one, undefined where no rotation changes the loss";
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
