package dev.loupe.dataset.given;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.dataset.rows.TokenTensors;
import dev.loupe.tensors.SafetensorsFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a safetensors file says of its rows of token ids beside the ids, in tensors that are named for it:
 *
 * <ul>
 *   <li>{@code label.NAME} [row, pos]: what each token is. Numbers 0 and 1 alone make a label that holds or does not, other numbers from 0 to
 *       {@value #LARGEST} a category;
 *   <li>{@code pointer.NAME} [row, pos]: the position of the same row that each token points to;
 *   <li>{@code position.NAME} [row]: a position of each row.
 * </ul>
 *
 * -1 says of a label that nobody knows it there, as null does in a column, and of a pointer that there is none.
 */
record TensorMarks(Map<String, Label> labels, Map<String, int[]> positions) {
    static final TensorMarks NONE = new TensorMarks(Map.of(), Map.of());

    private static final String LABEL = "label.";
    private static final String POINTER = "pointer.";
    private static final String POSITION = "position.";
    private static final int LARGEST = 999;

    /**
     * @param tokens the rows that are marked
     * @throws DatasetException naming a tensor with another shape, a number that is none of its kind, or a name that is taken
     */
    static TensorMarks of(SafetensorsFile source, int[][] tokens) {
        Map<String, Label> labels = new TreeMap<>();
        Map<String, int[]> positions = new LinkedHashMap<>();
        for (String tensor : source.names()) {
            if (tensor.startsWith(LABEL)) {
                int[][] values = table(source, tensor, tokens, row -> LARGEST);
                put(labels, tensor, LABEL, () -> label(values));
            } else if (tensor.startsWith(POINTER)) {
                int[][] values = table(source, tensor, tokens, row -> tokens[row].length - 1);
                put(labels, tensor, POINTER, () -> Label.pointer(values));
            } else if (tensor.startsWith(POSITION)) {
                positions.put(name(tensor, POSITION), places(source, tensor, tokens));
            }
        }
        for (String name : labels.keySet()) {
            if (name.equals("answer")
                    || name.equals("END")
                    || name.equals(TokenRows.EVERYWHERE)
                    || positions.containsKey(name)) {
                throw new DatasetException("file", "the name `" + name + "` of a label in the file is taken");
            }
        }
        if (positions.containsKey("END")) {
            throw new DatasetException("file", "`" + POSITION + "END` is the last token of every row anyway");
        }
        return new TensorMarks(labels, positions);
    }

    private static Label label(int[][] written) {
        int largest = Arrays.stream(written).flatMapToInt(Arrays::stream).max().orElse(0);
        int[][] values = Arrays.stream(written)
                .map(row -> Arrays.stream(row)
                        .map(value -> value < 0 ? Label.LEFT_OUT : value)
                        .toArray())
                .toArray(int[][]::new);
        return largest <= 1
                ? Label.flag(values)
                : Label.category(
                        IntStream.rangeClosed(0, largest)
                                .mapToObj(Integer::toString)
                                .toList(),
                        values);
    }

    private static void put(Map<String, Label> labels, String tensor, String prefix, Supplier<Label> label) {
        String name = name(tensor, prefix);
        if (labels.put(name, label.get()) != null) {
            throw new DatasetException("file", "the file has a label and a pointer with the name `" + name + "`");
        }
    }

    private static String name(String tensor, String prefix) {
        String name = tensor.substring(prefix.length());
        if (name.isBlank()) {
            throw new DatasetException("file", "the tensor `" + tensor + "` has no name after `" + prefix + "`");
        }
        return name;
    }

    /** Largest number that a row may have. */
    private interface Limit {
        int of(int row);
    }

    private static int[][] table(SafetensorsFile source, String tensor, int[][] tokens, Limit limit) {
        int[][] values = TokenTensors.table(source, tensor);
        boolean fits = values.length == tokens.length;
        for (int row = 0; fits && row < tokens.length; row++) {
            fits = values[row].length == tokens[row].length;
        }
        if (!fits) {
            throw new DatasetException("file", "`" + tensor + "` does not have the shape [row, pos] of the token ids");
        }
        for (int row = 0; row < values.length; row++) {
            for (int value : values[row]) {
                check(tensor, row, value, limit.of(row), -1);
            }
        }
        return values;
    }

    private static int[] places(SafetensorsFile source, String tensor, int[][] tokens) {
        int[] values = TokenTensors.column(source, tensor);
        if (values.length != tokens.length) {
            throw new DatasetException(
                    "file", "`" + tensor + "` has " + values.length + " positions for " + tokens.length + " rows");
        }
        for (int row = 0; row < values.length; row++) {
            check(tensor, row, values[row], tokens[row].length - 1, 0);
        }
        return values;
    }

    private static void check(String tensor, int row, int value, int most, int least) {
        if (value < least || value > most) {
            throw new DatasetException(
                    "file",
                    "`" + tensor + "` has " + value + " in row " + row + ", but its numbers are " + least + " to "
                            + most);
        }
    }

    /** The marks of the first rows. */
    TensorMarks first(int rows) {
        int[] which = IntStream.range(0, rows).toArray();
        Map<String, Label> kept = new LinkedHashMap<>();
        labels.forEach((name, label) -> kept.put(name, label.rows(which)));
        Map<String, int[]> places = new LinkedHashMap<>();
        positions.forEach((name, at) -> places.put(name, Arrays.copyOf(at, rows)));
        return new TensorMarks(kept, places);
    }
}
