package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.LogitsRead;
import dev.loupe.plan.ModelShape;
import dev.loupe.plan.Reading;
import dev.loupe.result.Axis;
import java.util.List;

/**
 * The mean activation at a point over all rows.
 *
 * @param perPosition a mean for each position, otherwise one over all positions
 */
public record MeanActivation(HookPoint point, boolean perPosition) implements Reading {
    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of(point);
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    @Override
    public String label() {
        return "mean of " + point.name() + (perPosition ? " per position" : "");
    }
}
