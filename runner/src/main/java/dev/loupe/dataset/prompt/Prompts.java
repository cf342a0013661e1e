package dev.loupe.dataset.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.rows.AnswerTokens;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.Continuation;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.JsonLines;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.failure.Reason;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prompts in the JSON form of auto-circuit: {@code {"prompts": [{"clean", "corrupt", "answers", "wrong_answers"}],
 * "seq_labels": ["When", "IO", ...], "word_idxs": {"IO": 2}}}. Texts go through the model's tokenizer, lists of ids stand
 * for themselves. Word indices are token positions without begin of text, unless the first of {@code seq_labels} is
 * {@code BOS} or {@code <|BOS|>}: then they count it. Labels of another number than a prompt has tokens mean that the
 * indices were made for another tokenizer, and are refused. Position {@code END} is the last. Sets {@code answer} and
 * {@code wrong} hold all answers, the columns of that name the first ones; a metric says what it reads of several. A text
 * answer is one token that continues both prompts without changing their tokens, and no token stands twice.
 */
@Named("prompts")
@Doc("Clean and corrupted prompts with answers, from a JSON file in the format of auto-circuit.")
@Example("{generator: prompts, file: data/ioi_prompts.json, bos: none, rows: 50}")
@Mark(is = Mark.Kind.POSITION, name = "*WORD*", doc = "Each word of `word_idxs` of the file.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The answers.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The wrong answers.")
public record Prompts(
        @Doc("A JSON file in the folder of the spec or below it.")
        DataFile file,

        @Doc("The BOS token before each row: `policy` (as the model's card or tokenizer specifies), `none`, or a "
                + "token id. This changes results.")
        @Default("policy")
        Bos bos,

        @Doc("Maximum number of prompts, from the start.") @Nullable
        Integer rows)
        implements PromptDataset, PairedDataset {

    private static final long LARGEST = 256L << 20;

    private static final List<String> KEYS = List.of("prompts", "seq_labels", "word_idxs");

    private static final List<String> PROMPT_KEYS = List.of("clean", "corrupt", "answers", "wrong_answers");

    public Prompts {
        if (rows != null && rows < 1) {
            throw new IllegalArgumentException("`rows` must be at least 1, not " + rows);
        }
    }

    @Override
    public PairedRows pairs(Sources sources) {
        byte[] json = bytes(sources.file("file", file));
        JsonNode root = tree(json);
        JsonNode prompts = root.path("prompts");
        int count = rows == null ? prompts.size() : Math.min(rows, prompts.size());
        if (root.isMissingNode()) {
            throw wrong("is empty");
        }
        checkKeys(root, KEYS, "the file");
        if (!prompts.isArray() || count == 0) {
            throw wrong(
                    prompts.isMissingNode()
                            ? "has no key `prompts`, the list of prompts"
                            : "`prompts` must be a list with at least one prompt");
        }
        List<Integer> lines = lines(json);
        DrawnRow[] clean = new DrawnRow[count];
        DrawnRow[] corrupted = new DrawnRow[count];
        Integer first = bos.of(sources);
        for (int i = 0; i < count; i++) {
            JsonNode prompt = prompts.get(i);
            String place = "prompts[" + i + "]";
            String line = "line " + lines.get(i) + ", " + place;
            checkKeys(prompt, PROMPT_KEYS, line);
            clean[i] = row(sources, first, prompt, "clean", place, root);
            corrupted[i] = row(sources, first, prompt, "corrupt", place, root);
            AnswerTokens asked = asked(sources, prompt, line);
            ask(clean[i], asked);
            ask(corrupted[i], asked);
        }
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    /** Keys of one's own are free; one that is nearly a key of the format, which is not there, is a slip. */
    private void checkKeys(JsonNode object, List<String> known, String place) {
        List<String> absent = known.stream().filter(key -> !object.has(key)).toList();
        object.fieldNames().forEachRemaining(key -> {
            String near = known.contains(key) ? null : DidYouMean.to(key, absent);
            if (near != null) {
                throw wrong(place + " has a key `" + key + "`; did you mean `" + near + "`?");
            }
        });
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
        return row.position("END", tokens.length - 1);
    }

    private static void ask(DrawnRow row, AnswerTokens asked) {
        row.set("answer", asked.answer()).set("wrong", asked.wrong()).target(row.length() - 1, asked.answer()[0]);
    }

    /** The named positions. */
    private void mark(DrawnRow row, JsonNode root, int length, int head, String place) {
        JsonNode labels = root.path("seq_labels");
        String first = labels.path(0).asText("");
        int counted = first.equals("BOS") || first.equals("<|BOS|>") ? 1 : 0;
        if (!root.path("word_idxs").isEmpty() && labels.isArray() && labels.size() != length + counted) {
            throw wrong("seq_labels names " + (labels.size() - counted) + " tokens, but " + place + " has " + length
                    + " with this model's tokenizer: word_idxs would refer to other words");
        }
        for (Map.Entry<String, JsonNode> word : root.path("word_idxs").properties()) {
            int at = word.getValue().asInt(-1) - counted;
            if (word.getValue().isInt() && at == -1 && counted == 1) {
                if (head == 0) {
                    throw wrong(
                            "word_idxs." + word.getKey() + " is the BOS token, but rows have none here (see `bos`)");
                }
            } else if (!word.getValue().isInt() || at < 0 || at >= length) {
                throw wrong("word_idxs." + word.getKey() + " is " + word.getValue() + ", but " + place + " has "
                        + length + " tokens");
            }
            row.position(word.getKey(), at + head);
        }
    }

    /** Answers of both prompts of a pair. Text after lists of ids has no tokens of its own; ids after text are taken as they are. */
    private AnswerTokens asked(Sources sources, JsonNode prompt, String place) {
        JsonNode clean = prompt.path("clean");
        JsonNode corrupt = prompt.path("corrupt");
        Continuation after = null;
        if (clean.isTextual()) {
            after = new Continuation(
                    sources.requireEncoder("file"),
                    clean.asText(),
                    corrupt.isTextual() ? corrupt.asText() : clean.asText());
        }
        return AnswerTokens.of(
                "file",
                written(sources, after, prompt.path("answers"), place + ".answers"),
                written(sources, after, prompt.path("wrong_answers"), place + ".wrong_answers"));
    }

    private List<AnswerTokens.Written> written(
            Sources sources, @Nullable Continuation after, JsonNode list, String place) {
        if (!list.isArray() || list.isEmpty()) {
            throw wrong(place + " is not a list with at least one answer");
        }
        List<AnswerTokens.Written> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode answer = list.get(i);
            String at = place + "[" + i + "]";
            String inFile = "`" + file + "`: " + at;
            if (answer.isInt()) {
                sources.checkIds(at, new int[] {answer.asInt()});
                all.add(new AnswerTokens.Written(inFile, answer.asText(), answer.asInt()));
            } else if (answer.isTextual() && after != null) {
                all.add(after.written(answer.asText(), "file", inFile));
            } else {
                throw wrong(at + " is neither the text of a single token nor a token id");
            }
        }
        return all;
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

    private byte[] bytes(Path path) {
        try {
            if (Files.size(path) > LARGEST) {
                throw wrong("larger than 256 MiB");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw wrong("cannot be read: " + e.getMessage());
        }
    }

    private JsonNode tree(byte[] json) {
        try {
            return PythonJson.read(json);
        } catch (PythonJson.NotJson e) {
            throw wrong(e.getMessage());
        }
    }

    private List<Integer> lines(byte[] json) {
        try {
            return JsonLines.of(json, "prompts");
        } catch (IOException e) {
            throw wrong("cannot be read: " + Reason.of(e));
        }
    }

    private DatasetException wrong(String what) {
        return new DatasetException("file", "`" + file + "`: " + what);
    }
}
