package dev.loupe.dataset.prompt;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.rows.AnswerTokens;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.Continuation;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.IndexPermutation;
import dev.loupe.dataset.rows.MarkedText;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.SingleTokens;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.shape.IntRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Greater-than (Hanna et al. 2023): "The war lasted from the year 1732 to the year 17" asks for any of 33..99. The
 * corrupted counterpart has 01 in place of 32. Years that the model does not write as two tokens of two digits are left
 * out, and so are nouns of more than one token, so that all rows have one length.
 *
 * <p>Class {@code answer}: the last position. Positions {@code NOUN}, {@code XX1}, {@code YY}, {@code XX2} and
 * {@code END} (the same as XX2); sets {@code answer} (the two-digit tokens above YY, all of them the target at END) and
 * {@code wrong} (00 up to YY), each with the number nearest to YY first. A number that is no token of its own after the
 * century (1776 may be one token) is in neither set: the year that it would make has other tokens.
 */
@Named("greater-than")
@Doc("The greater-than task: `The war lasted from the year 1732 to the year 17` should continue with a number above "
        + "32.")
@Example("{generator: greater-than, centuries: 11..17, bos: none, rows: 64, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "NOUN", doc = "The noun.")
@Mark(is = Mark.Kind.POSITION, name = "XX1", doc = "The century of the first year.")
@Mark(is = Mark.Kind.POSITION, name = "YY", doc = "Its last two digits.")
@Mark(is = Mark.Kind.POSITION, name = "XX2", doc = "The century of the second year: END.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "Two-digit tokens above YY, the nearest first.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "00 up to YY, the nearest first.")
public record GreaterThan(
        @Doc("Nouns for what lasted, without a leading space; each must be one token. Default: the nouns of a "
                + "built-in list that are one token.")
        @Nullable
        List<String> nouns,

        @Doc("The first two digits of the years.") @Default("11..17")
        IntRange centuries,

        @Doc("The BOS token before each row: `policy` (as the model's card or tokenizer specifies), `none`, or a "
                + "token id. This changes results.")
        @Default("policy")
        Bos bos,

        @Doc("Number of prompts.") @Default("64") int rows,
        @Doc("Seed of the prompts.") long seed)
        implements PromptDataset, PairedDataset {

    private static final int FIRST = 2;
    private static final int LAST = 98;
    private static final int FLAT = 1;

    private static final List<String> OWN = List.of(
            "war",
            "siege",
            "campaign",
            "voyage",
            "journey",
            "reign",
            "conflict",
            "drought",
            "famine",
            "plague",
            "rebellion",
            "alliance",
            "treaty",
            "dispute",
            "trial",
            "study",
            "project",
            "expedition",
            "occupation",
            "marriage",
            "truce",
            "peace",
            "trade",
            "strike",
            "crisis",
            "festival",
            "program",
            "tradition",
            "battle",
            "revolution",
            "experiment",
            "partnership");

    public GreaterThan {
        RowOptions.check(rows);
        nouns = nouns == null ? null : List.copyOf(nouns);
        if (nouns != null && (nouns.isEmpty() || Set.copyOf(nouns).size() < nouns.size())) {
            throw new IllegalArgumentException("`nouns` must be different words, at least one");
        }
        if (centuries.low() < 10 || centuries.high() > 99) {
            throw new IllegalArgumentException("`centuries` must be 10 to 99, not " + centuries);
        }
    }

    @Override
    public PairedRows pairs(Sources sources) {
        TextEncoder encoder = sources.requireEncoder("generator");
        int[] digits = digits(encoder);
        Map<Integer, BitSet> asked = asked(encoder, digits);
        List<String> usable = SingleTokens.words(encoder, "nouns", nouns, OWN, 1);
        List<int[]> years = years(asked);
        long total = (long) usable.size() * years.size();
        if (rows > total) {
            throw new DatasetException("rows", "`rows: " + rows + "` is more than the " + total + " different prompts");
        }
        IndexPermutation indices = new IndexPermutation(total, seed);
        DrawnRow[] clean = new DrawnRow[rows];
        DrawnRow[] corrupted = new DrawnRow[rows];
        Integer first = bos.of(sources);
        for (int row = 0; row < rows; row++) {
            long index = indices.at(row);
            String noun = usable.get((int) (index % usable.size()));
            int[] year = years.get((int) (index / usable.size()));
            clean[row] = row(encoder, first, noun, year, two(year[1]), asked(asked, year, digits));
            corrupted[row] = row(encoder, first, noun, year, two(FLAT), asked(asked, year, digits));
        }
        DrawnRow.requireDistinct(clean, "rows");
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    private static DrawnRow row(
            TextEncoder encoder, @Nullable Integer bos, String noun, int[] year, String shown, AnswerTokens asked) {
        MarkedText.Encoded prompt = new MarkedText()
                .plain("The ")
                .piece("NOUN", noun)
                .plain(" lasted from the year ")
                .piece("XX1", Integer.toString(year[0]))
                .piece("YY", shown)
                .plain(" to the year ")
                .piece("XX2", Integer.toString(year[0]))
                .encode(encoder);
        int head = bos == null ? 0 : 1;
        int end = prompt.ids().length - 1 + head;
        return new DrawnRow(RowOptions.withBos(bos, prompt.ids()), "answer")
                .mark("answer", end)
                .position("NOUN", prompt.only("NOUN", "nouns") + head)
                .position("XX1", prompt.only("XX1", "centuries") + head)
                .position("YY", prompt.only("YY", "centuries") + head)
                .position("XX2", prompt.only("XX2", "centuries") + head)
                .position("END", end)
                .target(end, asked.answer()[0])
                .set("answer", asked.answer())
                .set("wrong", asked.wrong());
    }

    private static AnswerTokens asked(Map<Integer, BitSet> asked, int[] year, int[] digits) {
        BitSet numbers = Objects.requireNonNull(asked.get(year[0]));
        return new AnswerTokens(
                IntStream.range(year[1] + 1, 100)
                        .filter(numbers::get)
                        .map(n -> digits[n])
                        .toArray(),
                IntStream.iterate(year[1], n -> n >= 0, n -> n - 1)
                        .filter(numbers::get)
                        .map(n -> digits[n])
                        .toArray());
    }

    /** By century the numbers 0 to 99 that are a token of their own after it. */
    private Map<Integer, BitSet> asked(TextEncoder encoder, int[] digits) {
        Map<Integer, BitSet> asked = new HashMap<>();
        for (int century = centuries.low(); century <= centuries.high(); century++) {
            BitSet numbers = new BitSet();
            for (int number = 0; number < 100; number++) {
                numbers.set(number, splits(encoder, century, two(number), digits[number]));
            }
            asked.put(century, numbers);
        }
        return asked;
    }

    /** Century and year of every year that is two tokens of two digits, and stays so with 01; a larger one must be too. */
    private List<int[]> years(Map<Integer, BitSet> asked) {
        List<int[]> years = new ArrayList<>();
        for (int century = centuries.low(); century <= centuries.high(); century++) {
            BitSet numbers = Objects.requireNonNull(asked.get(century));
            for (int year = FIRST; year <= LAST && numbers.get(FLAT); year++) {
                if (numbers.get(year) && numbers.nextSetBit(year + 1) > 0) {
                    years.add(new int[] {century, year});
                }
            }
        }
        if (years.isEmpty()) {
            throw new DatasetException(
                    "centuries",
                    "this model's tokenizer encodes no year of the centuries " + centuries
                            + " as two tokens of two digits");
        }
        return years;
    }

    private static boolean splits(TextEncoder encoder, int century, String year, int id) {
        String before = "to the year " + century;
        return Continuation.isOne(encoder, before, year) && new Continuation(encoder, before).id(year, "", "") == id;
    }

    /** The ids of 00 to 99. */
    private static int[] digits(TextEncoder encoder) {
        int[] ids = new int[100];
        for (int i = 0; i < 100; i++) {
            if (!Continuation.isOne(encoder, "_", two(i))) {
                throw new DatasetException(
                        "generator",
                        "greater-than needs a tokenizer that encodes two digits as one token, which this model's "
                                + "does not do for " + two(i) + "");
            }
            ids[i] = new Continuation(encoder, "_").id(two(i), "generator", "number");
        }
        return ids;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
