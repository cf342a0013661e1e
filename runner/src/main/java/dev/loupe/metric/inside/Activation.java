package dev.loupe.metric.inside;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.direction.DirectionChoice;
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
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The activation of neurons, or an activation's coordinate along a direction, read in the same run as any edit. Its axis is
 * {@code neuron} where neurons are named and {@code rank} where an earlier measurement chooses them, since each model then has
 * its own; a coordinate is one number.
 */
@Named("activation")
@Doc(
        "Activation of neurons at the positions of one class: the mean over positions, the largest, or the last. In a gated "
                + "MLP `mlp.post` has both signs, and `max` is the largest signed value. With `along` the coordinate of any "
                + "activation [batch, pos, d] along a direction of length 1, such as what a probe reads.")
@Example("{activation: mlp.post, neurons: [L0N5, L1N17], at: second-half}")
public record Activation(
        @Doc("The hook point, such as `mlp.post`, `mlp.pre` or `dictionary.features`.")
        SiteName activation,

        @OneOrMany
        @Default("[]")
        @Doc(
                "Neurons such as `L3N110`, or features of a dictionary such as `L6F123`, each a label of the axis `neuron` or `feature`.")
        List<NeuronName> neurons,

        @Nullable
        @Key("neurons-from")
        @Doc("Neurons selected by an earlier measurement, in its order on an axis `rank`; needs `best`.")
        Found neuronsFrom,

        @Nullable
        @Doc(
                "Instead of neurons, a direction of the activation, as `steer` takes it: what is read is the coordinate along it, "
                        + "after it was scaled to length 1.")
        DirectionChoice along,

        @Nullable @Doc("With `along`: the layer; left out where the hook point has none, such as `embed`.")
        Integer layer,

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
        if (along != null) {
            checkAlong(activation, neurons, neuronsFrom, layer);
        } else {
            checkNeurons(activation, neurons, neuronsFrom, layer);
        }
    }

    private static void checkAlong(
            SiteName activation, List<NeuronName> neurons, @Nullable Found neuronsFrom, @Nullable Integer layer) {
        if (!neurons.isEmpty() || neuronsFrom != null) {
            throw new IllegalArgumentException(
                    "read either neurons or a coordinate `along` a direction, not both; one neuron "
                            + "is the direction `{neuron: L0N5}`");
        }
        if (activation.site().perLayer() == (layer == null)) {
            throw new IllegalArgumentException(
                    layer == null
                            ? "`along` needs the `layer` of `" + activation + "`"
                            : "`" + activation + "` is at one place alone: leave out `layer`");
        }
    }

    private static void checkNeurons(
            SiteName activation, List<NeuronName> neurons, @Nullable Found neuronsFrom, @Nullable Integer layer) {
        if (!activation.site().hasUnits()) {
            throw new IllegalArgumentException("`" + activation
                    + "` has no neurons; `mlp.post` has, and `along` reads a direction of any activation");
        }
        if (layer != null) {
            throw new IllegalArgumentException("`layer` belongs to `along`: the names of neurons say their layers");
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
    public Metric in(Planning planning) {
        planning.require(activation.site());
        if (along != null) {
            HookPoint point = new HookPoint(activation.site(), layer == null ? -1 : layer);
            if (layer != null) {
                planning.layers(activation.site(), List.of(layer));
            }
            return new Coordinate(this, point, along.direction(planning, null, point));
        }
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
        return new Activation(activation, found, neuronsFrom, null, null, at, take);
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
        if (along != null) {
            return List.of();
        }
        return List.of(
                neuronsFrom == null
                        ? new Axis(
                                kind().word(),
                                neurons.stream().map(NeuronName::toString).toList())
                        : Axis.ranks(most(neuronsFrom)));
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
        TakenPositions taken = new TakenPositions(at, take);
        columns().forEach((layer, columns) -> {
            int[] which =
                    columns.stream().mapToInt(c -> neurons.get(c).neuron()).toArray();
            float[] values = values(batch, layer, which);
            int length = rows.rows() == 0 ? 0 : values.length / rows.rows() / which.length;
            for (int row = 0; row < rows.rows(); row++) {
                for (int k = 0; k < which.length; k++) {
                    int cell = row * width + columns.get(k);
                    taken.note(out, cell, rows, row, values, (row * length) * which.length + k, which.length, length);
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
        return takenBy() + " of `" + activation + "`" + where() + " at " + at;
    }

    private String where() {
        return along == null ? "" : (layer == null ? "" : " of layer " + layer) + " along " + along.describe();
    }

    private String takenBy() {
        String what = along == null ? "activation" : "coordinate";
        return switch (take) {
            case MEAN -> "mean " + what;
            case MAX -> "largest " + what;
            case LAST -> "last " + what;
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
        return takenBy() + " at `" + activation + "`" + where() + (along == null ? "" : ", scaled to length 1")
                + ", positions of class `" + at + "`"
                + (take == Take.MEAN ? "" : ", mean over rows");
    }

    @Override
    public String describe(Chosen chosen) {
        if (neuronsFrom == null) {
            // The axis names them, or the label says the direction.
            return "";
        }
        String found = chosen.components(neuronsFrom, kind());
        return (kind() == ComponentKind.FEATURE ? "Features: " : "Neurons: ") + neuronsFrom.describe(kind())
                + (found.isEmpty() ? "" : " (" + found + ")") + ".";
    }
}
