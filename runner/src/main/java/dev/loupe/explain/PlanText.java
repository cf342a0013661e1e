package dev.loupe.explain;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Cost;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Lifetimes;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Prune;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.edit.Cell;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people: one step a line, what it captures and costs. */
public final class PlanText {
    private PlanText() {}

    /** The plan with what the optimizer did. */
    public static String render(ExecutionPlan plain, ExecutionPlan optimized, List<String> did) {
        StringBuilder out = new StringBuilder();
        out.append(Count.of(optimized.steps().size(), "step"))
                .append(", ")
                .append(amount(optimized.flops(), "FLOP"))
                .append(" (")
                .append(Count.of(plain.steps().size(), "step"))
                .append(" and ")
                .append(amount(plain.flops(), "FLOP"))
                .append(" before optimizing)\n");
        memory(out, optimized);
        for (String line : did) {
            out.append("  rule  ").append(line).append('\n');
        }
        Lifetimes lifetimes = Lifetimes.of(optimized);
        List<String> steps = new ArrayList<>();
        for (PlanStep step : optimized.steps()) {
            steps.add(text(step, lifetimes));
        }
        RepeatedSteps.grouped(steps).forEach(out::append);
        optimized
                .outputs()
                .forEach((name, id) -> out.append("  result ")
                        .append(VisibleText.line(name))
                        .append(" = #")
                        .append(id)
                        .append('\n'));
        return out.toString();
    }

    /** Characters of what a cell edits. */
    private static final int MOST = 1000;

    /** Below this the runtime itself is most of the memory, and nothing needs telling. */
    private static final long LARGE = 100_000_000;

    private static void memory(StringBuilder out, ExecutionPlan plan) {
        long weights = plan.steps().stream()
                .filter(LoadModel.class::isInstance)
                .mapToLong(step -> Memory.weights(((LoadModel) step).model()))
                .max()
                .orElse(0);
        if (weights > LARGE) {
            out.append("memory above the idle runtime: about ")
                    .append(amount(Memory.peak(plan), "B"))
                    .append(", of which weights ")
                    .append(amount(weights, "B"))
                    .append('\n');
        }
    }

    private static String text(PlanStep step, Lifetimes lifetimes) {
        StringBuilder out = new StringBuilder(
                String.format(Locale.ROOT, "  #%-4d %s", step.id(), VisibleText.line(step.describe())));
        if (!step.inputs().isEmpty()) {
            out.append("  <- ")
                    .append(String.join(
                            ", ", step.inputs().stream().map(i -> "#" + i).toList()));
        }
        if (step instanceof Forward forward) {
            forward(out, forward, lifetimes);
        } else if (step instanceof Differentiate gradient) {
            out.append("\n         both runs and backward, batches of ")
                    .append(Count.of(gradient.rowsPerBatch(), "row"))
                    .append(", ")
                    .append(amount(Cost.flops(gradient), "FLOP"));
        } else if (step instanceof Prune) {
            out.append("\n         at most ")
                    .append(amount(Cost.flops(step), "FLOP"))
                    .append(" before optimizing");
        } else if (step instanceof Recheck) {
            out.append("\n         about ")
                    .append(amount(Cost.flops(step), "FLOP"))
                    .append(" if they are the first ones");
        }
        return out.append('\n').toString();
    }

    private static void forward(StringBuilder out, Forward f, Lifetimes lifetimes) {
        out.append("\n         layers ").append(f.startLayer()).append("..").append(f.stopLayer() - 1);
        if (f.entry() != Site.RESID_PRE) {
            out.append(", the first from ").append(f.entry().canonical());
        }
        out.append(", batches of ").append(Count.of(f.rowsPerBatch(), "row"));
        if (f.cellsPerBatch() > 1) {
            out.append(" x ").append(f.cellsPerBatch()).append(" cells");
        }
        out.append(", ").append(amount(Cost.flops(f), "FLOP"));
        out.append(", peak ").append(amount(Memory.batch(f), "B"));
        if (!f.span().from().isEmpty()) {
            out.append("\n         positions from ").append(byLength(f, f.span().from()));
        }
        if (!f.span().last().isEmpty()) {
            out.append("\n         last block for the last ")
                    .append(byLength(f, f.span().last()));
        }
        if (!f.captures().isEmpty()) {
            out.append("\n         keeps ").append(captures(f));
            if (lifetimes.keeps(f)) {
                out.append(" until #").append(lifetimes.last(f)).append(" is over");
            }
        }
        if (f.logits().wanted()) {
            out.append("\n         logits ")
                    .append(
                            f.logits().at().isEmpty()
                                    ? "everywhere"
                                    : "at " + f.logits().at() + (f.logits().answersOnly() ? ", no others" : ""));
            if (f.logits().answersOnly() && !f.logits().columns().isEmpty()) {
                out.append(", of ids in ")
                        .append(VisibleText.line(String.join(", ", f.logits().columns())));
            }
        }
        if (!f.clean()) {
            out.append("\n         edits ").append(edits(f.cells().get(0)));
            if (f.cells().size() > 1) {
                out.append(" ... ").append(edits(f.cells().get(f.cells().size() - 1)));
            }
        }
    }

    /** Hundreds of patched edges tell nobody anything. */
    private static String edits(Cell cell) {
        String all = VisibleText.line(cell.edits().toString());
        return all.length() <= MOST
                ? all
                : all.substring(0, MOST) + "... (" + Count.of(cell.edits().size(), "edit") + ")";
    }

    /** A number for every length of rows. */
    private static String byLength(Forward f, List<Integer> numbers) {
        List<String> out = new ArrayList<>();
        for (int b = 0; b < numbers.size(); b++) {
            out.add(numbers.get(b) + " of " + f.rows().buckets().get(b).length());
        }
        return String.join(", ", out);
    }

    private static String captures(Forward f) {
        List<String> names =
                f.captures().stream().map(p -> p.name() + shape(p, f)).toList();
        return names.size() <= 4
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 2)) + ", ... " + names.get(names.size() - 1) + " (" + names.size()
                        + ")";
    }

    private static String shape(HookPoint point, Forward f) {
        return " " + point.site().axes();
    }

    /** A quantity with a decimal prefix. */
    public static String amount(long value, String unit) {
        String[] prefix = {"", "k", "M", "G", "T", "P"};
        double v = value;
        int i = 0;
        while (v >= 1000 && i < prefix.length - 1) {
            v /= 1000;
            i++;
        }
        return String.format(Locale.ROOT, i == 0 ? "%.0f %s%s" : "%.1f %s%s", v, prefix[i], unit);
    }
}
