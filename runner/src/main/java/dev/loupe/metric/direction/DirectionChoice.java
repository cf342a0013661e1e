package dev.loupe.metric.direction;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Direction;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A direction of an activation's space, as a spec writes it. */
public sealed interface DirectionChoice {
    /**
     * Adds the steps that make it at a point.
     *
     * @param rows those whose activations are changed along it; null where it is one for all positions
     */
    Direction direction(Planning planning, @Nullable RowsRef rows, HookPoint point);

    String describe();

    /** The numbers of one position at a site without heads, such as d_model. */
    static int width(HookPoint point, ModelShape shape) {
        Site site = point.site();
        if (site == Site.FEATURES) {
            return shape.features(point.layer());
        }
        String last = site.axes().get(site.axes().size() - 1);
        boolean plain = site.axes().size() == 3 && site.axes().get(1).equals("pos");
        if (plain && last.equals("d_model")) {
            return shape.dModel();
        }
        if (plain && last.equals("d_mlp")) {
            return shape.dMlp();
        }
        throw new IllegalArgumentException("`" + site.canonical()
                + "` has no directions: use a hook point [batch, pos, d_model] or [batch, pos, d_mlp], such as "
                + "`resid_pre`");
    }

    /** A difference of means. */
    @Named("difference")
    @Doc("The mean activation on one dataset minus the mean activation on another, over all rows and the "
            + "positions of `at` and `exclude`. In many models the norm of the residual stream at the first token "
            + "is a hundred times larger than elsewhere and would dominate the direction; `exclude: 0` leaves it out. "
            + "Where the two means are equal, as at layer 0 at a position with the same token in both, there is no "
            + "direction: nothing is edited there, and a coordinate along it is undefined.")
    @Example("{difference: {toward: pairs, away: pairs/corrupted}}")
    record Difference(
            @Doc("The dataset whose mean the direction points to.") @NameOf("dataset")
            String toward,

            @Doc("The dataset whose mean it starts from.") @NameOf("dataset")
            String away,

            @OneOrMany
            @Default("everywhere")
            @Doc("The positions of both datasets to average over: named positions, position classes, or zero-based "
                    + "numbers and ranges such as `1..4`; `everywhere` for all positions.")
            List<String> at,

            @OneOrMany @Default("[]") @Doc("Positions to exclude, written likewise; `0` is the first token.")
            List<String> exclude)
            implements DirectionChoice {
        /** Over all positions. */
        public Difference(String toward, String away) {
            this(toward, away, AveragedOver.ALL.at(), List.of());
        }

        public Difference {
            at = List.copyOf(at);
            exclude = List.copyOf(exclude);
            over(at, exclude);
        }

        private static AveragedOver over(List<String> at, List<String> exclude) {
            return new AveragedOver(at, exclude);
        }

        @Override
        public Direction direction(Planning planning, @Nullable RowsRef rows, HookPoint point) {
            width(point, planning.model().shape());
            return new Direction.DifferenceOfMeans(mean(planning, toward, point), mean(planning, away, point));
        }

        private int mean(Planning planning, String dataset, HookPoint point) {
            int run = planning.clean(planning.rows(dataset), List.of(point), LogitsRead.NONE);
            return planning.builder()
                    .add(id -> new Summarise(
                            id, new MeanActivation(point, MeanActivation.Form.PARTS, over(at, exclude)), run));
        }

        @Override
        public String describe() {
            return "the mean on `" + toward + "` minus the mean on `" + away + "`"
                    + over(at, exclude).describe();
        }
    }

    /** A direction from a file. */
    @Named("tensor")
    @Doc(
            "A named tensor [d_model] (or [d_mlp]) of a safetensors file in the folder of the spec or below it. A run keeps the numbers of every "
                    + "measurement in `results.safetensors`, so that what one spec found can be used by another, and by `generate`.")
    @Example("{tensor: {file: directions.safetensors, name: sentiment}}")
    record FromFile(
            @Doc("The file.") DataFile file,
            @Doc("The tensor.") String name,

            @OneOrMany
            @Default("[]")
            @Doc(
                    "Places, counted from 0, on the tensor's other axes, which come first: `[0, 2]` is the first model and the third label.")
            List<Integer> at)
            implements DirectionChoice {
        public FromFile {
            at = List.copyOf(at);
        }

        @Override
        public Direction direction(Planning planning, @Nullable RowsRef rows, HookPoint point) {
            int width = width(point, planning.model().shape());
            float[] values = planning.vector(file, name, at);
            if (values.length != width) {
                throw new IllegalArgumentException("tensor `" + name + "` of " + file + " has " + values.length
                        + " numbers, but `" + point.site().canonical() + "` is " + width + " wide");
            }
            return new Direction.Given(name + (at.isEmpty() ? "" : " " + at), values);
        }

        @Override
        public String describe() {
            return "the direction `" + name + "`" + (at.isEmpty() ? "" : " at " + at) + " of " + file;
        }
    }

