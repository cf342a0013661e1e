package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.failure.Reason;
import dev.loupe.tensors.PythonJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads files of text: CoNLL-U where the name ends with {@code .conllu}, one JSON object a line where it ends with
 * {@code .jsonl}, columns where it ends with {@code .parquet}, else plain text. Of JSON lines and Parquet one document is
 * in memory at a time, and no more is read than is taken. Faults of rows are collected.
 */
final class TextFiles {
    private static final long LARGEST = 1L << 30;

    private final String option;
    private final RowColumns columns;
    private final boolean sentences;
    private final DataFaults faults;
    private int without;

    /**
     * @param option the option that names the files
     * @param columns which columns make a document
     * @param sentences whether each sentence of a CoNLL-U file is a document; other files have none, and are refused
     */
    TextFiles(String option, RowColumns columns, boolean sentences) {
        this.option = option;
        this.columns = columns;
        this.sentences = sentences;
        this.faults = new DataFaults(option);
    }

    /** Rows that had no text (null) in the column, of all files so far. */
    int without() {
        return without;
    }

    /** @throws DatasetException with all that is wrong in the files that were read */
    void requireFaultless() {
        faults.throwIfAny();
    }

    /**
     * The documents of a file, uncut, in order; of plain text one.
     *
     * @param name the file as the spec calls it
     * @param take returns whether it wants another
     * @return whether the last one was wanted
     */
    boolean read(String name, Path path, int register, Predicate<Document> take) {
        if (sentences && !name.endsWith(".conllu")) {
            throw new DatasetException(
                    "sentences-apart",
                    "`" + name + "` does not say where its sentences end: only files whose names end with .conllu do");
        }
        try {
            if (name.endsWith(".jsonl")) {
                return jsonLines(name, path, register, take);
            }
            if (name.endsWith(".parquet")) {
                return parquet(name, path, register, take);
            }
            if (!columns.others().isEmpty()) {
                throw new DatasetException(
                        option,
                        "`" + name + "` has no columns, and `" + String.join("`, `", columns.others())
                                + "` would be one: columns are in files whose names end with .jsonl or .parquet"
                                + (name.endsWith(".conllu")
                                        ? "; the label `conllu` reads the columns of CoNLL-U"
                                        : ""));
            }
            return documents(name, content(name, path), register).stream().allMatch(take);
        } catch (CharacterCodingException e) {
            throw new DatasetException(option, "`" + name + "` is not UTF-8 text");
        } catch (IOException e) {
            throw new DatasetException(option, "`" + name + "` cannot be read: " + Reason.of(e));
        }
    }

    private List<Document> documents(String name, String content, int register) {
        return name.endsWith(".conllu")
                ? ConlluText.read(content, register, sentences, (line, what) -> faults.add(name, "line", line, what))
                : List.of(new Document(content, register, List.of()));
    }

    private boolean parquet(String name, Path path, int register, Predicate<Document> take) throws IOException {
        try (ParquetRows rows = ParquetRows.open(name, option, path, columns.text(), columns.others())) {
            for (JsonNode cells = rows.next(); cells != null; cells = rows.next()) {
                DataRow row = new DataRow(cells, rows::names, fault -> faults.add(name, "row", rows.row(), fault));
                if (!taken(row, register, take)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean jsonLines(String name, Path path, int register, Predicate<Document> take) throws IOException {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !taken(name, number, line, register, take)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean taken(String name, int number, String line, int register, Predicate<Document> take) {
        try {
            JsonNode document = PythonJson.read(line.getBytes(StandardCharsets.UTF_8));
            DataRow row = new DataRow(document, column -> List.of(), fault -> faults.add(name, "line", number, fault));
            return taken(row, register, take);
        } catch (PythonJson.NotJson e) {
            // The parser saw one line, and the file has many.
            faults.add(name, "line", number, e.getMessage().replaceFirst(" at line 1, column", " at column"));
            return true;
        }
    }

    private boolean taken(DataRow row, int register, Predicate<Document> take) {
        JsonNode first = row.cell(columns.first());
        if (first.isNull()) {
            without++;
            return true;
        }
        if (columns.text() != null && !first.isTextual()) {
            List<String> there = row.texts();
            row.fault("has no text in `" + columns.text() + "`: name its key with `column`"
                    + (there.isEmpty() ? "" : "; it has text in `" + String.join("`, `", there) + "`"));
            return true;
        }
        Document document = columns.document(columns.text() == null ? null : first.textValue(), row, register);
        return document == null || take.test(document);
    }

    private String content(String name, Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new DatasetException(option, "`" + name + "` is larger than 1 GiB");
        }
        return Files.readString(path);
    }
}
