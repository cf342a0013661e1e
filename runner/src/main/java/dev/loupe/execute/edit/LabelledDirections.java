package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.edit.Direction;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A direction for each position, by the value of a label there. Only values that occur are made, so that those of no row may be
 * undefined.
 *
 * @param numbers makes one direction [d]
 */
record LabelledDirections(Direction.ByLabel by, Function<Direction, float[]> numbers) {
    /** As [row, pos, d], zeros where the label has no value. */
    NDArray in(TokenRows rows, NDManager scope) {
        int[][] values = rows.label(by.label()).values();
        int length = values[0].length;
        Map<Integer, float[]> made = new HashMap<>();
        for (int[] row : values) {
            for (int value : row) {
                if (value >= 0) {
                    made.computeIfAbsent(value, v -> numbers.apply(by.each().get(v)));
                }
            }
        }
        int width =
                made.values().stream().mapToInt(each -> each.length).findFirst().orElse(1);
        float[] all = new float[values.length * length * width];
        for (int row = 0; row < values.length; row++) {
            for (int pos = 0; pos < length; pos++) {
                float[] direction = made.get(values[row][pos]);
                if (direction != null) {
                    System.arraycopy(direction, 0, all, (row * length + pos) * width, width);
                }
            }
        }
        return scope.create(all, new Shape(values.length, length, width));
    }
}