    /** One neuron or feature. */
    @Named("neuron")
    @Doc(
            "One neuron at `mlp.post` or `mlp.pre`, or one feature at `dictionary.features`: `add` adds to its activation, `clamp` "
                    + "sets it.")
    @Example("{neuron: L0N5}")
    record OfNeuron(
            @Doc("Its name, such as `L3N110` or `L6F123`.") NeuronName neuron) implements DirectionChoice {
        @Override
        public Direction direction(Planning planning, @Nullable RowsRef rows, HookPoint point) {
            if (!point.site().hasUnits()) {
                throw new IllegalArgumentException("`" + point.site().canonical() + "` has no neurons; `mlp.post` has");
            }
            NeuronName.at(point.site(), List.of(neuron));
            neuron.in(planning.model().shape());
            if (neuron.layer() != point.layer()) {
                throw new IllegalArgumentException(
                        neuron + " is in layer " + neuron.layer() + ": write `layer: " + neuron.layer() + "`");
            }
            float[] values = new float[width(point, planning.model().shape())];
            values[neuron.neuron()] = 1;
            return new Direction.Given(neuron.toString(), values);
        }

        @Override
        public String describe() {
            return neuron.kind().word() + " " + neuron;
        }
    }

    /** A direction that was measured. */
    @Named("result")
    @Doc(
            "A direction that a measurement of this spec gives, such as `directions`: its numbers on the axis `d_model` (or "
                    + "`d_mlp`) at one label of each other axis, separately for each model.")
    @Example("{result: {by: written, where: {rank: 1}}}")
    record OfResult(
            @Doc("The measurement.") @NameOf("measure") String by,

            @Default("{}")
            @Doc("Labels by axis of the measurement. Without a label for `layer`, each layer is edited along its own "
                    + "direction. `{NAME}` in one of them stands for the value of a label of the dataset: with `{label: \"mine-{flipped}\"}` "
                    + "each position is edited along the direction that its own value names, and positions without a value stay as "
                    + "they are.")
            Map<String, String> where)
            implements DirectionChoice {
        public OfResult {
            where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
            new WhereByLabel(where).label();
        }

        @Override
        public Direction direction(Planning planning, @Nullable RowsRef rows, HookPoint point) {
            int width = width(point, planning.model().shape());
            WhereByLabel places = new WhereByLabel(where);
            String label = places.label();
            if (label == null) {
                return planning.direction(by, where, point, width);
            }
            if (rows == null) {
                throw new IllegalArgumentException(
                        "`{" + label + "}` in `where` names a label of the rows that an intervention "
                                + "edits; a metric reads along one direction, so write one of its values");
            }
            List<Direction> each = rows.values(label).stream()
                    .map(value -> planning.direction(by, places.with(value), point, width))
                    .toList();
            return new Direction.ByLabel(label, each);
        }

        @Override
        public String describe() {
            StringBuilder at = new StringBuilder();
            where.forEach((axis, label) -> at.append(at.length() == 0 ? " at " : ", ")
                    .append(axis)
                    .append(' ')
                    .append(label));
            return "the direction `" + by + "`" + at;
        }
    }

    /** A null. */
    @Named("random")
    @Doc(
            "A random Gaussian direction with the same norm as another direction: a control for it. Where the other differs by the value of a "
                    + "label, so does this one.")
    @Example("{random: {like: {difference: {toward: pairs, away: pairs/corrupted}}, seed: 7}}")
    record Random(
            @Doc("The direction whose norm it takes.") DirectionChoice like,

            @Doc("Seed of the draw; each layer gets a different direction.")
            long seed)
            implements DirectionChoice {
        @Override
        public Direction direction(Planning planning, @Nullable RowsRef rows, HookPoint point) {
            return like.direction(planning, rows, point).randomLike(seed);
        }

        @Override
        public String describe() {
            return "a random direction (seed " + seed + ") as long as " + like.describe();
        }
    }
}
