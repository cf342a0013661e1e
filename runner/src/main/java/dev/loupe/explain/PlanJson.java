package dev.loupe.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Lifetimes;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import java.util.List;

/** A plan as JSON, for programs. */
public final class PlanJson {
    private PlanJson() {}

    public static String render(ExecutionPlan plain, ExecutionPlan optimized, List<String> did) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("flopsBefore", plain.flops());
        root.put("flops", optimized.flops());
        root.put("peakBytes", Memory.peak(optimized));
        ArrayNode rules = root.putArray("rules");
        did.forEach(rules::add);
        ArrayNode steps = root.putArray("steps");
        Lifetimes lifetimes = Lifetimes.of(optimized);
        optimized.steps().forEach(step -> step(steps.addObject(), step, lifetimes));
        ObjectNode outputs = root.putObject("outputs");
        optimized.outputs().forEach(outputs::put);
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void step(ObjectNode node, PlanStep step, Lifetimes lifetimes) {
        node.put("id", step.id());
        node.put("kind", step.getClass().getSimpleName());
        node.put("what", step.describe());
        ArrayNode inputs = node.putArray("inputs");
        step.inputs().forEach(inputs::add);
        node.put("flops", step.flops());
        if (step instanceof Forward forward) {
            node.put("model", forward.model().label());
            node.put("rows", forward.rows().rows());
            node.put("cells", forward.cells().size());
            node.put("startLayer", forward.startLayer());
            node.put("stopLayer", forward.stopLayer());
            node.put("rowsPerBatch", forward.rowsPerBatch());
            node.put("cellsPerBatch", forward.cellsPerBatch());
            node.put("peakBytes", Memory.batch(forward));
            ArrayNode captures = node.putArray("captures");
            forward.captures().forEach(p -> captures.add(p.name()));
            if (lifetimes.keeps(forward)) {
                node.put("keptUntil", lifetimes.last(forward));
            }
            node.put("logits", forward.logits().extent().name().toLowerCase(java.util.Locale.ROOT));
        }
    }
}
