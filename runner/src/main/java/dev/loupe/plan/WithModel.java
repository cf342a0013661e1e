package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.neurons.NeuronModelStep;
import dev.loupe.plan.values.ModelsStep;
import dev.loupe.schema.annotation.Groups;
import java.util.List;

/** A step that computes by itself with finished values and with a model: its weights, or runs of a few chosen rows. */
@Groups({NeuronModelStep.class, ModelsStep.class})
public non-sealed interface WithModel extends PlanStep {
    /** The step that makes the model available. */
    int load();

    ModelRef model();

    /** Whether all of its models are in memory at the same time. */
    default boolean together() {
        return false;
    }

    @Override
    default List<ModelRef> models() {
        return List.of(model());
    }

    @Override
    default Turn turn() {
        return Turn.ALONE;
    }

    @Override
    default List<String> lines(Lifetimes lifetimes) {
        return List.of();
    }

    @Override
    default void check(EarlierSteps earlier) {
        earlier.loads(this, load(), model());
    }

    @Override
    default <R> R accept(Visitor<R> visitor) {
        return visitor.withModel(this);
    }
}
