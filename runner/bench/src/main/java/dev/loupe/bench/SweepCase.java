package dev.loupe.bench;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A sweep that is measured: activations of the clean run patched into the corrupted run, one component at a time.
 *
 * @param name in the spec, and for people
 * @param site what is patched
 * @param rows the dataset: {@code everywhere} or {@code third}, by where the two halves differ
 * @param positions whether each position is a cell of its own
 * @param every the layers that are measured: every so many, from the middle of the first such group; 1 for all. Time and
 *     FLOPs are then told for all layers
 */
record SweepCase(String name, String site, String rows, boolean positions, int every) {
    static final String EVERYWHERE = "everywhere";
    static final String THIRD = "third";

    /** All sweeps, in the order of measuring. */
    static final List<SweepCase> ALL = List.of(
            new SweepCase("heads", "attn.z", EVERYWHERE, false, 1),
            new SweepCase("heads-third", "attn.z", THIRD, false, 1),
            new SweepCase("heads-positions", "attn.z", EVERYWHERE, true, 6),
            new SweepCase("queries", "attn.q", EVERYWHERE, false, 1),
            new SweepCase("keys", "attn.k", EVERYWHERE, false, 1),
            new SweepCase("values", "attn.v", EVERYWHERE, false, 1),
            new SweepCase("patterns", "attn.pattern", EVERYWHERE, false, 1));

    /** Its line below {@code intervention:} in a spec. */
    String intervention() {
        return "  " + name + ": {patch: " + site + ", over: [layer, head" + (positions ? ", pos" : "") + "]}\n";
    }

    /** Its line below {@code measure:}. */
    String measurement() {
        return "  " + name + ": {apply: " + name + ", read: difference, dataset: " + rows + "}\n";
    }

    /** The layers that are measured, the middle ones of each group; lower than the mean where there is no middle. */
    List<Integer> layers(int all) {
        List<Integer> layers = new ArrayList<>();
        for (int layer = (every - 1) / 2; layer < all; layer += every) {
            layers.add(layer);
        }
        return layers;
    }

    /** What one measured run stands for: all layers over those that are measured. */
    double scale(int all) {
        return (double) all / layers(all).size();
    }

    /** The plan of this sweep alone, with the cells of the measured layers. */
    ExecutionPlan plan(ExecutionPlan whole, int all) {
        int output = Objects.requireNonNull(whole.outputs().get(name), name);
        ReadRows collect = (ReadRows) whole.step(output);
        Set<Integer> runs = new HashSet<>(collect.forwards());
        Set<Integer> layers = new HashSet<>(layers(all));
        List<Integer> absent = new ArrayList<>(collect.absent());
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : whole.steps()) {
            if (step instanceof Forward forward && runs.contains(forward.id())) {
                List<Cell> kept = new ArrayList<>();
                for (Cell cell : forward.cells()) {
                    if (cell.edits().stream().map(Edit::point).anyMatch(p -> layers.contains(p.layer()))) {
                        kept.add(cell);
                    } else {
                        absent.add(cell.index());
                    }
                }
                steps.add(forward.part(forward.id(), kept));
            } else if (step.id() != output) {
                steps.add(step);
            }
        }
        steps.removeIf(s -> s.id() > output);
        steps.add(new ReadRows(output, collect.reading(), collect.forwards(), collect.sweep(), absent));
        return new ExecutionPlan(steps, Map.of(name, output));
    }
}
