package dev.loupe.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A sample in which the numbers along one axis become others, all at once: a curve and what is said of it. The rows are
 * resampled below, and each resample is mapped once, whatever is read of it.
 */
public final class Mapped implements Sample {
    private final Sample of;
    private final String along;
    private final Axis into;
    private final UnaryOperator<double[]> map;
    private final Map<Integer, NamedArray> replicates = new ConcurrentHashMap<>();

    /**
     * @param along the axis that goes
     * @param into the axis that comes, as the first
     * @param map from the numbers along the one to those along the other
     */
    public Mapped(Sample of, String along, Axis into, UnaryOperator<double[]> map) {
        this.of = of;
        this.along = along;
        this.into = into;
        this.map = map;
    }

    /** The same of exact numbers. */
    public static NamedArray of(NamedArray array, String along, Axis into, UnaryOperator<double[]> map) {
        List<Axis> kept = new ArrayList<>(array.axes());
        int k = array.axisIndex(along);
        int length = kept.remove(k).size();
        int inner = NamedArray.sizeOf(kept.subList(k, kept.size()));
        int curves = NamedArray.sizeOf(kept);
        double[] out = new double[into.size() * curves];
        for (int curve = 0; curve < curves; curve++) {
            double[] numbers = new double[length];
            int first = curve / inner * length * inner + curve % inner;
            for (int i = 0; i < length; i++) {
                numbers[i] = array.data()[first + i * inner];
            }
            double[] mapped = map.apply(numbers);
            for (int i = 0; i < mapped.length; i++) {
                out[i * curves + curve] = mapped[i];
            }
        }
        kept.add(0, into);
        return new NamedArray(kept, out);
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
