package dev.loupe.explain;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Lifetimes;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import dev.loupe.text.Amount;
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
                .append(Amount.of(optimized.flops(), "FLOP"))
                .append(" (")
                .append(Count.of(plain.steps().size(), "step"))
                .append(" and ")
                .append(Amount.of(plain.flops(), "FLOP"))
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

    /** Below this the runtime itself is most of the memory, and nothing needs telling. */
    private static final long LARGE = 100_000_000;

    private static void memory(StringBuilder out, ExecutionPlan plan) {
        long weights = Memory.weights(plan);
        if (weights > LARGE) {
            out.append("memory above the idle runtime: about ")
                    .append(Amount.of(Memory.peak(plan), "B"))
                    .append(", of which weights ")
                    .append(Amount.of(weights, "B"))
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
        step.lines(lifetimes).forEach(line -> out.append("\n         ").append(line));
        return out.append('\n').toString();
    }
}
