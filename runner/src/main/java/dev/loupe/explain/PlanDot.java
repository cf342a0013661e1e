package dev.loupe.explain;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.text.Amount;
import dev.loupe.text.VisibleText;

/** A plan as a Graphviz graph. */
public final class PlanDot {
    private PlanDot() {}

    public static String render(ExecutionPlan plan) {
        StringBuilder out =
                new StringBuilder("digraph plan {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
        for (PlanStep step : plan.steps()) {
            out.append("  s")
                    .append(step.id())
                    .append(" [label=\"")
                    .append(escaped(step.describe()))
                    .append("\\n")
                    .append(Amount.of(step.flops(), "FLOP"))
                    .append("\"];\n");
            step.inputs()
                    .forEach(in -> out.append("  s")
                            .append(in)
                            .append(" -> s")
                            .append(step.id())
                            .append(";\n"));
        }
        plan.outputs()
                .forEach((name, id) -> out.append("  \"")
                        .append(escaped(name))
                        .append("\" [shape=ellipse];\n  s")
                        .append(id)
                        .append(" -> \"")
                        .append(escaped(name))
                        .append("\";\n"));
        return out.append("}\n").toString();
    }

    private static String escaped(String text) {
        return VisibleText.line(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
