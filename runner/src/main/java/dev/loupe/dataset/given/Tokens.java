package dev.loupe.dataset.given;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.NoCounterparts;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.dataset.rows.TokenTensors;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.TensorFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token ids as they are, written in place or from a safetensors file. Position {@code END} is the last of each row;
 * columns {@code answer} and {@code wrong} exist where they were given, labels and further positions where a file {@link TensorMarks has} them, and with {@code answer} the class {@code answer}: the last
 * position, at which the answer is asked for.
 */
@Named("tokens")
@Doc("Token ids, inline or from tensors of a safetensors file, with corrupted counterparts if given.")
@Example(
        "{generator: tokens, ids: [[1, 2, 3], [4, 5, 6]], corrupted: [[1, 7, 3], [4, 7, 6]], answer: [8, 9], wrong: [9, 8]}")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "With `answer`: END.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "As given.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "As given.")
public record Tokens(
        @Doc("Rows of ids.") @Nullable List<List<Integer>> ids,

        @Doc("The corrupted counterpart of each row of `ids`.") @Nullable
        List<List<Integer>> corrupted,

        @Doc("The token id of each row's answer.") @Nullable List<Integer> answer,

        @Doc("The token id of each row's wrong answer.") @Nullable
        List<Integer> wrong,

        @Doc("A safetensors file in the folder of the spec or below it, instead of the four keys above.") @Nullable
        DataFile file,

        @Doc(
                "Its tensor [row, pos] of ids. Without it `clean_tokens`, and where they exist `corrupted_tokens` [row, pos], `answer` [row], `wrong` [row], "
                        + "`label.NAME` and `pointer.NAME` [row, pos], and `position.NAME` [row].")
        @Nullable
        String tensor,

        @Doc("Maximum number of rows, from the start.") @Nullable
        Integer rows)
        implements GivenDataset, PairedDataset {

    public Tokens {
        ids = ids == null ? null : ids.stream().map(List::copyOf).toList();
        corrupted =
                corrupted == null ? null : corrupted.stream().map(List::copyOf).toList();
        if ((ids == null) == (file == null)) {
            throw new IllegalArgumentException("give the token ids either inline (`ids`) or as a file (`file`)");
        }
        if (file != null && (corrupted != null || answer != null || wrong != null)) {
            throw new IllegalArgumentException(
                    "`corrupted`, `answer` and `wrong` belong to `ids`; a file contains " + "its own");
        }
        if (tensor != null && file == null) {
            throw new IllegalArgumentException("`tensor` names a tensor of a `file`, which is missing");
        }
        if (rows != null && rows < 1) {
            throw new IllegalArgumentException("`rows` must be at least 1, not " + rows);
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        return found(sources).get(0);
    }

    @Override
    public PairedRows pairs(Sources sources) {
        List<TokenRows> found = found(sources);
        if (found.size() < 2) {
            throw new NoCounterparts(file == null ? "ids" : "file");
        }
        return new PairedRows(found.get(0), found.get(1));
    }

    /** Clean rows, then the corrupted ones where there are any. */
    private List<TokenRows> found(Sources sources) {
        return file == null ? written(sources) : stored(sources, file);
    }

    private List<TokenRows> written(Sources sources) {
        if (ids == null) {
            throw new IllegalStateException("neither `ids` nor `file`");
        }
        Map<String, int[]> columns = new LinkedHashMap<>();
        column("answer", answer, columns);
        column("wrong", wrong, columns);
        TokenRows clean = rows("ids", table(ids), columns, TensorMarks.NONE, sources);
        return corrupted == null
                ? List.of(clean)
                : List.of(clean, rows("corrupted", table(corrupted), columns, TensorMarks.NONE, sources));
    }

    private static void column(String name, @Nullable List<Integer> values, Map<String, int[]> into) {
        if (values != null) {
            into.put(name, values.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private static int[][] table(List<List<Integer>> rows) {
        return rows.stream()
                .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private List<TokenRows> stored(Sources sources, DataFile name) {
        try {
            SafetensorsFile source = SafetensorsFile.open(sources.file("file", name));
            if (tensor != null) {
                return List.of(rows(tensor, TokenTensors.table(source, tensor), Map.of(), TensorMarks.NONE, sources));
            }
            Map<String, int[]> columns = new LinkedHashMap<>();
            for (String column : List.of("answer", "wrong")) {
                if (source.has(column)) {
                    columns.put(column, TokenTensors.column(source, column));
                }
            }
            int[][] ids = TokenTensors.table(source, "clean_tokens");
            TensorMarks marks = TensorMarks.of(source, ids);
            TokenRows clean = rows("clean_tokens", ids, columns, marks, sources);
            if (!source.has("corrupted_tokens")) {
                return List.of(clean);
            }
            int[][] others = TokenTensors.table(source, "corrupted_tokens");
            return List.of(clean, rows("corrupted_tokens", others, columns, TensorMarks.of(source, others), sources));
        } catch (TensorFileException e) {
            throw new DatasetException("file", String.valueOf(e.getMessage()));
        }
    }

    private TokenRows rows(String from, int[][] table, Map<String, int[]> columns, TensorMarks marks, Sources sources) {
        if (table.length == 0) {
            throw new DatasetException(from, from + " has no rows");
        }
        for (int row = 0; row < table.length; row++) {
            if (table[row].length == 0) {
                throw new DatasetException(from + "[" + row + "]", from + "[" + row + "] is empty");
            }
            sources.checkIds(from + "[" + row + "]", table[row]);
        }
        columns.forEach((name, ids) -> {
            sources.checkIds(name, ids);
            if (ids.length != table.length) {
                throw new DatasetException(
                        name, name + " has " + ids.length + " ids for " + table.length + " rows of " + from);
            }
        });
        int[] answers = columns.get("answer");
        int[] wrongs = columns.get("wrong");
        for (int row = 0; answers != null && wrongs != null && row < table.length; row++) {
            if (answers[row] == wrongs[row]) {
                throw new DatasetException(
                        "wrong",
                        "answer[" + row + "] and wrong[" + row + "] are the same id " + answers[row]
                                + ": an answer cannot be right and wrong at the same time");
            }
        }
        int kept = rows == null ? table.length : Math.min(rows, table.length);
        int[][] tokens = Arrays.copyOf(table, kept);
        Map<String, int[]> cut = new LinkedHashMap<>();
        columns.forEach((name, ids) -> cut.put(name, Arrays.copyOf(ids, kept)));
        TensorMarks its = marks.first(kept);
        Map<String, int[]> places = new LinkedHashMap<>(its.positions());
        places.put("END", RowOptions.ends(tokens));
        int[] asked = cut.get("answer");
        Map<String, boolean[][]> classes = new LinkedHashMap<>(asked == null ? Map.of() : lastOf(tokens));
        return new TokenRows(
                tokens,
                asked == null ? new int[0][] : targets(tokens, asked),
                classes,
                places,
                cut,
                Map.of(),
                its.labels(),
                new int[0]);
    }

    /** The next token at every position, and the answer after the last one. */
    private static int[][] targets(int[][] tokens, int[] answers) {
        int[][] targets = new int[tokens.length][];
        for (int row = 0; row < targets.length; row++) {
            int length = tokens[row].length;
            targets[row] = Arrays.copyOfRange(tokens[row], 1, length + 1);
            targets[row][length - 1] = answers[row];
        }
        return targets;
    }

    private static Map<String, boolean[][]> lastOf(int[][] tokens) {
        boolean[][] last = new boolean[tokens.length][];
        for (int row = 0; row < last.length; row++) {
            last[row] = new boolean[tokens[row].length];
            last[row][last[row].length - 1] = true;
        }
        return Map.of("answer", last);
    }
}
