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
 * {@code .jsonl}, a column of text where it ends with {@code .parquet}, else plain text. Of JSON lines and Parquet one document is
 * in memory at a time, and no more is read than is taken.
 */
final class TextFiles {
    private static final long LARGEST = 1L << 30;

    private final String option;
    private final String column;
    private int without;

    /**
     * @param option the option that names the files
     * @param column the key of the text in JSON lines, or the column in Parquet
     */
    TextFiles(String option, String column) {
        this.option = option;
        this.column = column;
    }

    /** Rows that had no text (null) in the column, of all files so far. */
    int without() {
        return without;
    }

    /**
     * The documents of a file, uncut, in order; of plain text one.
     *
     * @param name the file as the spec calls it
     * @param take returns whether it wants another
     * @return whether the last one was wanted
     */
    boolean read(String name, Path path, int register, Predicate<Document> take) {
        try {
            if (name.endsWith(".jsonl")) {
                return jsonLines(name, path, register, take);
            }
            if (name.endsWith(".parquet")) {
                return parquet(name, path, register, take);
            }
            return documents(name, content(name, path), register).stream().allMatch(take);
        } catch (CharacterCodingException e) {
            throw new DatasetException(option, "`" + name + "` is not UTF-8 text");
        } catch (IOException e) {
            throw new DatasetException(option, "`" + name + "` cannot be read: " + Reason.of(e));
        }
    }

    private List<Document> documents(String name, String content, int register) {
        if (!name.endsWith(".conllu")) {
            return List.of(new Document(content, register, List.of()));
        }
        try {
            return ConlluText.read(content, register);
        } catch (IllegalArgumentException e) {
            throw new DatasetException(option, "`" + name + "` is not a CoNLL-U file: " + e.getMessage());
        }
    }

    private boolean parquet(String name, Path path, int register, Predicate<Document> take) throws IOException {
        try (ParquetText rows = ParquetText.open(name, option, path, column)) {
            for (ParquetText.Cell cell = rows.next(); cell != null; cell = rows.next()) {
                if (cell.text() == null) {
                    without++;
                } else if (!take.test(new Document(cell.text(), register, List.of()))) {
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
                if (line.isBlank()) {
                    continue;
                }
                JsonNode text = text(line, "`" + name + "`, line " + number);
                if (text.isNull()) {
                    without++;
                } else if (!take.test(new Document(text.textValue(), register, List.of()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private JsonNode text(String line, String at) {
        try {
            JsonNode document = PythonJson.read(line.getBytes(StandardCharsets.UTF_8));
            JsonNode text = JsonColumn.of(document, column);
            if (!text.isTextual() && !text.isNull()) {
                List<String> there = JsonColumn.texts(document);
                throw new DatasetException(
                        option,
                        at + " has no text in `" + column + "`: name its key with `column`"
                                + (there.isEmpty() ? "" : "; it has text in `" + String.join("`, `", there) + "`"));
            }
            return text;
        } catch (PythonJson.NotJson e) {
            throw new DatasetException(option, at + " " + e.getMessage());
        }
    }

    private String content(String name, Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new DatasetException(option, "`" + name + "` is larger than 1 GiB");
        }
        return Files.readString(path);
    }
}
