package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.failure.Reason;
import dev.loupe.schema.DataFile;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files of text: CoNLL-U where the name ends with {@code .conllu}, one JSON object a line where it ends with
 * {@code .jsonl}, else plain text.
 *
 * @param option the option that names them
 * @param column the key of the text in JSON lines
 */
record TextFiles(Sources sources, String option, String column) {
    private static final long LARGEST = 1L << 30;

    /** The documents of a file, uncut; of plain text one. */
    List<Document> read(DataFile file, int register) {
        if (file.name().endsWith(".jsonl")) {
            return jsonLines(file, register);
        }
        String content = content(file);
        if (file.name().endsWith(".conllu")) {
            try {
                return ConlluText.read(content, register);
            } catch (IllegalArgumentException e) {
                throw new DatasetException(option, "`" + file + "` is not a CoNLL-U file: " + e.getMessage());
            }
        }
        return List.of(new Document(content, register, List.of()));
    }

    private List<Document> jsonLines(DataFile file, int register) {
        List<Document> documents = new ArrayList<>();
        int number = 0;
        for (String line : content(file).split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String at = "`" + file + "`, line " + number;
            try {
                JsonNode text =
                        PythonJson.read(line.getBytes(StandardCharsets.UTF_8)).path(column);
                if (!text.isTextual()) {
                    throw new DatasetException(
                            option, at + " has no text in `" + column + "`: name its key with `column`");
                }
                documents.add(new Document(text.textValue(), register, List.of()));
            } catch (PythonJson.NotJson e) {
                throw new DatasetException(option, at + " " + e.getMessage());
            }
        }
        return documents;
    }

    private String content(DataFile file) {
        Path path = sources.file(option, file);
        try {
            if (Files.size(path) > LARGEST) {
                throw new DatasetException(option, "`" + file + "` is larger than 1 GiB");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new DatasetException(option, "`" + file + "` is not UTF-8 text");
        } catch (IOException e) {
            throw new DatasetException(option, "`" + file + "` cannot be read: " + Reason.of(e));
        }
    }
}
