package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Indirect-object identification in bare tokens (F-ioi of problems 0.3): names at random slots among fillers, then an
 * END token whose target is the name that was mentioned once. Names have the ids 0..names-1, fillers the next
 * {@code fillers} ids, END the last: the model needs {@link #vocabularySize()} ids.
 *
 * <p>One attention-only layer solves {@code last-clause} and {@code any-order}; {@code multi-pair} (F-ioi-c) separates
 * depths.
 *
 * <p>Class {@code answer}: END; {@code answer-abba} where the answer was mentioned first of the two names that are
 * compared, else {@code answer-baba}. Positions {@code IO}, {@code S1}, {@code S1+1}, {@code S2}, {@code END}; columns
 * {@code answer} and {@code wrong} (S; with several doubled names one of them at random). Corrupted counterparts differ
 * at S2 alone, as {@code corruption} says, and keep the clean rows' columns.
 *
 * <p>Held out: the set of names of a row is hashed (not with the seed), so that a set of names is for training or for
 * testing in every draw.
 */
@Named("toy-ioi")
@Doc("Indirect object identification as bare tokens: which name was mentioned only once?")
@Example("{generator: toy-ioi, form: multi-pair, names: 20, split: train, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "IO", doc = "The name that is mentioned once.")
@Mark(is = Mark.Kind.POSITION, name = "S1", doc = "The first mention of the other name.")
@Mark(is = Mark.Kind.POSITION, name = "S1+1", doc = "The token after it.")
@Mark(is = Mark.Kind.POSITION, name = "S2", doc = "Its second mention.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.CLASS, name = "answer-abba", doc = "END of rows in which IO comes before S1.")
@Mark(is = Mark.Kind.CLASS, name = "answer-baba", doc = "END of the other rows.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The name at IO.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The name at S1.")
public record ToyIoi(
        @Doc("Which names repeat, and where.") @Default("last-clause")
        Form form,

        @Doc("Number of names.") @Default("20") int names,

        @Doc("Number of filler tokens in the vocabulary.") @Default("10")
        int fillers,

        @Doc("Number of positions before END.") @Default("12")
        int slots,

        @Doc("The token at S2 in the corrupted counterpart.") @Default("indirect-object")
        Corruption corruption,

        @Doc("Which sets of names are drawn.") @Default("all")
        HeldOut split,

        @Doc("The share of all sets of names that is held out for `split: test`.") @Default("0.2")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, TokenGenerator, PairedDataset {

    private static final int ATTEMPTS = 100_000;

    /** Where names stand. */
    public enum Form {
        @Doc("Two names in the first two thirds of the row, one of them again in the last third.")
        LAST_CLAUSE(1),
        @Doc("Mentions A, A, B in any order at any positions.")
        ANY_ORDER(1),
        @Doc("Three names twice and one once, at any seven positions (F-ioi-c).")
        MULTI_PAIR(3);

        private final int doubled;

        Form(int doubled) {
            this.doubled = doubled;
        }
    }

    /** What replaces S2. */
    public enum Corruption {
        @Doc("The indirect object: the answer becomes the subject.")
        INDIRECT_OBJECT,
        @Doc("A name that does not occur elsewhere in the row: no name is mentioned twice (ABC).")
        NEW_NAME
    }

    public ToyIoi {
        RowOptions.check(rows);
        HeldOut.checkShare(heldOut);
        if (names < form.doubled + 2 || fillers < 1 || names > 1 << 20 || fillers > 1 << 20) {
            throw new IllegalArgumentException(
                    "`names` must be at least " + (form.doubled + 2) + " and `fillers` at least 1");
        }
        if (slots < Math.max(6, 2 * form.doubled + 1) || slots > RowOptions.LONGEST) {
            throw new IllegalArgumentException(
                    "`slots` must be at least " + Math.max(6, 2 * form.doubled + 1) + ", not " + slots);
        }
    }

    /** How many ids the model must read. */
    public int vocabularySize() {
        return names + fillers + 1;
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new ToyIoi(form, names, fillers, slots, corruption, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "names",
                    names + " names, " + fillers + " fillers and END need a vocabulary of " + vocabularySize()
                            + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        return TokenGenerator.super.read(sources);
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        return row(random, null);
    }

    @Override
    public PairedRows pairs(Sources sources) {
        TokenRows clean = read(sources);
        DrawnRow[] corrupted = new DrawnRow[clean.rows()];
        for (int row = 0; row < corrupted.length; row++) {
            // read() has made sure of the seed.
            corrupted[row] = row(new RowRandom(seed == null ? 0 : seed, row), corruption);
        }
        return new PairedRows(clean, DrawnRow.join(corrupted));
    }

    private DrawnRow row(RowRandom random, @Nullable Corruption corrupted) {
        int[] chosen = names(random);
        int wrong = 1 + random.nextInt(form.doubled);
        int[] tokens = new int[slots + 1];
        for (int i = 0; i < slots; i++) {
            tokens[i] = names + random.nextInt(fillers);
        }
        tokens[slots] = names + fillers;
        int[] places = places(random);
        // chosen[0] is mentioned once, every other of the row's names twice.
        int io = places[0];
        tokens[io] = chosen[0];
        for (int name = 1; name <= form.doubled; name++) {
            tokens[places[2 * name - 1]] = chosen[name];
            tokens[places[2 * name]] = chosen[name];
        }
        int first = Math.min(places[2 * wrong - 1], places[2 * wrong]);
        int second = Math.max(places[2 * wrong - 1], places[2 * wrong]);
        if (corrupted != null) {
            tokens[second] = corrupted == Corruption.INDIRECT_OBJECT ? chosen[0] : chosen[form.doubled + 1];
        }
        return new DrawnRow(tokens, "answer", "answer-abba", "answer-baba")
                .mark("answer", slots)
                .mark(io < first ? "answer-abba" : "answer-baba", slots)
                .target(slots, chosen[0])
                .position("IO", io)
                .position("S1", first)
                .position("S1+1", first + 1)
                .position("S2", second)
                .position("END", slots)
                .column("answer", chosen[0])
                .column("wrong", chosen[wrong]);
    }

    /** The name mentioned once, those mentioned twice, and one that is not in the row. */
    private int[] names(RowRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] chosen = Arrays.copyOf(random.permutation(names), form.doubled + 2);
            int[] set = Arrays.copyOf(chosen, form.doubled + 1);
            Arrays.sort(set);
            if (split.admits(set, heldOut)) {
                return chosen;
            }
        }
        throw new DatasetException(
                "split", "no set of names is in `split: " + split + "` with this number of " + "names: use more");
    }

    /** The slot of the name mentioned once, then two for each of the others. */
    private int[] places(RowRandom random) {
        if (form != Form.LAST_CLAUSE) {
            return Arrays.copyOf(random.permutation(slots), 2 * form.doubled + 1);
        }
        int clause = slots - slots / 3;
        int[] early = random.permutation(clause);
        return new int[] {early[0], early[1], random.between(clause, slots - 1)};
    }
}
