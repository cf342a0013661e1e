package dev.loupe.analysis.circuits;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.reading.RandomDirections;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.GradientBatch;
import dev.loupe.metric.GradientReading;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.text.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What patching each cell would change, to first order: (activation written - own activation) . gradient, summed over what the
 * cell's edits touch.
 *
 * @param cells whose edits say where; what they write is always the other rows' activation
 * @param by what the numbers are
 * @param steps inputs between the two halves over which gradients are averaged
 * @param random seed of random directions of equal norm that take the differences' place, null for the differences
 */
record CellEstimate(
        Metric metric,
        List<Cell> cells,
        List<Axis> sweep,
        List<Integer> absent,
        By by,
        int steps,
        @Nullable Long random)
        implements GradientReading {
    /** What a cell's number is. */
    public enum By {
        @Doc("(patched activation - original activation) . gradient: the first-order estimate of the change in the "
                + "metric.")
        GRADIENT,
        @Doc("The Euclidean norm of (patched activation - original activation), whatever the metric: a baseline "
                + "that uses no gradient.")
        CHANGE
    }

    static final int MOST_STEPS = 1000;

    /** Which run the values come from is said once, by the step: equal places are then equal estimates. */
    private static final EditValue WRITTEN = new EditValue.FromRun(-1);

    CellEstimate {
        cells = cells.stream().map(CellEstimate::places).toList();
        sweep = List.copyOf(sweep);
        absent = List.copyOf(absent);
    }

    private static Cell places(Cell cell) {
        return new Cell(
                cell.index(),
                cell.edits().stream()
                        .map(e -> new Edit(e.point(), e.components(), e.positions(), e.keys(), WRITTEN))
                        .toList());
    }

    @Override
    public List<HookPoint> outputs(ModelShape shape) {
        return cells.stream()
                .flatMap(c -> c.edits().stream())
                .map(Edit::point)
                .distinct()
                .toList();
    }

    @Override
    public List<HookPoint> inputs(ModelShape shape) {
        return outputs(shape);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return sweep;
    }

    @Override
    public void check(TokenRows rows) {
        metric.check(rows);
        for (Cell cell : cells) {
            for (Edit edit : cell.edits()) {
                edit.positions().names().forEach(name -> rows.belongs(name, 0, 0));
                edit.keys().names().forEach(name -> rows.belongs(name, 0, 0));
            }
        }
    }

    @Override
    public RowValues read(GradientBatch batch) {
        Map<HookPoint, Products> products = new HashMap<>();
        for (HookPoint point : outputs(batch.shape())) {
            products.put(point, Products.of(batch, point, by, random));
        }
        int rows = batch.rows().rows();
        int width = dev.loupe.result.NamedArray.sizeOf(sweep);
        RowValues out = RowValues.zeros(rows * width);
        for (int row = 0; row < rows; row++) {
            for (int index : absent) {
                out.denominator()[row * width + index] = batch.counts()[row];
            }
            for (Cell cell : cells) {
                int to = row * width + cell.index();
                out.denominator()[to] = batch.counts()[row];
                for (Edit edit : cell.edits()) {
                    out.numerator()[to] += java.util.Objects.requireNonNull(products.get(edit.point()))
                            .sum(edit, batch.rows(), row);
                }
                if (by == By.CHANGE) {
                    // As an average over what the metric counts, so that the ratio is the norm itself.
                    out.numerator()[to] = Math.sqrt(out.numerator()[to]) * batch.counts()[row];
                }
            }
        }
        return out;
    }

    /** Difference times gradient, or its square, at one point [row, ...], axes that no edit can choose from summed. */
    private record Products(float[] values, long[] shape, int position, int key, int component) {
        static Products of(GradientBatch batch, HookPoint point, By by, @Nullable Long random) {
            NDArray difference = batch.difference(point);
            NDArray gradient = batch.gradient(point);
            NDArray written = random == null ? difference : RandomDirections.instead(difference, random, batch, point);
            NDArray product = by == By.CHANGE ? written.square() : written.mul(gradient);
            List<String> axes = point.site().axes();
            int position = Math.max(axes.indexOf("pos"), axes.indexOf("query_pos"));
            int component = Stream.of("head", "kv_head", "d_mlp", "d_sae")
                    .mapToInt(axes::indexOf)
                    .max()
                    .orElse(-1);
            int last = axes.size() - 1;
            if (last != component && last != axes.indexOf("key_pos")) {
                product = product.sum(new int[] {last});
            }
            return new Products(
                    product.toFloatArray(),
                    product.getShape().getShape(),
                    position,
                    axes.indexOf("key_pos"),
                    component);
        }

        double sum(Edit edit, TokenRows rows, int row) {
            int[] positions = chosen(edit.positions(), rows, row, position);
            int[] keys = chosen(edit.keys(), rows, row, key);
            int[] components = edit.components().isEmpty()
                    ? all(component)
                    : edit.components().stream().mapToInt(Integer::intValue).toArray();
            double sum = 0;
            for (int p : positions) {
                for (int c : components) {
                    for (int k : keys) {
                        sum += values[
                                (int) (row * stride(0)
                                        + p * stride(position)
                                        + c * stride(component)
                                        + k * stride(key))];
                    }
                }
            }
            return sum;
        }

        private int[] chosen(Positions which, TokenRows rows, int row, int axis) {
            if (axis < 0) {
                return new int[] {0};
            }
            if (which instanceof Positions.At at) {
                return new int[] {at.index()};
            }
            List<String> names = which.names();
            return names.isEmpty()
                    ? all(axis)
                    : IntStream.range(0, (int) shape[axis])
                            .filter(p -> names.stream().anyMatch(name -> rows.belongs(name, row, p)))
                            .toArray();
        }

        private int[] all(int axis) {
            return axis < 0
                    ? new int[] {0}
                    : IntStream.range(0, (int) shape[axis]).toArray();
        }

        /** 0 for an axis that is not there. */
        private long stride(int axis) {
            if (axis < 0) {
                return 0;
            }
            long n = 1;
            for (int i = axis + 1; i < shape.length; i++) {
                n *= shape[i];
            }
            return n;
        }
    }

    @Override
    public String label() {
        return "attribution patching of " + Count.of(cells.size(), "cell")
                + (steps > 1 ? " in " + steps + " steps" : "") + ", " + metric.label();
    }
}
