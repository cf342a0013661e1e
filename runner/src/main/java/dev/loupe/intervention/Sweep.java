package dev.loupe.intervention;

import dev.loupe.plan.Cell;
import dev.loupe.result.Axis;
import java.util.List;

/** An intervention, resolved for one model: the axes of its sweep and what each cell edits. */
public record Sweep(List<Axis> axes, List<Cell> cells) {}
