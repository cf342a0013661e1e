package dev.loupe.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Named;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prompts in the JSON form of auto-circuit: {@code {"prompts": [{"clean", "corrupt", "answers", "wrong_answers"}],
 * "seq_labels": ["When", "IO", ...], "word_idxs": {"IO": 2}}}. Texts go through the model's tokenizer, lists of ids stand
 * for themselves. Word indices are token positions without begin of text, unless the first of {@code seq_labels} is
 * {@code BOS} or {@code <|BOS|>}: then they count it. Labels of another number than a prompt has tokens mean that the
 * indices were made for another tokenizer, and are refused. Position {@code END} is the last. Sets {@code answer} and
 * {@code wrong} hold all answers, the columns of that name the first ones.
 */
@Named("prompts")
@Doc("Clean and corrupted prompts with answers from a JSON file in the form that auto-circuit uses.")
@Example("{generator: prompts, file: data/ioi_prompts.json, bos: none, rows: 50}")
public record Prompts(
        @Doc("A JSON file below the folder of the spec.") String file,

        @Doc(
                "What stands before each row: `policy` (the habit of the model's card or tokenizer), `none`, or an id. It changes results.")
        @Default("policy")
        Bos bos,

        @Doc("At most so many prompts, the first ones.") @Nullable
        Integer rows)
        implements Dataset, PairedDataset {

    private static final long LARGEST = 256L << 20;

    public Prompts {
        if (rows != null && rows < 1) {
            throw new IllegalArgumentException("`rows` must be at least 1, not " + rows);
        }
    }

    @Override
    public PairedRows pairs(Sources sources) {
        JsonNode root = json(sources.file("file", file));
        JsonNode prompts = root.path("prompts");
        int count = rows == null ? prompts.size() : Math.min(rows, prompts.size());
        if (!prompts.isArray() || count == 0) {
            throw wrong("`prompts` is not a list of prompts");
        }
        DrawnRow[] clean = new DrawnRow[count];
        DrawnRow[] corrupted = new DrawnRow[count];
        Integer first = bos.of(sources);
        for (int i = 0; i < count; i++) {
            JsonNode prompt = prompts.get(i);
            String place = "prompts[" + i + "]";
            clean[i] = row(sources, first, prompt, "clean", place, root);
            corrupted[i] = row(sources, first, prompt, "corrupt", place, root);
        }
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    private DrawnRow row(
            Sources sources, @Nullable Integer first, JsonNode prompt, String key, String place, JsonNode root) {
        int[] ids = ids(sources, prompt.path(key), place + "." + key);
        if (ids.length == 0) {
            throw wrong(place + "." + key + " is empty");
        }
        int[] tokens = RowOptions.withBos(first, ids);
        sources.checkIds(place + "." + key, tokens);
        int head = tokens.length - ids.length;
        DrawnRow row = new DrawnRow(tokens, "answer").mark("answer", tokens.length - 1);
        mark(row, root, ids.length, head, place + "." + key);
        answers(sources, row, prompt, "answers", "answer", place);
        answers(sources, row, prompt, "wrong_answers", "wrong", place);
        row.target(
                tokens.length - 1,
                answer(sources, prompt, prompt.path("answers").path(0), place + ".answers[0]"));
        return row.position("END", tokens.length - 1);
    }

    /** The named positions. */
    private void mark(DrawnRow row, JsonNode root, int length, int head, String place) {
        JsonNode labels = root.path("seq_labels");
        String first = labels.path(0).asText("");
        int counted = first.equals("BOS") || first.equals("<|BOS|>") ? 1 : 0;
        if (!root.path("word_idxs").isEmpty() && labels.isArray() && labels.size() != length + counted) {
            throw wrong("seq_labels names " + (labels.size() - counted) + " tokens, but " + place + " has " + length
                    + " with this model's tokenizer: word_idxs would point at other words");
        }
        for (Map.Entry<String, JsonNode> word : root.path("word_idxs").properties()) {
            int at = word.getValue().asInt(-1) - counted;
            if (word.getValue().isInt() && at == -1 && counted == 1) {
                if (head == 0) {
                    throw wrong("word_idxs." + word.getKey()
                            + " is the begin of text, but rows have none here (see `bos`)");
                }
            } else if (!word.getValue().isInt() || at < 0 || at >= length) {
                throw wrong("word_idxs." + word.getKey() + " is " + word.getValue() + ", but " + place + " has "
                        + length + " tokens");
            }
            row.position(word.getKey(), at + head);
        }
    }

    private void answers(Sources sources, DrawnRow row, JsonNode prompt, String key, String column, String place) {
        JsonNode list = prompt.path(key);
        if (!list.isArray() || list.isEmpty()) {
            throw wrong(place + "." + key + " is not a list with at least one answer");
        }
        int[] ids = new int[list.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = answer(sources, prompt, list.get(i), place + "." + key + "[" + i + "]");
        }
        row.set(column, ids);
    }

    private int answer(Sources sources, JsonNode prompt, JsonNode answer, String place) {
        if (answer.isInt()) {
            sources.checkIds(place, new int[] {answer.asInt()});
            return answer.asInt();
        }
        if (!answer.isTextual() || !prompt.path("clean").isTextual()) {
            throw wrong(place + " is neither the text of a token after a text nor an id");
        }
        String text = prompt.path("clean").asText();
        return SingleTokens.continuation(sources.requireEncoder("file"), text, answer.asText(), "file." + place);
    }

    private int[] ids(Sources sources, JsonNode text, String place) {
        if (text.isTextual()) {
            return sources.requireEncoder("file").encode(text.asText()).ids();
        }
        if (!text.isArray()) {
            throw wrong(place + " is neither text nor a list of ids");
        }
        int[] ids = new int[text.size()];
        for (int i = 0; i < ids.length; i++) {
            if (!text.get(i).isInt()) {
                throw wrong(place + "[" + i + "] is not an id");
            }
            ids[i] = text.get(i).asInt();
        }
        return ids;
    }

    private JsonNode json(Path path) {
        try {
            if (Files.size(path) > LARGEST) {
                throw wrong("larger than 256 MiB");
            }
            return PythonJson.read(Files.readAllBytes(path));
        } catch (PythonJson.NotJson e) {
            throw wrong(e.getMessage());
        } catch (IOException e) {
            throw wrong("cannot be read: " + e.getMessage());
        }
    }

    private DatasetException wrong(String what) {
        return new DatasetException("file", "`" + file + "`: " + what);
    }
}
