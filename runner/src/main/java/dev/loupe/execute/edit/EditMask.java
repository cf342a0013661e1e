package dev.loupe.execute.edit;

import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.TopRanked;
import java.util.List;
import java.util.stream.IntStream;

/** Which elements of a site a group of edits writes: [cell, row, axes of the site], an axis that no edit narrows being 1. */
final class EditMask {
    /** The components that a row of the chunk chooses. */
    interface Chosen {
        int[] of(TopRanked best, int row, int components);
    }

    private final TokenRows chunk;
    private final int position;
    private final int key;
    private final int component;
    private final int offset;
    private final long[] full;
    private final long[] dims;
    private final Chosen chosen;
    private boolean[] bits = new boolean[0];

    /**
     * @param axes of the site, batch first
     * @param chunk the rows of one cell
     * @param shape of the activation, all cells together; it may have only the last positions of the rows
     */
    EditMask(List<String> axes, TokenRows chunk, int cells, int rows, Shape shape, Chosen chosen) {
        this.chunk = chunk;
        this.chosen = chosen;
        position = Math.max(axes.indexOf("pos"), axes.indexOf("query_pos")) + 1;
        offset = chunk.tokens()[0].length - (int) shape.get(position - 1);
        key = axes.indexOf("key_pos") + 1;
        component = component(axes) + 1;
        full = new long[axes.size() + 1];
        dims = new long[full.length];
        java.util.Arrays.fill(dims, 1);
        for (int i = 1; i < axes.size(); i++) {
            full[i + 1] = shape.get(i);
        }
        full[0] = cells;
        dims[0] = cells;
        full[1] = rows;
    }

    /** The axis that an edit's components count along. */
    private static int component(List<String> axes) {
        for (String name : List.of("head", "kv_head", "d_mlp", "d_sae")) {
            if (axes.contains(name)) {
                return axes.indexOf(name);
            }
        }
        return axes.size() - 1;
    }

    /** Makes room for what an edit chooses; all edits of the group come by before any is written. */
    void narrow(Edit edit) {
        if (!edit.positions().names().isEmpty() || !edit.keys().names().isEmpty()) {
            dims[1] = full[1];
        }
        if (!(edit.positions() instanceof Positions.All)) {
            dims[position] = full[position];
        }
        if (!(edit.keys() instanceof Positions.All)) {
            dims[key] = full[key];
        }
        if (!edit.components().isEmpty() || edit.best() != null) {
            dims[component] = full[component];
        }
        if (edit.best() != null) {
            dims[1] = full[1];
        }
        bits = new boolean[Math.toIntExact(size(0))];
    }

    void write(int cell, Edit edit) {
        int[] same = edit.components().isEmpty()
                ? all(component)
                : edit.components().stream().mapToInt(Integer::intValue).toArray();
        for (int row = 0; row < dims[1]; row++) {
            int[] components = edit.best() == null ? same : chosen.of(edit.best(), row, (int) dims[component]);
            for (int c : components) {
                if (c >= dims[component]) {
                    throw new IllegalArgumentException(
                            edit.point().name() + " has components 0 to " + (dims[component] - 1) + ", not " + c);
                }
            }
            for (int pos : chosen(edit.positions(), row, position, offset)) {
                // Outside attention patterns there are no keys: the query's axis stands in with its size 1.
                for (int k : key == 0 ? new int[] {0} : chosen(edit.keys(), row, key, 0)) {
                    for (int c : components) {
                        long at = cell * size(1) + row * size(2) + pos * size(position + 1) + c * size(component + 1);
                        bits[(int) (key == 0 ? at : at + k * size(key + 1))] = true;
                    }
                }
            }
        }
    }

    /** Indices along an axis that begins with position {@code begin}. */
    private int[] chosen(Positions positions, int row, int axis, int begin) {
        if (positions instanceof Positions.At at) {
            return at.index() < begin ? new int[0] : new int[] {at.index() - begin};
        }
        List<String> names = positions.names();
        return names.isEmpty()
                ? all(axis)
                : IntStream.range(0, (int) full[axis])
                        .filter(p -> names.stream().anyMatch(name -> chunk.belongs(name, row, p + begin)))
                        .toArray();
    }

    private int[] all(int axis) {
        return IntStream.range(0, (int) dims[axis]).toArray();
    }

    /** Elements below an index of the axes before {@code axis}. */
    private long size(int axis) {
        long n = 1;
        for (int i = axis; i < dims.length; i++) {
            n *= dims[i];
        }
        return n;
    }

    boolean[] bits() {
        return bits;
    }

    long[] dims() {
        return dims;
    }
}
