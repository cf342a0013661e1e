package dev.loupe.plan.build;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RotaryPairs;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.schema.DataFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an intervention or an analysis may ask while it adds its steps for one model. */
public interface Planning {
    PlanBuilder builder();

    ModelRef model();

    /** The id of the step that loads {@link #model}. */
    int load();

    /** The rows of a dataset by its name in the spec. */
    RowsRef rows(String dataset);

    /** The same rows in a seeded random order, row by row aligned with {@link #rows} (equal lengths stay together). */
    RowsRef permuted(String dataset, long seed);

    /** Adds a clean run. */
    default int clean(RowsRef rows, List<HookPoint> captures, LogitsRead logits) {
        return run(rows, List.of(Cell.CLEAN), captures, logits);
    }

    /** Adds a run with one pass per cell. */
    default int run(RowsRef rows, List<Cell> cells, List<HookPoint> captures, LogitsRead logits) {
        return builder().add(id -> Forward.whole(id, load(), model(), rows, cells, captures, logits));
    }

    /**
     * The numbers [n] of a tensor of a safetensors file below the folder of the spec.
     *
     * @param at places on its other axes, which come first
     * @throws IllegalArgumentException where there is no such file, tensor or shape
     */
    float[] vector(DataFile file, String tensor, List<Integer> at);

    /** Whether this model has a site. */
    boolean has(Site site);

    /**
     * How a layer turns queries and keys by position, null where the model does not.
     *
     * @param rows the rows that are run
     * @throws IllegalArgumentException where rows of different lengths are turned differently
     */
    default @Nullable RotaryPairs rotary(RowsRef rows, int layer) {
        return null;
    }

    /**
     * Checks that this model has a site, in some layer at least.
     *
     * @throws IllegalArgumentException where it has none
     */
    default void require(Site site) {
        List<Integer> layers = model().shape().layersWith(site);
        point(site, !site.perLayer() ? -1 : layers.isEmpty() ? 0 : layers.get(0));
    }

    /**
     * The layers in which a site is read: those that are asked for, else all that have it.
     *
     * @throws IllegalArgumentException where this model has no such layer, or not the site in it
     */
    default List<Integer> layers(Site site, List<Integer> asked) {
        require(site);
        ModelShape shape = model().shape();
        List<Integer> layers = asked.isEmpty() ? shape.layersWith(site) : asked;
        for (int layer : layers) {
            shape.requireLayer(layer);
            point(site, layer);
        }
        return layers;
    }

    /** The hook point of a site, checked to exist in this model. */
    HookPoint point(Site site, int layer);

    /**
     * Components that an earlier measurement found in this model, best first. When a plan is only looked at, before anything
     * was measured, the first component stands for them.
     *
     * @throws NotYetKnown while that measurement has no result; planning is then repeated after it has
     * @throws NothingChosen where there is none
     */
    default List<Component> found(Found choice, ComponentKind kind) {
        List<Component> found = passing(choice, kind);
        if (found.isEmpty()) {
            throw new NothingChosen("no " + kind.word() + " of " + model().label() + " passes `" + choice.by() + "`"
                    + (choice.above() == null ? "" : " above " + choice.above())
                    + (choice.below() == null ? "" : " below " + choice.below()));
        }
        return found;
    }

    /** The same, possibly none. */
    List<Component> passing(Found choice, ComponentKind kind);

    /**
     * Edges that an earlier measurement found in this model by the names of {@link EdgeGraph#name}, of largest magnitude
     * first. When a plan is only looked at, the first edges of the model stand for them.
     *
     * @throws NotYetKnown while that measurement has no result
     * @throws NothingChosen where there is none
     */
    List<String> edges(FoundEdges choice);

    /**
     * How a measurement of this spec ranks components in each row of its own dataset, planned along with what asks. Its rows must
     * be those of this measurement, token by token; the corrupted halves may differ.
     *
     * @param measurement its name, or that of one part of it ({@code screen.exact})
     * @param axis the axis of the components, {@code head} or {@code neuron}
     * @param components how many there are
     * @throws IllegalArgumentException where it ranks something else, or other rows
     */
    default Ranking.ByStep ranking(String measurement, String axis, int components, Ranking.Order order) {
        throw new IllegalArgumentException("only a spec has a measurement `" + measurement + "` that ranks components");
    }

    /**
     * The ids of words, each one token of this model after every row of the measurement.
     *
     * @param at the named position that they follow, or a class of positions
     * @throws IllegalArgumentException where a word is not one token there, naming its tokens
     */
    default List<Integer> tokens(List<String> words, String at) {
        throw new IllegalArgumentException("only a spec has a model that reads " + words);
    }

    /**
     * A direction that a measurement of this spec gives, planned along with what asks. Where the measurement has an axis
     * {@code layer} that {@code where} does not name, it is the point's own layer.
     *
     * @param reference the measurement, or a part of one
     * @param where labels of its axes, all but that of the direction
     * @param width the numbers of the direction
     * @throws IllegalArgumentException where its numbers at those labels are no direction of the point's activation
     */
    default Direction direction(String reference, Map<String, String> where, HookPoint point, int width) {
        throw new IllegalArgumentException("only a spec has a measurement `" + reference + "` that gives a direction");
    }

    /** An attention head. */
    record Head(int layer, int head) {
        @Override
        public String toString() {
            return "L" + layer + "H" + head;
        }
    }

    /** A result that planning needs is still to be measured. */
    final class NotYetKnown extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String measurement;

        public NotYetKnown(String measurement) {
            super("waits for " + measurement, null, false, false);
            this.measurement = measurement;
        }

        public String measurement() {
            return measurement;
        }
    }
}
