package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How many directions a head's circuit has and how strong they are, beside random factors of the same size. No matrix of
 * d_model x d_model is decomposed: the factors' Gram matrices [d_head, d_head] are enough.
 */
@Named("svd")
@Doc("Singular values of OV or QK matrices, or eigenvalues of the symmetric part of QK, compared with random "
        + "matrices of the same norms.")
@Example("{svd: OV, heads: [L0H0]}")
public record Svd(
        @Doc("The circuit.") Which svd,
        @OneOrMany @Doc("Heads such as `L0H0`.") List<HeadName> heads,

        @Default("residual") @Doc("The basis in which the circuit is read.")
        CircuitBasis between,

        @Default("20") @Doc("Number of pairs of random factors to average over.")
        int draws,

        @Default("12") @Doc("Seed of the random factors.") long seed)
        implements WeightAnalysis, ModelComputation {
    /** A circuit of a head. */
    public enum Which {
        @Key("OV")
        @Doc("Singular values of W_V W_O.")
        OV,
        @Key("QK")
        @Doc("Singular values of the bilinear form W_Q W_K'.")
        QK,
        @Key("QK-symmetric")
        @Doc("Eigenvalues of (W_Q W_K' + W_K W_Q') / 2, the part that determines the score of a vector with itself.")
        QK_SYMMETRIC
    }

    private static final List<String> WEIGHTS = List.of("measured", "random");

    public Svd {
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("name at least one head, such as L0H0");
        }
        if (draws < 1 || draws > 1000) {
            throw new IllegalArgumentException("the number of random draws must be 1 to 1000, not " + draws);
        }
    }

    /** Rows that are in double precision at a time. */
    private static final int AT_ONCE = 4096;

    @Override
    public int plan(AnalysisPlanning planning) {
        heads.forEach(h -> h.in(planning.model().shape()));
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        int kept = directions(w.shape());
        double[] out = new double[heads.size() * 2 * kept];
        NDArray unembedding = svd == Which.OV && between != CircuitBasis.RESIDUAL
                ? squared(w.tensor("unembed.W_U").transpose())
                : null;
        Map<Integer, NDArray> seen = new HashMap<>();
        for (int h = 0; h < heads.size(); h++) {
            Planning.Head head = heads.get(h).in(w.shape());
            NDArray first = factor(w, head, svd == Which.OV ? "W_V" : "W_Q");
            NDArray second = svd == Which.OV ? factor(w, head, "W_O").transpose() : factor(w, head, "W_K");
            NDArray left = between == CircuitBasis.RESIDUAL
                    ? null
                    : seen.computeIfAbsent(head.layer(), layer -> squared(w, layer));
            NDArray right = svd == Which.OV ? unembedding : left;
            System.arraycopy(spectrum(first, second, left, right, kept), 0, out, 2 * h * kept, kept);
            double[] random = random(first, second, left, right, kept, seed + 1009L * h);
            System.arraycopy(random, 0, out, (2 * h + 1) * kept, kept);
        }
        return new NamedArray(axes(w.shape()), out);
    }

    /** [d_model, d_head] in double precision; W_O the other way round. */
    private static NDArray factor(WeightAccess w, Planning.Head head, String matrix) {
        return w.inCircuit(head.layer(), matrix).get(head.head()).toType(DataType.FLOAT64, true);
    }

    private NDArray squared(WeightAccess w, int layer) {
        try (NDArray tokens = between.tokens(w, layer)) {
            return squared(tokens);
        }
    }

    /** {@code M'M} [d_model, d_model] of M [token, d_model], in double precision. */
    private static NDArray squared(NDArray tokens) {
        long rows = tokens.getShape().get(0);
        NDArray sum = null;
        for (long from = 0; from < rows; from += AT_ONCE) {
            try (NDManager part = tokens.getManager().newSubManager()) {
                NDArray some = tokens.get(part, new NDIndex().addSliceDim(from, Math.min(rows, from + AT_ONCE)));
                NDArray wide = some.toType(DataType.FLOAT64, true);
                NDArray product = wide.transpose().matMul(wide);
                if (sum == null) {
                    product.attach(tokens.getManager());
                    sum = product;
                } else {
                    sum.addi(product);
                }
            }
        }
        return Objects.requireNonNull(sum, "no tokens");
    }

    /**
     * @param a the first factor [d_model, d_head]
     * @param b the second
     * @param left what the first is seen through [d_model, d_model], null for nothing
     * @param right what the second is seen through
     */
    private double[] spectrum(NDArray a, NDArray b, @Nullable NDArray left, @Nullable NDArray right, int kept) {
        double[] all = svd == Which.QK_SYMMETRIC
                ? symmetric(a, b, left)
                : FactorSpectrum.singularValues(gram(a, left), gram(b, right));
        double[] out = new double[kept];
        // Where factors are wider than the matrix, the numbers next to 0 are none of its own.
        int more = all.length - kept;
        int top = 0;
        while (top < kept && Math.abs(all[top]) >= Math.abs(all[top + more])) {
            top++;
        }
        System.arraycopy(all, 0, out, 0, top);
        System.arraycopy(all, top + more, out, top, kept - top);
        return out;
    }

    private static double[] gram(NDArray factor, @Nullable NDArray metric) {
        if (metric == null) {
            return product(factor, factor);
        }
        try (NDArray seen = metric.matMul(factor)) {
            return product(factor, seen);
        }
    }

    /** {@code A'B}; what is made on the way goes at once, as there are many draws. */
    private static double[] product(NDArray a, NDArray b) {
        try (NDArray transposed = a.transpose();
                NDArray product = transposed.matMul(b)) {
            return product.toDoubleArray();
        }
    }

    private static double[] symmetric(NDArray a, NDArray b, @Nullable NDArray metric) {
        try (NDArray both = a.concat(b, 1)) {
            return FactorSpectrum.symmetricPart(gram(both, metric));
        }
    }

    private double[] random(
            NDArray a, NDArray b, @Nullable NDArray left, @Nullable NDArray right, int kept, long start) {
        double[] mean = new double[kept];
        SplittableRandom random = new SplittableRandom(start);
        for (int draw = 0; draw < draws; draw++) {
            try (NDArray first = drawn(a, random);
                    NDArray second = drawn(b, random)) {
                double[] one = spectrum(first, second, left, right, kept);
                for (int i = 0; i < kept; i++) {
                    mean[i] += one[i] / draws;
                }
            }
        }
        return mean;
    }

    /** Independent normal numbers with the norm of a factor. */
    private static NDArray drawn(NDArray like, SplittableRandom random) {
        Shape shape = like.getShape();
        double[] numbers = new double[(int) shape.size()];
        double squares = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextGaussian();
            squares += numbers[i] * numbers[i];
        }
        double wanted = 0;
        for (double x : like.toDoubleArray()) {
            wanted += x * x;
        }
        double scale = Math.sqrt(wanted / squares);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= scale;
        }
        return like.getManager().create(numbers, shape);
    }

    /** How many are not 0 for sure. */
    private int directions(ModelShape shape) {
        return Math.min(svd == Which.QK_SYMMETRIC ? 2 * shape.dHead() : shape.dHead(), shape.dModel());
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(
                new Axis("svd_head", heads.stream().map(HeadName::toString).toList()),
                new Axis("weights", WEIGHTS),
                Axis.counted("direction", directions(shape)));
    }

    @Override
    public long bytes(ModelShape s) {
        return between.bytes(s);
    }

    @Override
    public long flops(ModelShape s) {
        long width = svd == Which.QK_SYMMETRIC ? 2L * s.dHead() : s.dHead();
        long one = 2L * s.dModel() * width * width + 30L * width * width * width;
        long tokens = between == CircuitBasis.RESIDUAL ? 0 : 2L * s.vocabulary() * s.dModel() * s.dModel();
        return heads.size() * (tokens + (1L + draws) * 2 * one);
    }

    @Override
    public String label() {
        return "spectrum of " + svd.name().replace('_', ' ') + " of " + heads;
    }

    @Override
    public String title() {
        return switch (svd) {
            case OV -> "Singular values of OV";
            case QK -> "Singular values of QK";
            case QK_SYMMETRIC -> "Eigenvalues of the symmetric part of QK";
        };
    }

    @Override
    public String formula() {
        String matrix = switch (svd) {
            case OV -> "singular values of W_V W_O";
            case QK -> "singular values of W_Q W_K'";
            case QK_SYMMETRIC -> "eigenvalues of (W_Q W_K' + W_K W_Q') / 2";
        };
        return matrix + ", " + between.word() + "; biases, rotation and the attention scale are not included. Random:"
                + " mean over " + draws + " pairs of normal factors with the same Frobenius norms, seed " + seed + ".";
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
    public boolean searches() {
        return true;
    }
}
