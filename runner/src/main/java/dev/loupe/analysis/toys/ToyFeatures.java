package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Compute;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a toy autoencoder does with its features, over sparsities (Elhage et al. 2022, "Toy Models of Superposition"). */
@Named("toy-features")
@Doc("Losses and feature geometry of a toy autoencoder, for every sparsity that it was trained with.")
@Example("{toy-features: [loss, relative-loss, represented], rows: 20000, seed: 5}")
public record ToyFeatures(
        @OneOrMany @dev.loupe.schema.annotation.Key("toy-features") @Doc("What is reported.")
        List<What> what,

        @Default("best")
        @Doc("`best`: the instance with the lowest loss at each sparsity, since training can end in local optima. "
                + "`all`: every instance.")
        Copies copies,

        @Default("20000") @Doc("Number of new feature vectors on which the loss is measured.")
        int rows,

        @Default("5") @Doc("Seed of the feature vectors.") long seed)
        implements ToyAnalysis {
    /** What can be reported. */
    public enum What {
        @Doc("Squared error times the importance of the feature, averaged over vectors and features: the "
                + "training loss without dropout.")
        LOSS(false),
        @Doc("The loss with dropout of hidden values as in training; for a card with dropout.")
        DROPOUT_LOSS(false),
        @Doc("Squared error, averaged over vectors and features with equal weights.")
        UNWEIGHTED_LOSS(false),
        @Doc("The loss divided by the loss of a model that always outputs zero.")
        RELATIVE_LOSS(false),
        @Doc("The loss on vectors with exactly one active feature.")
        SINGLE_LOSS(false),
        @Doc(
                "Share of features whose presence is classified wrongly at a threshold of 0.5. For active features that are 1: of "
                        + "uniform ones half are below it.")
        ERROR(false),
        @Doc("Features with |W_i| above 0.5.")
        REPRESENTED(false),
        @Doc("D_i = |W_i|^2 / sum_j (W_i/|W_i| . W_j)^2.")
        DIMENSIONALITY(true),
        @Doc("|W_i|.")
        NORM(true),
        @Doc("b_i.")
        BIAS(true),
        @Doc("W_i as arrows, for two hidden dimensions.")
        DIRECTIONS(true);

        private final boolean perFeature;

        What(boolean perFeature) {
            this.perFeature = perFeature;
        }
    }

    /** Which copies are shown. */
    public enum Copies {
        BEST,
        ALL
    }

    public ToyFeatures {
        if (what.isEmpty() || what.stream().anyMatch(w -> w.perFeature != what.get(0).perFeature)) {
            throw new IllegalArgumentException(
                    "`toy-features` lists either numbers per model (loss, dropout-loss,"
                            + " unweighted-loss, relative-loss, single-loss, error, represented) or numbers per feature (dimensionality, norm, bias), not both");
        }
        if (what.contains(What.DIRECTIONS) && what.size() > 1) {
            throw new IllegalArgumentException(
                    "`directions` cannot be combined with other numbers: it has a " + "different axis");
        }
        if (rows < 1 || rows > 1_000_000) {
            throw new IllegalArgumentException("`rows` must be 1..1000000, not " + rows);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (!planning.model().shape().kind().equals("toy-autoencoder")) {
            throw new IllegalArgumentException(planning.model().label() + " is not a toy autoencoder");
        }
        if (what.contains(What.DROPOUT_LOSS) && !planning.dropsHidden()) {
            throw new IllegalArgumentException("`dropout-loss` needs a card with `dropout`, and "
                    + planning.model().label() + " was trained without it; use `loss`");
        }
        if (!(planning.vectors() instanceof SparseFeatures data)) {
            throw new IllegalArgumentException("a toy autoencoder reads `sparse-features`");
        }
        Work work = new Work(this, data);
        return planning.builder().add(id -> new Compute(id, work, planning.load(), planning.model()));
    }

    /** This analysis with the features that it is measured on. */
    record Work(ToyFeatures analysis, SparseFeatures data) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            InstanceGrid grid = InstanceGrid.of(weights.shape());
            FreshFeatures toy = FreshFeatures.evaluate(
                    weights.toy(),
                    grid,
                    data,
                    analysis.rows,
                    analysis.seed,
                    i -> new RowRandom(RowRandom.mix(~analysis.seed), i)::nextDouble);
            List<Axis> axes = axes(weights.shape());
            double[] out = new double[NamedArray.sizeOf(axes)];
            int at = 0;
            for (What what : analysis.what) {
                for (int instance : toy.shown(analysis.copies == Copies.BEST)) {
                    double sparsity = data.sparsity().get(grid.place(instance, "sparsity"));
                    if (!what.perFeature) {
                        out[at++] = perModel(toy, what, instance, sparsity);
                        continue;
                    }
                    for (int f = 0; f < toy.features(); f++) {
                        if (what == What.DIRECTIONS) {
                            out[at++] = toy.coordinate(instance, f, 0);
                            out[at++] = toy.coordinate(instance, f, 1);
                        } else {
                            out[at++] = perFeature(toy, what, instance, f);
                        }
                    }
                }
            }
            return new NamedArray(axes, out);
        }

        private double perModel(FreshFeatures toy, What what, int instance, double sparsity) {
            return switch (what) {
                case LOSS -> toy.losses().get(instance).weighted();
                case DROPOUT_LOSS -> toy.losses().get(instance).dropout();
                case UNWEIGHTED_LOSS -> toy.losses().get(instance).unweighted();
                case SINGLE_LOSS -> toy.losses().get(instance).single();
                case RELATIVE_LOSS -> toy.losses().get(instance).weighted() / data.zeroModelLoss(sparsity);
                case ERROR -> toy.losses().get(instance).error();
                default -> {
                    int represented = 0;
                    for (int f = 0; f < toy.features(); f++) {
                        represented += toy.squaredNorm(instance, f) > 0.25 ? 1 : 0;
                    }
                    yield represented;
                }
            };
        }

        private static double perFeature(FreshFeatures toy, What what, int instance, int feature) {
            return switch (what) {
                case DIMENSIONALITY -> toy.dimensionality(instance, feature);
                case NORM -> Math.sqrt(toy.squaredNorm(instance, feature));
                default -> toy.bias(instance, feature);
            };
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            List<Axis> axes = new ArrayList<>();
            if (analysis.what.get(0) != What.DIRECTIONS) {
                axes.add(new Axis(
                        "quantity",
                        analysis.what.stream().map(ConstantDoc::word).toList()));
            }
            axes.addAll(
                    analysis.copies == Copies.ALL
                            ? shape.instances()
                            : InstanceGrid.of(shape).points());
            if (analysis.what.get(0).perFeature) {
                axes.add(Axis.counted("feature", shape.outputs()));
            }
            if (analysis.what.get(0) == What.DIRECTIONS) {
                if (shape.dModel() != 2) {
                    throw new IllegalArgumentException(
                            "`directions` draws two hidden dimensions, not " + shape.dModel());
                }
                axes.add(new Axis("dim", List.of("x", "y")));
            }
            return axes;
        }

        @Override
        public String label() {
            return "features: " + analysis.what.stream().map(ConstantDoc::word).collect(Collectors.joining(", "));
        }

        @Override
        public long flops(ModelShape shape) {
            return 4L * NamedArray.sizeOf(shape.instances()) * analysis.rows * shape.dModel() * shape.outputs();
        }
    }

    @Override
    public String title() {
        return "Features";
    }

    @Override
    public String formula() {
        return "x' = act(W' W x + b) with its own activation on " + rows + " fresh feature vectors (seed " + seed
                + ")"
                + (copies == Copies.BEST ? "; of each sparsity's copies the one of lowest loss" : "")
                + " (Elhage et al. 2022)";
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
        return what.contains(What.DIRECTIONS) ? Figure.VECTORS : Figure.LINES;
    }

    @Override
    public String parts() {
        return what.contains(What.DIRECTIONS) ? "" : "quantity";
    }
}
