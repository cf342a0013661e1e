package dev.loupe.metric.inside;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The activation of neurons, read in the same run as any edit. Its axis is {@code neuron} where they are named and
 * {@code rank} where an earlier measurement chooses them, since each model then has its own.
 */
@Named("activation")
@Doc(
        "Activation of neurons at the positions of one class: the mean over positions, the largest, or the last. In a gated "
                + "MLP `mlp.post` has both signs, and `max` is the largest signed value.")
@Example("{activation: mlp.post, neurons: [L0N5, L1N17], at: second-half}")
public record Activation(
        @Doc("The hook point, such as `mlp.post`, `mlp.pre` or `dictionary.features`.")
        SiteName activation,

        @Default("[]")
        @Doc(
                "Neurons such as `L3N110`, or features of a dictionary such as `L6F123`, each a label of the axis `neuron` or `feature`.")
        List<NeuronName> neurons,

        @Nullable
        @Key("neurons-from")
        @Doc("Neurons selected by an earlier measurement, in its order on an axis `rank`; needs `best`.")
        Found neuronsFrom,

        @Default("everywhere") @Doc("Named position or position class of the dataset; `everywhere` for all positions.")
        String at,

        @Default("mean") @Doc("How the positions of a row become one number.")
        Take take)
        implements InsideMetric {
    /** From positions to one number. */
    public enum Take {
        @Doc("The mean, pooled over all positions of all rows.")
        MEAN,
        @Doc("The largest value of each row.")
        MAX,
        @Doc("The value at the last of the positions of each row.")
        LAST
    }

    public Activation {
        neurons = List.copyOf(neurons);
        if (!activation.site().hasUnits()) {
            throw new IllegalArgumentException("`" + activation + "` has no neurons; `mlp.post` has");
        }
        NeuronName.at(activation.site(), neurons);
        if (neurons.isEmpty() && neuronsFrom == null) {
            throw new IllegalArgumentException("name the neurons with `neurons` or select them with `neurons-from`");
        }
        if (neurons.stream().distinct().count() < neurons.size()) {
            throw new IllegalArgumentException("`neurons` names a neuron twice");
        }
        if (neuronsFrom != null && neuronsFrom.best() == null) {
            throw new IllegalArgumentException(
                    "`neurons-from` needs `best` here, so that the result has as many numbers in every model");
        }
    }

    /** The same with the neurons that this model has been found to have. */
    @Override
    public Activation in(Planning planning) {
        planning.require(activation.site());
        neurons.forEach(neuron -> neuron.in(planning.model().shape()));
        if (neuronsFrom == null) {
            return this;
        }
        if (!neurons.isEmpty()) {
            throw new IllegalArgumentException(
                    "name the neurons with `neurons` or select them with `neurons-from`, not both");
        }
        List<NeuronName> found =
                planning.found(neuronsFrom, kind()).stream().map(NeuronName::of).toList();
        return new Activation(activation, found, neuronsFrom, at, take);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return neurons.stream()
                .map(NeuronName::layer)
                .distinct()
                .sorted()
                .map(layer -> HookPoint.of(activation.site(), layer))
                .toList();
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(
                neuronsFrom == null
                        ? new Axis(
                                kind().word(),
                                neurons.stream().map(NeuronName::toString).toList())
                        : new Axis(
                                "rank",
                                IntStream.rangeClosed(1, most(neuronsFrom))
                                        .mapToObj(String::valueOf)
                                        .toList()));
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, at);
    }

    @Override
    public RowValues read(Batch batch) {
        TokenRows rows = batch.rows();
        int width = neuronsFrom == null ? neurons.size() : most(neuronsFrom);
        RowValues out = RowValues.zeros(rows.rows() * width);
        columns().forEach((layer, columns) -> {
            int[] which =
                    columns.stream().mapToInt(c -> neurons.get(c).neuron()).toArray();
            float[] values = values(batch, layer, which);
            int length = rows.rows() == 0 ? 0 : values.length / rows.rows() / which.length;
            for (int row = 0; row < rows.rows(); row++) {
                for (int k = 0; k < which.length; k++) {
                    int cell = row * width + columns.get(k);
                    note(out, cell, rows, row, values, (row * length) * which.length + k, which.length, length);
                }
            }
        });
        return out;
    }

    /** The values of some neurons of a layer [row, pos, neuron]. */
    private float[] values(Batch batch, int layer, int[] which) {
        NDArray all = batch.at(HookPoint.of(activation.site(), layer));
        NDArray index = all.getManager().create(which);
        return all.get(new NDIndex(":, :, {}", index)).toFloatArray();
    }

    private void note(
            RowValues out, int cell, TokenRows rows, int row, float[] values, int from, int step, int length) {
        for (int pos = 0; pos < length; pos++) {
            if (!rows.belongs(at, row, pos)) {
                continue;
            }
            double value = values[from + pos * step];
            boolean first = out.denominator()[cell] == 0;
            switch (take) {
                case MEAN -> {
                    out.numerator()[cell] += value;
                    out.denominator()[cell]++;
                }
                case MAX -> {
                    out.numerator()[cell] = first ? value : Math.max(out.numerator()[cell], value);
                    out.denominator()[cell] = 1;
                }
                case LAST -> {
                    out.numerator()[cell] = value;
                    out.denominator()[cell] = 1;
                }
            }
        }
    }

    /** Columns of the result by layer. */
    private Map<Integer, List<Integer>> columns() {
        Map<Integer, List<Integer>> byLayer = new TreeMap<>();
        for (int c = 0; c < neurons.size(); c++) {
            byLayer.computeIfAbsent(neurons.get(c).layer(), k -> new ArrayList<>())
                    .add(c);
        }
        return byLayer;
    }

    private ComponentKind kind() {
        return ComponentKind.unitsOf(activation.site());
    }

    private static int most(Found choice) {
        Integer best = choice.best();
        return best == null ? 0 : best;
    }

    @Override
    public String label() {
        return takenBy() + " of `" + activation + "` at " + at;
    }

    private String takenBy() {
        return switch (take) {
            case MEAN -> "mean activation";
            case MAX -> "largest activation";
            case LAST -> "last activation";
        };
    }

    @Override
    public String unit() {
        return "activation";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public String formula() {
        return takenBy() + " at `" + activation + "`, positions of class `" + at + "`"
                + (take == Take.MEAN ? "" : ", mean over rows");
    }

    @Override
    public String describe(Chosen chosen) {
        if (neuronsFrom == null) {
            // The axis names them.
            return "";
        }
        String found = chosen.components(neuronsFrom, kind());
        return (kind() == ComponentKind.FEATURE ? "Features: " : "Neurons: ") + neuronsFrom.describe(kind())
                + (found.isEmpty() ? "" : " (" + found + ")") + ".";
    }
}
