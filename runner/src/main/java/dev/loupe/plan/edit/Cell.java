package dev.loupe.plan.edit;

import java.util.List;

/**
 * One cell of a sweep: where it belongs in the result and what it edits. A clean run is a single cell without edits.
 *
 * @param index flat index in the result's sweep axes
 */
public record Cell(int index, List<Edit> edits) {
    public static final Cell CLEAN = new Cell(0, List.of());

    public Cell {
        edits = List.copyOf(edits);
    }

    /** The first layer that an edit touches, {@code layers} when none does. */
    public int firstLayer(int layers) {
        return edits.stream()
                .mapToInt(e -> Math.max(0, e.point().layer()))
                .min()
                .orElse(layers);
    }
}
