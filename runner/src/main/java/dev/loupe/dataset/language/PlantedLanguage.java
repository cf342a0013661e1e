package dev.loupe.dataset.language;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An artificial language (F-lang of problems 0.3) in bare tokens. Every row is one document. What comes next depends on the
 * register and on the constructs, and the generator knows the probability of every token given those before it
 * ({@link #truth}), so that the smallest possible loss is exact.
 *
 * <p>Labels of every token: {@code register}; {@code construct}, which names the construct that decides the next token
 * ({@code open} and {@code open-in-span} where the filler goes on or something begins, no value where the last token alone
 * decides); and those of the constructs. The language needs {@link #vocabularySize} token ids whatever constructs are used.
 */
@Named("planted-language")
@Doc(
        "An artificial language as bare tokens, with labels of every token and a known smallest loss. Its constructs each decide "
                + "the next token at some positions: the classes `construct.trigram`, `construct.closer` and so on.")
@Example("{generator: planted-language, constructs: [homographs, trigrams, words, brackets], rows: 64, seed: 1}")
@Mark(is = Mark.Kind.LABEL, name = "register", doc = "`a` or `b`.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "construct",
        doc =
                "The construct that decides the next token; `open` and `open-in-span` where the filler goes on or something begins, none where the last token alone decides.")
@Mark(is = Mark.Kind.LABEL, name = "*LABEL*", doc = "The labels of each construct.")
public record PlantedLanguage(
        @Doc("Which constructs the language has.")
        @Default("[homographs, trigrams, words, brackets, skip-trigrams, person-counts, senses, bindings, span-counts]")
        List<ConstructName> constructs,

        @Doc("Which registers rows are written in.") @Default("[a, b]")
        List<Register> registers,

        @Doc("Probability that a row changes register once, at a uniformly drawn place.") @Default("0.3")
        double switchRate,

        @Doc("Share of the words that are written as two pieces instead of one token.") @Default("0.3")
        double splits,

        @Doc("Whether brackets, quotes and senses also bend the text inside their span. If false, they only decide the "
                + "tokens that ask for them.")
        @Default("true")
        boolean spread,

        @Doc("Number of tokens per row.") @Default("64") int length,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements LanguageDataset, KnownLanguage, TokenGenerator {

    /** The registers; each has words of its own order. */
    public enum Register {
        A,
        B
    }

    public PlantedLanguage {
        constructs =
                List.copyOf(EnumSet.copyOf(constructs.isEmpty() ? EnumSet.noneOf(ConstructName.class) : constructs));
        registers = registers.stream().distinct().sorted().toList();
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        share("switch-rate", switchRate);
        share("splits", splits);
        if (length < 2) {
            throw new IllegalArgumentException("`length` must be at least 2");
        }
        if (registers.isEmpty()) {
            throw new IllegalArgumentException("`registers` names none: write at least one");
        }
        if (constructs.contains(ConstructName.SPAN_COUNTS) && !constructs.contains(ConstructName.BRACKETS)) {
            throw new IllegalArgumentException("`span-counts` counts inside brackets: add `brackets` to `constructs`");
        }
    }

    private static void share(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("`" + option + "` must be between 0 and 1, not " + value);
        }
    }

    /** The language with everything that it has. */
    static PlantedLanguage whole() {
        return new PlantedLanguage(
                List.of(ConstructName.values()), List.of(Register.A, Register.B), 0.3, 0.3, true, 64, 1, 0L);
    }

    @Override
    public PlantedLanguage withRows(int other, @Nullable Long otherSeed) {
        return new PlantedLanguage(constructs, registers, switchRate, splits, spread, length, other, otherSeed);
    }

    /** The same language with every word as one token. */
    PlantedLanguage unsplit() {
        return new PlantedLanguage(constructs, registers, switchRate, 0, spread, length, rows, seed);
    }

    /** How many ids the model must read. */
    public int vocabularySize() {
        return new Grammar(this).vocabulary();
    }

    @Override
    public Truth truth() {
        return new Truth(
                new Grammar(this), registers.stream().mapToInt(Enum::ordinal).toArray(), switchRate, length);
    }

    @Override
    public void check(Draw draw) {
        int needed = vocabularySize();
        if (draw.vocabulary() < needed) {
            throw new DatasetException(
                    "generator",
                    "the planted language needs a vocabulary of " + needed + ", but the model reads "
                            + draw.vocabulary() + " ids");
        }
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        return row(new Grammar(this), random);
    }

    @Override
    public TokenRows draw(Draw draw, int from, int to) {
        check(draw);
        Grammar grammar = new Grammar(this);
        return DrawnRow.join(IntStream.range(from, to)
                .mapToObj(row -> row(grammar, new RowRandom(draw.seed(), row)))
                .toArray(DrawnRow[]::new));
    }

    private DrawnRow row(Grammar grammar, RowRandom random) {
        Grammar.Place place = grammar.begin();
        List<Construct.Kind> kinds = grammar.labels();
        int[] register = registers(random);
        int[] tokens = new int[length];
        int[] construct = new int[length];
        int[][] labels = new int[kinds.size()][length];
        for (int pos = 0; pos < length; pos++) {
            tokens[pos] = place.next(register[pos]).draw(random);
            place.read(tokens[pos]);
            construct[pos] = place.asked();
            int[] values = place.labels();
            for (int k = 0; k < values.length; k++) {
                labels[k][pos] = values[k];
            }
        }
        DrawnRow row = new DrawnRow(tokens)
                .label("register", Label.category(List.of("a", "b"), new int[][] {register}))
                .label("construct", Label.category(grammar.decisions(), new int[][] {construct}));
        for (int k = 0; k < labels.length; k++) {
            row.label(kinds.get(k).name(), kinds.get(k).label(labels[k]));
        }
        return row;
    }

    /** The register of each position. */
    private int[] registers(RowRandom random) {
        int first = random.nextInt(registers.size());
        int[] out = new int[length];
        Arrays.fill(out, registers.get(first).ordinal());
        if (registers.size() > 1 && random.nextDouble() < switchRate) {
            int place = 1 + random.nextInt(length - 1);
            int other = (first + 1 + random.nextInt(registers.size() - 1)) % registers.size();
            Arrays.fill(out, place, length, registers.get(other).ordinal());
        }
        return out;
    }
}
