package dev.loupe.plan.neurons;

import dev.loupe.hook.Site;
import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * The neurons of other models that correlate best with some neurons, beside the same search among random orthonormal mixtures.
 * One model after another runs the rows; sums of products are kept, activations are not.
 *
 * @param sample the step that holds the activations of the neurons at sampled positions
 * @param rows the rows that were sampled
 * @param site where neurons are read
 * @param neurons the axes of the neurons
 * @param loads the steps that make the others available
 * @param others the models that are searched
 * @param leading the axes that the others form, none for a single one
 * @param draws how many rotations
 * @param eitherSign whether -1 is as good as 1
 * @param positions how many positions there are at most
 */
public record MatchNeurons(
        int id,
        int sample,
        RowsRef rows,
        Site site,
        List<Axis> neurons,
        List<Integer> loads,
        List<ModelRef> others,
        List<Axis> leading,
        int draws,
        boolean eitherSign,
        long seed,
        long positions)
        implements NeuronModelStep {
    /** Documents are put into so many groups at most. */
    public static final int GROUPS = 20;

    /** Tokens that keep all cores busy, and need little memory. */
    private static final int TOKENS = 1024;

    public MatchNeurons {
        neurons = List.copyOf(neurons);
        loads = List.copyOf(loads);
        others = List.copyOf(others);
        leading = List.copyOf(leading);
    }

    /** Bytes of the sums that are kept of one model, by group of documents. */
    public static long sums(ModelShape other, int neurons, int draws) {
        return (long) Double.BYTES * GROUPS * other.layers() * other.dMlp() * (neurons + draws + 2L);
    }

    /** Rows of a length that are run together. */
    public int together(int length) {
        return Math.max(1, TOKENS / Math.max(1, length));
    }

    /** What is told of each neuron. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>(List.of("match", "chance", "excess", "match-layer", "match-neuron"));
        if (eitherSign) {
            parts.add("sign");
        }
        return parts;
    }

    @Override
    public int load() {
        return loads.get(0);
    }

    @Override
    public ModelRef model() {
        return others.get(0);
    }

    @Override
    public List<ModelRef> models() {
        return others.stream().distinct().toList();
    }

    @Override
    public List<Integer> inputs() {
        return Stream.concat(loads.stream(), Stream.of(sample)).distinct().toList();
    }

    @Override
    public MatchNeurons renamed(IntUnaryOperator names) {
        return new MatchNeurons(
                names.applyAsInt(id),
                names.applyAsInt(sample),
                rows,
                site,
                neurons,
                loads.stream().map(names::applyAsInt).toList(),
                others,
                leading,
                draws,
                eitherSign,
                seed,
                positions);
    }

    @Override
    public String describe() {
        return "the same as " + Count.of(NamedArray.sizeOf(neurons), "neuron") + " in "
                + Count.of(others.size(), "model") + ", and in mixtures of "
                + Count.of(draws, "rotation");
    }

    private Forward run(int place, RowsRef read) {
        return Forward.whole(
                id, loads.get(place), others.get(place), read, List.of(Cell.CLEAN), List.of(), LogitsRead.NONE);
    }

    @Override
    public long flops() {
        long asked = NamedArray.sizeOf(neurons);
        long flops = 0;
        for (int o = 0; o < others.size(); o++) {
            ModelShape shape = others.get(o).shape();
            long each = 2L * shape.layers() * shape.dMlp();
            flops += run(o, rows).flops()
                    + each * positions * (asked + (long) draws * shape.dMlp())
                    + each * draws * (GROUPS + 1L) * asked * shape.dMlp();
        }
        return flops;
    }

    @Override
    public long bytes() {
        int asked = NamedArray.sizeOf(neurons);
        RowsRef batch = rows.uniform(rows.longest(), together(rows.longest()));
        long most = 0;
        for (int o = 0; o < others.size(); o++) {
            ModelShape shape = others.get(o).shape();
            long width = shape.dMlp();
            long mixed = 4L * width * (draws * width + 2L * TOKENS + 2L * (GROUPS + 1L) * asked);
            most = Math.max(most, run(o, batch).bytes() + sums(shape, asked, draws) + mixed);
        }
        return most;
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(neurons);
        axes.addAll(leading);
        axes.add(new Axis("part", parts()));
        return axes;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes();
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        for (int o = 0; o < loads.size(); o++) {
            earlier.loads(this, loads.get(o), others.get(o));
        }
        earlier.reads(this, sample, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.matchNeurons(this);
    }
}
