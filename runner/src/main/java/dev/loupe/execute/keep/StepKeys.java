package dev.loupe.execute.keep;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.Readout;
import dev.loupe.tensors.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names every step by content: equal keys are equal work on equal inputs, whatever the ids are. What else a run keeps, how
 * far it goes and which logits it makes changes no activation of its blocks, so that a run has two names: one for those
 * that read its blocks alone, one for those that read what comes after.
 */
public final class StepKeys {
    private StepKeys() {}

    public static Map<Integer, String> of(ExecutionPlan plan) {
        return names(plan, new HashMap<>());
    }

    /** The names of steps as those see them that read of a run what its blocks make, and nothing after. */
    public static Map<Integer, String> blocks(ExecutionPlan plan) {
        Map<Integer, String> blocks = new HashMap<>();
        names(plan, blocks);
        return blocks;
    }

    private static Map<Integer, String> names(ExecutionPlan plan, Map<Integer, String> blocks) {
        Map<Integer, String> keys = new HashMap<>();
        for (PlanStep step : plan.steps()) {
            Map<Integer, String> inputs = readsBlocksAlone(step, plan) ? blocks : keys;
            keys.put(step.id(), key(step instanceof Forward run ? whole(run) : step, inputs));
            blocks.put(step.id(), step instanceof Forward run ? key(blocks(run), inputs) : keys.get(step.id()));
        }
        return keys;
    }

    private static String key(PlanStep step, Map<Integer, String> keys) {
        // An id becomes its place among the inputs, whose keys follow.
        List<Integer> inputs = step.inputs();
        StringBuilder text = new StringBuilder(StepText.of(step.renamed(inputs::indexOf)));
        inputs.forEach(in -> text.append('|').append(keys.get(in)));
        return Sha256.of(text.toString());
    }

    /** A run as those see it that read what comes after its blocks. */
    private static Forward whole(Forward run) {
        List<HookPoint> after =
                run.captures().stream().filter(HookPoint::afterBlocks).toList();
        return run.with(after, run.logits(), run.model().shape().layers());
    }

    /** A run as those see it that read its blocks alone. */
    private static Forward blocks(Forward run) {
        return run.with(List.of(), LogitsRead.NONE, run.model().shape().layers());
    }

    private static boolean readsBlocksAlone(PlanStep step, ExecutionPlan plan) {
        if (step instanceof Forward run) {
            return run.cells().stream()
                    .flatMap(cell -> cell.edits().stream())
                    .noneMatch(edit -> edit.point().afterBlocks());
        }
        return step instanceof RowReader reader
                && blocksAlone(reader.reading(), plan.forward(reader.forwards().get(0)));
    }

    private static boolean blocksAlone(Readout reading, Forward run) {
        return !reading.logits().wanted()
                && reading.captures(run.model().shape()).stream().noneMatch(HookPoint::afterBlocks);
    }
}
