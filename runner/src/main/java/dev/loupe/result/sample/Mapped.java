package dev.loupe.result.sample;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A sample in which the numbers along some axes become others, all at once: a curve and what is said of it. The rows are
 * resampled below, and each resample is mapped once, whatever is read of it.
 */
public final class Mapped implements Sample {
    private final Sample of;
    private final List<String> along;
    private final List<Axis> into;
    private final UnaryOperator<double[]> map;
    private final Map<Integer, NamedArray> replicates = new ConcurrentHashMap<>();

    /**
     * @param along the axes that go
     * @param into the axes that come, as the first
     * @param map from the numbers along the ones to those along the others, the last axis fastest
     */
    public Mapped(Sample of, List<String> along, List<Axis> into, UnaryOperator<double[]> map) {
        this.of = of;
        this.along = List.copyOf(along);
        this.into = List.copyOf(into);
        this.map = map;
    }

    /** The same of exact numbers. */
    public static NamedArray of(NamedArray array, List<String> along, List<Axis> into, UnaryOperator<double[]> map) {
        Reduced.Groups groups = Reduced.Groups.of(array, along);
        int curves = groups.numbers().length;
        double[] out = new double[NamedArray.sizeOf(into) * curves];
        for (int curve = 0; curve < curves; curve++) {
            double[] mapped = map.apply(groups.numbers()[curve]);
            for (int i = 0; i < mapped.length; i++) {
                out[i * curves + curve] = mapped[i];
            }
        }
        List<Axis> axes = new ArrayList<>(into);
        axes.addAll(groups.kept());
        return new NamedArray(axes, out);
    }

    @Override
    public List<Axis> axes() {
        return estimate().axes();
    }

    @Override
    public int rows() {
        return of.rows();
    }

    @Override
    public NamedArray estimate() {
        return replicates.computeIfAbsent(-1, k -> of(of.estimate(), along, into, map));
    }

    @Override
    public NamedArray replicate(Resampling resampling, int b) {
        return b < 0
                ? estimate()
                : replicates.computeIfAbsent(b, k -> of(of.replicate(resampling, k), along, into, map));
    }

    @Override
    public Sample at(String axis, int index) {
        return new View(this, axis, index);
    }

    /** One index of one axis. */
    private record View(Sample whole, String axis, int index) implements Sample {
        @Override
        public List<Axis> axes() {
            return estimate().axes();
        }

        @Override
        public int rows() {
            return whole.rows();
        }

        @Override
        public NamedArray estimate() {
            return whole.estimate().at(axis, index);
        }

        @Override
        public NamedArray replicate(Resampling resampling, int b) {
            return whole.replicate(resampling, b).at(axis, index);
        }

        @Override
        public Sample at(String other, int at) {
            return new View(this, other, at);
        }
    }
}
