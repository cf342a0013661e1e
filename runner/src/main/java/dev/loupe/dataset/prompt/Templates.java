package dev.loupe.dataset.prompt;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.rows.AnswerTokens;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.Continuation;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.MarkedText;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sentences of one's own with slots, and rules that make each one's counterpart. No two prompts of a draw are equal, and
 * the words of one prompt differ from each other. A slot of {@code forms} takes any form of any of its words.
 *
 * <p>Class {@code answer}: the last position, the only one with a target. Positions: for each slot the last token of its
 * first mention by the slot's name ({@code A}), of its second by {@code A2} and so on, and {@code END}. Columns
 * {@code answer} and {@code wrong}, both of the clean prompt in both runs of a pair.
 */
@Named("templates")
@Doc("Prompts made from templates with slots; rules define how the corrupted counterpart differs.")
@Example("""
        generator: templates
        templates: ["{A} is taller than {B}, so the shorter one is"]
        slots: {A: [Ann, Bob, Cid, Dan], B: [Ann, Bob, Cid, Dan]}
        answer: " {B}"
        wrong: " {A}"
        corruption: [{swap: [A, B]}]
        rows: 12
        seed: 1
        """)
@Mark(
        is = Mark.Kind.POSITION,
        name = "*SLOT*",
        doc = "The last token of the first mention of each slot, by its name: `A`; of the second, `A2`.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The answers.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The wrong answers.")
