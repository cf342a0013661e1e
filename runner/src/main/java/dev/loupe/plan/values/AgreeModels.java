package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.AgreementPart;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * How far the predictions of each of some models agree with those of each of others on the same rows. All of these models are in
 * memory together, each runs once, and no logits are kept.
 *
 * @param loads the steps that make the models available that are compared
 * @param compared the models that are compared, each with all others
 * @param otherLoads the steps that make the others available
 * @param others those that they are compared with
 * @param leading the axes that the others form, none for a single one
 */
public record AgreeModels(
        int id,
        List<Integer> loads,
        List<ModelRef> compared,
        List<Integer> otherLoads,
        List<ModelRef> others,
        List<Axis> leading,
        RowsRef rows)
        implements ModelsStep {
    public static final String PARTS = "part";

    /** The axis of the models that are compared. */
    public static final String COMPARED = "compared";

    /** Numbers of single precision that one batch of logits of one model may have. */
    private static final long NUMBERS = 8_000_000;

    public AgreeModels {
        loads = List.copyOf(loads);
        compared = List.copyOf(compared);
        otherLoads = List.copyOf(otherLoads);
        others = List.copyOf(others);
        leading = List.copyOf(leading);
    }

    /** The axis of what is said of two models. */
    public static Axis parts() {
        return new Axis(
                PARTS,
                Arrays.stream(AgreementPart.values()).map(AgreementPart::word).toList());
    }

    /** Rows of a length that are run together. */
    public int together(int length) {
        return (int) Math.max(
                1, NUMBERS / Math.max(1, (long) length * model().shape().outputs()));
    }

    @Override
    public int load() {
        return loads.get(0);
    }

    @Override
    public ModelRef model() {
        return compared.get(0);
    }

    /** Every model once: one may be compared, be compared with, or both. */
    @Override
    public List<ModelRef> models() {
        return Stream.concat(compared.stream(), others.stream()).distinct().toList();
    }

    @Override
    public List<Integer> inputs() {
        return Stream.concat(loads.stream(), otherLoads.stream()).toList();
    }

    @Override
    public AgreeModels renamed(IntUnaryOperator names) {
        return new AgreeModels(
                names.applyAsInt(id),
                loads.stream().map(names::applyAsInt).toList(),
                compared,
                otherLoads.stream().map(names::applyAsInt).toList(),
                others,
                leading,
                rows);
    }

    @Override
    public String describe() {
        return (compared.size() == 1 ? "predictions" : "predictions of " + Count.of(compared.size(), "model"))
                + " beside the predictions of " + Count.of(others.size(), "model");
    }

    @Override
    public long flops() {
        return models().stream()
                .mapToLong(each -> Forward.whole(
                                id, load(), each, rows, List.of(Cell.CLEAN), List.of(), LogitsRead.EVERYWHERE)
                        .flops())
                .sum();
    }

    /** Logits of a batch, and those of one row as distributions of double precision, of every model. */
    @Override
    public long bytes() {
        long outputs = model().shape().outputs();
        long batch = rows.buckets().stream()
                .mapToLong(bucket -> bucket.length() * outputs * Math.min(bucket.rows(), together(bucket.length())))
                .max()
                .orElse(0);
        return models().size() * (4 * batch + 5L * 8 * rows.longest() * outputs);
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> axes = new ArrayList<>(List.of(parts()));
        axes.addAll(pairs());
        return axes;
    }

    /** The axes of the pairs: of the models that are compared, unless there is only one, then of the others. */
    public List<Axis> pairs() {
        List<Axis> axes = new ArrayList<>();
        if (compared.size() > 1) {
            axes.add(Axis.counted(COMPARED, compared.size()));
        }
        axes.addAll(leading);
        return axes;
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        for (int i = 0; i < loads.size(); i++) {
            earlier.loads(this, loads.get(i), compared.get(i));
        }
        for (int i = 0; i < otherLoads.size(); i++) {
            earlier.loads(this, otherLoads.get(i), others.get(i));
        }
    }
}
