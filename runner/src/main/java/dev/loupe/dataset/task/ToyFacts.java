package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.IndexPermutation;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Facts in bare tokens: a subject of two tokens, then a relation that asks for its attribute. Neither token names the
 * subject alone: first and second tokens are shared by many, so a model must join them and look the fact up. Ids: first
 * tokens 0..parts-1, second tokens the next {@code parts}, then relations, then the attributes of each relation in turn.
 *
 * <p>The facts themselves come from {@code world}, so that training and measuring speak of the same ones; the seed only
 * orders them. A draw for a spec holds no fact twice.
 *
 * <p>Classes {@code answer} (the relation, the only position with a target) and {@code subject}. Positions {@code
 * subject-first}, {@code subject-last}, {@code END}. Columns {@code answer} and {@code wrong}, the attribute of another
 * subject for the same relation; the corrupted counterpart asks about that subject, whose tokens both differ.
 */
@Named("toy-facts")
@Doc("Facts as bare tokens: two tokens name a subject, a third asks for one of its attributes.")
@Example("{generator: toy-facts, subjects: 200, relations: 4, rows: 64, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "subject-first", doc = "The first token of the subject.")
@Mark(is = Mark.Kind.POSITION, name = "subject-last", doc = "Its last token.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The relation, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.CLASS, name = "subject", doc = "Both tokens of the subject.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The attribute.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The attribute of the subject of the counterpart.")
public record ToyFacts(
        @Doc("Number of subjects.") @Default("200") int subjects,

        @Doc("Number of first tokens, and of second tokens, that make up subjects.") @Default("20")
        int parts,

        @Doc("Number of relations; every subject has an attribute for each.") @Default("4")
        int relations,

        @Doc("Number of attributes of a relation.") @Default("20")
        int attributes,

        @Doc("Seed of the facts themselves.") @Default("0") long world,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the order of facts and of their partners. Training uses its own seeds.") @Nullable
        Long seed,

        @Doc("Seed for a second set of partners: the same facts in the same order, each with a different partner "
                + "than without this option.")
        @Key("other-partners")
        @Nullable
        Long otherPartners)
        implements TaskDataset, TokenGenerator, PairedDataset {

    private static final int LARGEST = 1 << 10;

    public ToyFacts {
        RowOptions.check(rows);
        if (parts < 2 || parts > LARGEST || subjects < 2 || subjects > parts * parts) {
            throw new IllegalArgumentException("`subjects` must be 2 to `parts` times `parts` (" + parts + " x " + parts
                    + "), and `parts` from 2 to " + LARGEST);
        }
        if (relations < 1 || relations > LARGEST || attributes < 2 || attributes > LARGEST) {
            throw new IllegalArgumentException("`relations` is from 1 and `attributes` from 2, both to " + LARGEST);
        }
    }

    /** How many ids the model must read. */
    public int vocabularySize() {
        return 2 * parts + relations + relations * attributes;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "subjects",
                    "subjects, relations and attributes need a vocabulary of " + vocabularySize()
                            + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    /** Any fact, as training draws them: the same one may come again. */
    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        int fact = random.nextInt(subjects * relations);
        return row(fact, partner(fact, random, -1), false);
    }

    private int partner(int fact, int row) {
        int first = partner(fact, new RowRandom(Objects.requireNonNull(seed), row), -1);
        return otherPartners == null ? first : partner(fact, new RowRandom(otherPartners, row), first);
    }

    @Override
    public TokenRows read(Sources sources) {
        return pairs(sources).clean();
    }

    @Override
    public PairedRows pairs(Sources sources) {
        if (seed == null) {
            throw new DatasetException(
                    "seed", "`seed` is missing: the order of facts is random, which needs one, " + "such as `seed: 1`");
        }
        check(new Draw(sources.vocabulary(), rows, seed, sources.specials()));
        int facts = subjects * relations;
        if (rows > facts) {
            throw new DatasetException("rows", "there are only " + facts + " facts, not " + rows);
        }
        IndexPermutation order = new IndexPermutation(facts, seed);
        DrawnRow[] clean = new DrawnRow[rows];
        DrawnRow[] corrupted = new DrawnRow[rows];
        for (int row = 0; row < rows; row++) {
            int fact = Math.toIntExact(order.at(row));
            int partner = partner(fact, row);
            clean[row] = row(fact, partner, false);
            corrupted[row] = row(fact, partner, true);
        }
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    private DrawnRow row(int fact, int other, boolean corrupted) {
        int subject = fact / relations;
        int relation = fact % relations;
        int answer = attribute(subject, relation);
        int asked = name(corrupted ? other : subject);
        int[] tokens = {asked / parts, parts + asked % parts, 2 * parts + relation};
        return new DrawnRow(tokens, "answer", "subject")
                .mark("answer", 2)
                .mark("subject", 0)
                .mark("subject", 1)
                .target(2, answer)
                .position("subject-first", 0)
                .position("subject-last", 1)
                .position("END", 2)
                .column("answer", answer)
                .column("wrong", attribute(other, relation));
    }

    /** A subject with neither token in common and with another attribute, and not {@code except}. */
    private int partner(int fact, RowRandom random, int except) {
        int subject = fact / relations;
        int relation = fact % relations;
        int start = random.nextInt(subjects);
        int mine = name(subject);
        for (int i = 0; i < subjects; i++) {
            int other = (start + i) % subjects;
            int name = name(other);
            if (other != except
                    && name / parts != mine / parts
                    && name % parts != mine % parts
                    && attribute(other, relation) != attribute(subject, relation)) {
                return other;
            }
        }
        throw new DatasetException(
                "subjects",
                "a subject has no partner with different tokens and a different attribute: use more " + "subjects");
    }

    /** The two tokens of a subject as one number. */
    private int name(int subject) {
        return Math.toIntExact(new IndexPermutation((long) parts * parts, world).at(subject));
    }

    /** The id of a subject's attribute. */
    private int attribute(int subject, int relation) {
        int drawn = new RowRandom(world, (long) subject * relations + relation).nextInt(attributes);
        return 2 * parts + relations + relation * attributes + drawn;
    }
}