public record Templates(
        @OneOrMany
        @Doc("Templates with slots such as `{A}`; each must contain the same slots the same number of " + "times.")
        List<String> templates,

        @Default("{}") @Doc("The words of each slot, by slot name.")
        Map<String, List<String>> slots,

        @Default("{}")
        @Doc(
                "Slots whose words have forms, by slot name: a list of words, each with its forms in the same order, such as "
                        + "`[[key, keys], [report, reports]]`. `{is|are:N}` in a continuation goes by the form of slot N.")
        Map<String, List<List<String>>> forms,

        @OneOrMany
        @Doc(
                "The correct continuation, with the leading space: a word, or `\" {A}\"` for the word of slot A. Several are "
                        + "all correct; a metric's `answers` says how they are combined.")
        List<String> answer,

        @OneOrMany
        @Doc("The wrong continuation, written likewise, or several; or `counterpart`: the answer of the corrupted "
                + "counterpart.")
        List<String> wrong,

        @OneOrMany @Doc("The rules that make the corrupted counterpart, in order.")
        List<SlotRule> corruption,

        @Doc("The BOS token before each row: `policy` (as the model's card or tokenizer specifies), `none`, or a "
                + "token id. This changes results.")
        @Default("policy")
        Bos bos,

        @Doc("Number of prompts.") @Default("64") int rows,
        @Doc("Seed of the prompts.") long seed)
        implements PromptDataset, PairedDataset {

    private static final Pattern SLOT = Pattern.compile("\\{([^{}]*)}");
    private static final String COUNTERPART = "counterpart";
    private static final int ATTEMPTS = 10_000;

    public Templates {
        RowOptions.check(rows);
        templates = List.copyOf(templates);
        corruption = List.copyOf(corruption);
        if (templates.isEmpty() || corruption.isEmpty()) {
            throw new IllegalArgumentException("name at least one template and one rule of `corruption`");
        }
        Slots all = Slots.of(slots, forms);
        Map<String, Integer> mentions = mentions(templates.get(0));
        for (String template : templates) {
            if (!mentions(template).equals(mentions) || mentions.isEmpty()) {
                throw new IllegalArgumentException("\"" + template + "\" mentions " + mentions(template)
                        + ", \"" + templates.get(0) + "\" " + mentions
                        + ": every template must contain the same slots, at least one, the same number of times");
            }
        }
        Set<String> used = new HashSet<>(mentions.keySet());
        continuations(answer, wrong)
                .forEach(text -> used.addAll(mentions(all.withoutChoices(text)).keySet()));
        for (SlotRule rule : corruption) {
            used.addAll(rule.names());
            if (rule instanceof SlotRule.Form form && !forms.containsKey(form.form())) {
                throw new IllegalArgumentException("`form: " + form.form() + "` needs slot `" + form.form()
                        + "` in `forms`, which say the forms of its words");
            }
            if (rule instanceof SlotRule.Put put) {
                used.addAll(mentions(put.word()).keySet());
            }
        }
        for (String slot : used) {
            if (!all.words().containsKey(slot)) {
                throw new IllegalArgumentException("slot `" + slot + "` has no words; `slots` has "
                        + String.join(", ", all.words().keySet()));
            }
        }
        for (Map.Entry<String, List<String>> slot : all.words().entrySet()) {
            if (slot.getValue().isEmpty()
                    || Set.copyOf(slot.getValue()).size() < slot.getValue().size()) {
                throw new IllegalArgumentException(
                        "the words of slot `" + slot.getKey() + "` must be different, and at least one");
            }
        }
        answer = List.copyOf(answer);
        wrong = List.copyOf(wrong);
        if (answer.isEmpty() || wrong.isEmpty() || wrong.contains(COUNTERPART) && wrong.size() > 1) {
            throw new IllegalArgumentException(
                    "give at least one answer, and as wrong either continuations or `counterpart` alone");
        }
        for (String text : continuations(answer, wrong)) {
            // "toMary" is no continuation, and its first token is not the name's.
            if (text.isBlank() || text.charAt(0) != ' ' && !Character.isDigit(text.charAt(0))) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" must begin with the space that precedes it in the text");
            }
        }
    }

    @Override
    public PairedRows pairs(Sources sources) {
        TextEncoder encoder = sources.requireEncoder("generator");
        Integer first = bos.of(sources);
        DrawnRow[] clean = new DrawnRow[rows];
        DrawnRow[] corrupted = new DrawnRow[rows];
        Set<String> seen = new HashSet<>();
        for (int row = 0; row < rows; row++) {
            RowRandom random = new RowRandom(seed, row);
            String template = templates.get(random.nextInt(templates.size()));
            Map<String, String> words = draw(random);
            for (int attempt = 0; !seen.add(filled(template, words)); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new DatasetException("rows", "only " + row + " different prompts were found, not " + rows);
                }
                template = templates.get(random.nextInt(templates.size()));
                words = draw(random);
            }
            Map<String, String> changed = new LinkedHashMap<>(words);
            for (SlotRule rule : corruption) {
                rule.change(changed, words(), random);
            }
            MarkedText.Encoded text = text(template, words).encode(encoder);
            MarkedText.Encoded other = text(template, changed).encode(encoder);
            if (text.ids().length != other.ids().length) {
                throw new DatasetException(
                        "corruption",
                        "\"" + text.text() + "\" has " + text.ids().length + " tokens, but its counterpart \""
                                + other.text() + "\" " + other.ids().length + ": a pair must have equal length");
            }
            Continuation after = new Continuation(encoder, text.text(), other.text());
            AnswerTokens asked = AnswerTokens.of(
                    "wrong",
                    written(after, answer, words, "answer", row),
                    wrong.contains(COUNTERPART)
                            ? written(after, answer, changed, "wrong", row)
                            : written(after, wrong, words, "wrong", row));
            clean[row] = row(first, text, text, asked);
            corrupted[row] = row(first, other, text, asked);
        }
        DrawnRow.requireDistinct(clean, "rows");
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    private Slots words() {
        return Slots.of(slots, forms);
    }

    private List<AnswerTokens.Written> written(
            Continuation after, List<String> texts, Map<String, String> words, String option, int row) {
        return texts.stream()
                .map(text ->
                        after.written(filled(words().chosen(text, words), words), option, "row " + row + ", " + option))
                .toList();
    }

    /** All that is written as a continuation, answers first. */
    private static List<String> continuations(List<String> answer, List<String> wrong) {
        return Stream.concat(answer.stream(), wrong.stream().filter(text -> !text.equals(COUNTERPART)))
                .toList();
    }

    /** A word for each slot, all different where the lists allow it at all. */
    private Map<String, String> draw(RowRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<String, String> words = new LinkedHashMap<>();
            words().words().forEach((slot, list) -> words.put(slot, list.get(random.nextInt(list.size()))));
            if (Set.copyOf(words.values()).size() == words.size()) {
                return words;
            }
        }
        throw new DatasetException("slots", "no different words were found for the slots");
    }

    private static DrawnRow row(
            @Nullable Integer bos, MarkedText.Encoded text, MarkedText.Encoded clean, AnswerTokens asked) {
        int head = bos == null ? 0 : 1;
        int end = text.ids().length - 1 + head;
        DrawnRow row = new DrawnRow(RowOptions.withBos(bos, text.ids()), "answer").mark("answer", end);
        for (String name : clean.pieces().keySet()) {
            row.position(name, clean.last(name, "templates") + head);
        }
        row.position("END", end).target(end, asked.answer()[0]);
        ids(row, "answer", asked.answer());
        ids(row, "wrong", asked.wrong());
        return row;
    }

    /** A single id needs no set. */
    private static void ids(DrawnRow row, String name, int[] ids) {
        if (ids.length == 1) {
            row.column(name, ids[0]);
        } else {
            row.set(name, ids);
        }
    }

    private static MarkedText text(String template, Map<String, String> words) {
        MarkedText text = new MarkedText();
        Map<String, Integer> mentioned = new HashMap<>();
        Matcher slot = SLOT.matcher(template);
        int at = 0;
        while (slot.find()) {
            int mention = mentioned.merge(slot.group(1), 1, Integer::sum);
            text.plain(template.substring(at, slot.start()))
                    .piece(
                            slot.group(1) + (mention == 1 ? "" : Integer.toString(mention)),
                            String.valueOf(words.get(slot.group(1))));
            at = slot.end();
        }
        return text.plain(template.substring(at));
    }

    /** A text with words in its slots. */
    static String filled(String text, Map<String, String> words) {
        return SLOT.matcher(text)
                .replaceAll(slot -> Matcher.quoteReplacement(String.valueOf(words.get(slot.group(1)))));
    }

    private static Map<String, Integer> mentions(String text) {
        Map<String, Integer> mentions = new HashMap<>();
        SLOT.matcher(text).results().forEach(slot -> mentions.merge(slot.group(1), 1, Integer::sum));
        return mentions;
    }
}
