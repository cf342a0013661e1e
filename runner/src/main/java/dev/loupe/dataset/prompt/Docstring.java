package dev.loupe.dataset.prompt;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.rows.AnswerTokens;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.Continuation;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.MarkedText;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.SingleTokens;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Docstring completion (Heimersheim and Janiak 2023): a Python function whose docstring names its parameters A and B and
 * is about to name C. Every argument name and every word of the descriptions is one token, so all rows have one length.
 *
 * <p>Class {@code answer}: the last position, the only one with a target (C). Positions {@code A_def}, {@code B_def},
 * {@code C_def}, {@code A_doc}, {@code B_doc}, {@code param_1}, {@code param_2}, {@code param_3} and {@code END} (the same
 * as param_3). Column {@code answer} is C; set {@code wrong} holds every other argument of the clean prompt and every name
 * that the counterpart brings, B first.
 */
@Named("docstring")
@Doc("The docstring task: Python functions with a docstring that continues with the name of the third parameter.")
@Example("{generator: docstring, before: 2, after: 1, corruption: random-random, bos: none, rows: 64, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "A_def", doc = "The first parameter that the docstring names, in the definition.")
@Mark(is = Mark.Kind.POSITION, name = "B_def", doc = "The second.")
@Mark(is = Mark.Kind.POSITION, name = "C_def", doc = "The third, which is asked for.")
@Mark(is = Mark.Kind.POSITION, name = "A_doc", doc = "The first parameter in the docstring.")
@Mark(is = Mark.Kind.POSITION, name = "B_doc", doc = "The second.")
@Mark(is = Mark.Kind.POSITION, name = "param_1", doc = "The token `param` of the first.")
@Mark(is = Mark.Kind.POSITION, name = "param_2", doc = "Of the second.")
@Mark(is = Mark.Kind.POSITION, name = "param_3", doc = "Of the third: END.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The third parameter.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The other arguments of both prompts.")
public record Docstring(
        @Doc("Argument names, without a leading space; each must be one token. Default: the names of a built-in "
                + "list that are one token.")
        @Nullable
        List<String> arguments,

        @Doc("Words for the descriptions; each must be one token. Default: the words of a built-in list that are "
                + "one token.")
        @Nullable
        List<String> words,

        @Doc("Number of arguments before A that are not in the docstring.") @Default("2")
        int before,

        @Doc("Number of arguments after C that are not in the docstring.") @Default("1")
        int after,

        @Doc("How the corrupted counterpart differs from the clean prompt.") @Default("random-random")
        Corruption corruption,

        @Doc("The BOS token before each row: `policy` (as the model's card or tokenizer specifies), `none`, or a "
                + "token id. This changes results.")
        @Default("policy")
        Bos bos,

        @Doc("Number of prompts.") @Default("64") int rows,
        @Doc("Seed of the prompts.") long seed)
        implements PromptDataset, PairedDataset {

    private static final List<String> ARGUMENTS = List.of(
            "load", "size", "files", "last", "name", "path", "data", "value", "index", "key", "text", "line", "file",
            "code", "state", "order", "number", "page", "title", "user", "image", "color", "message", "start", "end",
            "count", "type", "field", "table", "row", "date", "format", "option", "model", "output", "input", "node",
            "test", "target", "source", "action", "event", "label", "host", "port", "group", "item", "result");
    private static final List<String> WORDS = List.of(
            "river",
            "stone",
            "cloud",
            "garden",
            "music",
            "winter",
            "paper",
            "horse",
            "bread",
            "market",
            "summer",
            "window",
            "silver",
            "bridge",
            "forest",
            "kitchen",
            "island",
            "school",
            "engine",
            "flower",
            "mountain",
            "doctor",
            "letter",
            "glass",
            "story",
            "street",
            "animal",
            "water",
            "metal",
            "light",
            "fruit",
            "morning");

    /** The corrupted counterpart. */
    public enum Corruption {
        @Doc("Replace C in the definition by another name.")
        RANDOM_ANSWER,
        @Doc("Replace A, B and C in the definition by other names.")
        RANDOM_DEF,
        @Doc("Replace A and B in the docstring by other names.")
        RANDOM_DOC,
        @Doc("Replace the names in the definition, and independently those in the docstring.")
        RANDOM_RANDOM
    }

    public Docstring {
        RowOptions.check(rows);
        arguments = arguments == null ? null : List.copyOf(arguments);
        words = words == null ? null : List.copyOf(words);
        if (before < 0 || after < 0 || before > 20 || after > 20) {
            throw new IllegalArgumentException("`before` and `after` must be 0 to 20");
        }
        if (arguments != null && Set.copyOf(arguments).size() < arguments.size()) {
            throw new IllegalArgumentException("`arguments` contains a name twice");
        }
    }

    @Override
    public PairedRows pairs(Sources sources) {
        TextEncoder encoder = sources.requireEncoder("generator");
        // One for the function's name, three in all and five more in the counterpart.
        List<String> names = SingleTokens.words(encoder, "arguments", arguments, ARGUMENTS, 9 + before + after);
        List<String> usable = SingleTokens.words(encoder, "words", words, WORDS, 7);
        DrawnRow[] clean = new DrawnRow[rows];
        DrawnRow[] corrupted = new DrawnRow[rows];
        Integer first = bos.of(sources);
        for (int row = 0; row < rows; row++) {
            RowRandom random = new RowRandom(seed, row);
            List<String> drawn = pick(names, random.permutation(names.size()), 9 + before + after);
            List<String> said = pick(usable, random.permutation(usable.size()), 7);
            List<String> defined = drawn.subList(1, 4);
            List<String> others = new ArrayList<>(drawn.subList(9, 9 + before + after));
            List<String> wrong = new ArrayList<>(List.of(defined.get(1), defined.get(0)));
            wrong.addAll(others);
            wrong.addAll(drawn.subList(4, 9));
            Text text = new Text(drawn.get(0), defined, defined.subList(0, 2), others, said);
            MarkedText prompt = marked(text);
            MarkedText other = marked(corrupted(text, drawn.subList(4, 9)));
            Continuation after = new Continuation(encoder, prompt.text(), other.text());
            String place = "row " + row;
            AnswerTokens asked = AnswerTokens.of(
                    "arguments",
                    List.of(after.written(" " + defined.get(2), "arguments", place + ", answer")),
                    wrong.stream()
                            .map(name -> after.written(" " + name, "arguments", place + ", wrong"))
                            .toList());
            clean[row] = row(encoder, first, prompt, asked);
            corrupted[row] = row(encoder, first, other, asked);
        }
        DrawnRow.requireDistinct(clean, "rows");
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    /**
     * What a prompt says.
     *
     * @param defined A, B, C of the definition
     * @param documented A, B of the docstring
     * @param others arguments before A and after C
     * @param said words of the descriptions
     */
    private record Text(
            String function, List<String> defined, List<String> documented, List<String> others, List<String> said) {}

    /** @param fresh five names that are nowhere in the clean prompt */
    private Text corrupted(Text t, List<String> fresh) {
        List<String> answer = List.of(t.defined.get(0), t.defined.get(1), fresh.get(2));
        List<String> defined = switch (corruption) {
            case RANDOM_ANSWER -> answer;
            case RANDOM_DEF, RANDOM_RANDOM -> fresh.subList(0, 3);
            case RANDOM_DOC -> t.defined;
        };
        boolean doc = corruption == Corruption.RANDOM_DOC || corruption == Corruption.RANDOM_RANDOM;
        return new Text(t.function, defined, doc ? fresh.subList(3, 5) : t.documented, t.others, t.said);
    }

    private MarkedText marked(Text t) {
        MarkedText prompt = new MarkedText().plain("\ndef " + t.function + "(self");
        for (String other : t.others.subList(0, before)) {
            prompt.plain(", " + other);
        }
        String[] letters = {"A", "B", "C"};
        for (int i = 0; i < 3; i++) {
            prompt.plain(", ").piece(letters[i] + "_def", t.defined.get(i));
        }
        for (String other : t.others.subList(before, before + after)) {
            prompt.plain(", " + other);
        }
        prompt.plain("):\n    \"\"\"" + String.join(" ", t.said.subList(0, 3)) + "\n");
        for (int i = 0; i < 2; i++) {
            prompt.plain("\n    :")
                    .piece("param_" + (i + 1), "param")
                    .plain(" ")
                    .piece(letters[i] + "_doc", t.documented.get(i))
                    .plain(": " + String.join(" ", t.said.subList(3 + 2 * i, 5 + 2 * i)));
        }
        return prompt.plain("\n    :").piece("param_3", "param");
    }

    private static DrawnRow row(TextEncoder encoder, @Nullable Integer bos, MarkedText prompt, AnswerTokens asked) {
        MarkedText.Encoded encoded = prompt.encode(encoder);
        int head = bos == null ? 0 : 1;
        int end = encoded.ids().length - 1 + head;
        DrawnRow row = new DrawnRow(RowOptions.withBos(bos, encoded.ids()), "answer").mark("answer", end);
        for (String name : encoded.pieces().keySet()) {
            boolean argument = !name.startsWith("param");
            row.position(name, (argument ? encoded.only(name, "arguments") : encoded.last(name, "generator")) + head);
        }
        return row.position("END", end)
                .target(end, asked.answer()[0])
                .column("answer", asked.answer()[0])
                .set("wrong", asked.wrong());
    }

    private static List<String> pick(List<String> from, int[] order, int count) {
        List<String> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(from.get(order[i]));
        }
        return picked;
    }
}
