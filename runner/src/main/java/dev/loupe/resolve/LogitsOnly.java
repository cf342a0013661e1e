package dev.loupe.resolve;

import dev.loupe.plan.Forward;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.values.ModelsStep;

/** Of a model that is a table of probabilities, only what it predicts can be read. */
final class LogitsOnly {
    private LogitsOnly() {}

    /** @throws IllegalArgumentException where a step needs what is inside a model that has nothing inside */
    static void check(PlanStep step) {
        boolean predicts = step instanceof Forward forward
                && forward.logits().wanted()
                && forward.captures().isEmpty()
                && forward.cells().stream().allMatch(cell -> cell.edits().isEmpty());
        if (predicts || step instanceof LoadModel || step instanceof ModelsStep) {
            return;
        }
        for (ModelRef model : step.models()) {
            if (model.shape().kind().equals(ModelShape.TABLE)) {
                throw new IllegalArgumentException(
                        model.label()
                                + " is a table of probabilities with nothing inside: only metrics of what it predicts can be read");
            }
        }
    }
}
