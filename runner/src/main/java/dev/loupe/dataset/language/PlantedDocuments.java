package dev.loupe.dataset.language;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.NextTokens;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Artificial documents of code, of LaTeX and of prose in bare tokens. Every row is one document of one register, and its first
 * token says which. The generator knows the probability of every token given those before it.
 *
 * <p>Labels of every token: {@code register}; {@code construct}, which names what decides the next token where earlier tokens
 * than the last one do; and those of each register that is used. The language needs {@link #vocabularySize} token ids whatever
 * registers are used.
 */
@Named("planted-documents")
@Doc(
        "Artificial documents after the manner of Python code, of LaTeX and of English sentences, as bare tokens with labels of "
                + "every token and a known smallest loss. What decides the next token at some positions is a class: `construct.colon`, "
                + "`construct.due-right`, `construct.verb` and so on.")
@Example("{generator: planted-documents, registers: [code, latex, prose], rows: 64, seed: 1}")
@Mark(is = Mark.Kind.LABEL, name = "register", doc = "`code`, `latex` or `prose`.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "construct",
        doc = "What decides the next token, where earlier tokens than the last one do.")
@Mark(
        is = Mark.Kind.COLUMN,
        name = "right",
        doc = "With `latex`: the token id of the command that closes a parenthesis.")
@Mark(is = Mark.Kind.LABEL, name = "*LABEL*", doc = "The labels of each register.")
public record PlantedDocuments(
        @Doc("Which registers documents are written in, each as often as another.") @Default("[code, latex, prose]")
        List<Register> registers,

        @Doc(
                "Whether names that belong to one class alone are replaced by new ones, which belong to every class and which no "
                        + "document without this option has.")
        @Default("false")
        boolean newNames,

        @Doc("Number of tokens per row.") @Default("64") int length,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements LanguageDataset, KnownLanguage, TokenGenerator {

    /** The registers. */
    public enum Register {
        @Doc(
                "Lines of code: labels `keyword`, `string`, `comment`, `name-def`, `parameter`, `name-use`, `indent`, `colon` and `comma`.")
        CODE,
        @Doc(
                "Text with formulas: labels `command`, `math`, `inside-left`, `open-left`, `section`, `citation` and `environment-depth`.")
        LATEX,
        @Doc("Sentences: labels `homograph`, `upos`, `number`, `tense`, `role`, `gender` and `name`.")
        PROSE
    }

    public PlantedDocuments {
        registers = registers.stream().distinct().sorted().toList();
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        if (length < 2) {
            throw new IllegalArgumentException("`length` must be at least 2");
        }
        if (registers.isEmpty()) {
            throw new IllegalArgumentException("`registers` names none: write at least one");
        }
        if (newNames && !registers.contains(Register.PROSE)) {
            throw new IllegalArgumentException("`new-names` are names in prose: add `prose` to `registers`");
        }
    }

    /** The ways of writing, by register; token ids of all of them come after one that begins documents of each. */
    private List<Writing> writings() {
        List<Writing> all = new ArrayList<>();
        int next = Register.values().length;
        all.add(new CodeWriting(next));
        all.add(new LatexWriting(next + all.get(0).size()));
        all.add(new ProseWriting(next + all.get(0).size() + all.get(1).size(), newNames));
        return all;
    }

    /** How many ids the model must read. */
    public int vocabularySize() {
        return Register.values().length
                + writings().stream().mapToInt(Writing::size).sum();
    }

    @Override
    public PlantedDocuments withRows(int other, @Nullable Long otherSeed) {
        return new PlantedDocuments(registers, newNames, length, other, otherSeed);
    }

    /** The first token says the register, so that nothing has to be inferred. */
    @Override
    public NextTokens truth() {
        List<Writing> writings = writings();
        int vocabulary = vocabularySize();
        return new NextTokens() {
            @Override
            public int vocabulary() {
                return vocabulary;
            }

            @Override
            public double[][] next(int[] tokens) {
                double[][] out = new double[tokens.length][vocabulary];
                Writing.Place place = writings.get(tokens[0]).begin();
                for (int pos = 0; pos < tokens.length; pos++) {
                    if (pos > 0) {
                        place.read(tokens[pos]);
                    }
                    place.next().addTo(out[pos], 1);
                }
                return out;
            }
        };
    }

    @Override
    public void check(Draw draw) {
        int needed = vocabularySize();
        if (draw.vocabulary() < needed) {
            throw new DatasetException(
                    "generator",
                    "planted documents need a vocabulary of " + needed + ", but the model reads " + draw.vocabulary()
                            + " ids");
        }
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        List<Writing> writings = writings();
        int register = registers.get(random.nextInt(registers.size())).ordinal();
        DocumentLabels labels = new DocumentLabels(
                registers.stream().map(each -> writings.get(each.ordinal())).toList(), length);
        int[] tokens = new int[length];
        Writing writing = writings.get(register);
        Writing.Place place = writing.begin();
        tokens[0] = register;
        int next = place.next().draw(random);
        for (int pos = 1; pos < length; pos++) {
            tokens[pos] = next;
            place.read(next);
            next = place.next().draw(random);
            labels.put(writing, pos, place, next);
        }
        int[] all = new int[length];
        Arrays.fill(all, registers.indexOf(Register.values()[register]));
        List<String> names = registers.stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        return labels.on(new DrawnRow(tokens).label("register", Label.category(names, new int[][] {all})));
    }
}
