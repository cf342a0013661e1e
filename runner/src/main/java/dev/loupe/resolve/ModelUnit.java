package dev.loupe.resolve;

import dev.loupe.model.TransformerConfig;
import dev.loupe.plan.ModelRef;
import org.jspecify.annotations.Nullable;

/**
 * One model of a spec: one seed of a family.
 *
 * @param label its label on the family's axis: {@code 0}, or the model's name where there is no axis
 * @param config its architecture, null for a toy model that is no transformer
 */
public record ModelUnit(
        String label,
        ModelRef ref,
        ModelSource source,
        @Nullable TransformerConfig config) {}
