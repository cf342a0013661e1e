package dev.loupe.intervention;

import dev.loupe.plan.Cell;
import dev.loupe.result.Axis;
import java.util.List;

/**
 * An intervention, resolved for one model: the axes of its sweep and what each cell edits.
 *
 * @param absent cells of the axes that this model does not have (a key head beyond those of grouped queries); they read 0, as
 *     in TransformerLens
 */
public record Sweep(List<Axis> axes, List<Cell> cells, List<Integer> absent) {
    /** The model has every cell. */
    public Sweep(List<Axis> axes, List<Cell> cells) {
        this(axes, cells, List.of());
    }
}
