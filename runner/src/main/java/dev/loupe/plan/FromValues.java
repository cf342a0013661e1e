package dev.loupe.plan;

import dev.loupe.plan.neurons.NeuronStep;
import dev.loupe.plan.values.ValueStep;
import dev.loupe.schema.annotation.Groups;

/**
 * A step that computes with the numbers of finished steps alone: no model, no matrix product and nothing large. The group
 * holds all there are.
 */
@Groups({ValueStep.class, NeuronStep.class})
public non-sealed interface FromValues extends WithoutModel {
    @Override
    default <R> R accept(Visitor<R> visitor) {
        return visitor.fromValues(this);
    }
}
