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

/**
 * How far the predictions of a model agree with those of others on the same rows. All of these models are in memory together,
 * and no logits are kept.
 *
 * @param load the step that makes the model available
 * @param others those that it is compared with
 * @param loads the steps that make them available
 * @param leading the axes that they form, none for a single one
 */
public record AgreeModels(
        int id, int load, ModelRef model, List<Integer> loads, List<ModelRef> others, List<Axis> leading, RowsRef rows)
        implements ModelsStep {
    public static final String PARTS = "part";

    /** Numbers of single precision that one batch of logits of one model may have. */
    private static final long NUMBERS = 8_000_000;

    public AgreeModels {
        loads = List.copyOf(loads);
        others = List.copyOf(others);
        leading = List.copyOf(leading);
    }

    /** The axis of what is told. */
    public static Axis parts() {
        return new Axis(
                PARTS,
                Arrays.stream(AgreementPart.values()).map(AgreementPart::word).toList());
    }

    /** Rows of a length that are run together. */
    public int together(int length) {
        return (int)
                Math.max(1, NUMBERS / Math.max(1, (long) length * model.shape().outputs()));
    }

    @Override
    public List<ModelRef> models() {
        List<ModelRef> all = new ArrayList<>(List.of(model));
        all.addAll(others);
        return all;
    }

    @Override
    public List<Integer> inputs() {
        List<Integer> all = new ArrayList<>(List.of(load));
        all.addAll(loads);
        return all;
    }

    @Override
    public AgreeModels renamed(IntUnaryOperator names) {
        return new AgreeModels(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                loads.stream().map(names::applyAsInt).toList(),
                others,
                leading,
                rows);
    }

    @Override
    public String describe() {
        return "predictions beside the predictions of " + Count.of(others.size(), "model");
    }

    @Override
    public long flops() {
        return models().stream()
                .mapToLong(each -> Forward.whole(
                                id, load, each, rows, List.of(Cell.CLEAN), List.of(), LogitsRead.EVERYWHERE)
                        .flops())
                .sum();
    }

    /** Of two models at a time the logits as they are and as distributions of double precision. */
    @Override
    public long bytes() {
        long row = (long) rows.longest() * model.shape().outputs();
        return 4L * row * together(rows.longest()) * models().size() + 10L * 8 * row;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> axes = new ArrayList<>(List.of(parts()));
        axes.addAll(leading);
        return axes;
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        ModelsStep.super.check(earlier);
        for (int i = 0; i < loads.size(); i++) {
            earlier.loads(this, loads.get(i), others.get(i));
        }
    }
}
