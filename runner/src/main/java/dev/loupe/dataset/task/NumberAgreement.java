package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedGenerator;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.shape.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Number agreement across nouns that lie between: {@code filler.. subject preposition noun .. preposition noun VERB}. The verb
 * has the number of the first noun, whatever the number of the others. Noun n has the ids 2n (one) and 2n + 1 (several); then
 * come two verbs (one, several), the prepositions and the fillers: a model needs {@link #vocabularySize()} ids.
 *
 * <p>The target stands at the last noun, where the verb is predicted. Classes, all there: {@code answer}; {@code alike} where
 * the nearest noun has the subject's number, so that the nearest noun gives the right answer too, and {@code unlike} where it
 * has not; {@code bare} where nothing lies between. Positions {@code SUBJECT}, {@code ATTRACTOR} (the nearest noun, the subject
 * itself where nothing lies between) and {@code END}; columns {@code answer} and {@code wrong}, the two verbs.
 *
 * <p>In a counterpart one noun has the other number: the subject, which turns the answer, or the nearest noun between, which
 * does not.
 *
 * <p>Held out: the nouns without their numbers are hashed (not with the seed), so that every noun is seen in both numbers and
 * no held-out sequence of nouns is.
 */
@Named("agreement")
@Doc("A subject, other nouns between, and a verb that has the number of the subject.")
@Example("{generator: agreement, nouns: 20, between: 1..2, corruption: subject, split: test, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "SUBJECT", doc = "The first noun.")
@Mark(is = Mark.Kind.POSITION, name = "ATTRACTOR", doc = "The noun nearest to the verb.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last noun, where the verb is predicted.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "Predict the verb.")
@Mark(is = Mark.Kind.CLASS, name = "alike", doc = "The same where the nearest noun has the number of the subject.")
@Mark(is = Mark.Kind.CLASS, name = "unlike", doc = "Where it has not.")
@Mark(is = Mark.Kind.CLASS, name = "bare", doc = "Where no noun lies between.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The verb of the number of the subject.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The other verb.")
public record NumberAgreement(
        @Doc("Number of nouns, each in two forms.") @Default("20")
        int nouns,

        @Doc("How many nouns lie between subject and verb, such as `1..2`.") @Default("0..2")
        IntRange between,

        @Doc(
                "How many filler words precede the subject at most: their number is drawn, so that no noun has a place of its own.")
        @Default("4")
        int fillers,

        @Doc("Which noun has the other number in the counterpart.") @Default("subject")
        Corruption corruption,

        @Doc("Which sequences of nouns are drawn.") @Default("all")
        HeldOut split,

        @Doc("The share of all sequences of nouns that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, PairedGenerator {
    private static final int PREPOSITIONS = 3;
    private static final int FILLERS = 6;
    private static final int ATTEMPTS = 1_000_000;

    /** Which noun changes its number. */
    public enum Corruption {
        @Doc("The subject, and with it the verb.")
        SUBJECT,
        @Doc("The nearest noun between subject and verb; the verb stays.")
        ATTRACTOR
    }

    public NumberAgreement {
        RowOptions.check(rows);
        HeldOut.checkShare(heldOut);
        if (nouns < 2 || nouns > 1 << 19) {
            throw new IllegalArgumentException("`nouns` must be at least 2, not " + nouns);
        }
        if (between.low() < 0 || between.high() > 100 || fillers < 0 || fillers > 1000) {
            throw new IllegalArgumentException("`between` must be 0 to 100 and `fillers` 0 to 1000");
        }
        if (corruption == Corruption.ATTRACTOR && between.low() < 1) {
            throw new IllegalArgumentException(
                    "`corruption: attractor` needs a noun between in every row: `between: 1.."
                            + Math.max(1, between.high()) + "`");
        }
    }

    /** How many ids a model must read. */
    public int vocabularySize() {
        return 2 * nouns + 2 + PREPOSITIONS + FILLERS;
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new NumberAgreement(nouns, between, fillers, corruption, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "nouns",
                    nouns + " nouns in two forms, two verbs, prepositions and fillers need a vocabulary of "
                            + vocabularySize() + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    /**
     * What a row says.
     *
     * @param before fillers before the subject
     * @param nouns the subject and those between
     * @param several whether each noun has the form for several
     */
    private record Sentence(int before, int[] nouns, boolean[] several, int[] prepositions) {}

    @Override
    public Pair pair(Draw draw, RowRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int count = 1 + random.between(between.low(), between.high());
            int[] drawn = new int[count];
            boolean[] several = new boolean[count];
            int[] prepositions = new int[count];
            for (int i = 0; i < count; i++) {
                drawn[i] = random.nextInt(nouns);
                several[i] = random.nextBoolean();
                prepositions[i] = random.nextInt(PREPOSITIONS);
            }
            if (split.admits(drawn, heldOut)) {
                Sentence sentence = new Sentence(random.between(0, fillers), drawn, several, prepositions);
                return pair(sentence, random);
            }
        }
        throw new DatasetException(
                "split", "no sequence of nouns is in `split: " + split + "` with these options: use more `nouns`");
    }

    private Pair pair(Sentence sentence, RowRandom random) {
        int length = fillers + 2 * between.high() + 2;
        int[] around = new int[length];
        for (int i = 0; i < length; i++) {
            around[i] = 2 * nouns + 2 + PREPOSITIONS + random.nextInt(FILLERS);
        }
        boolean[] other = sentence.several().clone();
        int changed = corruption == Corruption.SUBJECT ? 0 : other.length - 1;
        other[changed] = !other[changed];
        return new Pair(row(sentence, sentence.several(), around), row(sentence, other, around));
    }

    /** @param numbers of the nouns in this half of the pair; the answer is the clean half's */
    private DrawnRow row(Sentence sentence, boolean[] numbers, int[] around) {
        int[] tokens = around.clone();
        int at = sentence.before();
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                tokens[at++] = 2 * nouns + 2 + sentence.prepositions()[i];
            }
            tokens[at++] = 2 * sentence.nouns()[i] + (numbers[i] ? 1 : 0);
        }
        int end = at - 1;
        tokens[at] = verb(numbers[0]);
        boolean[] clean = sentence.several();
        int last = clean.length - 1;
        return new DrawnRow(tokens, "answer", "alike", "unlike", "bare")
                .target(end, verb(numbers[0]))
                .mark("answer", end)
                .mark(last == 0 ? "bare" : clean[last] == clean[0] ? "alike" : "unlike", end)
                .position("SUBJECT", sentence.before())
                .position("ATTRACTOR", end)
                .position("END", end)
                .column("answer", verb(clean[0]))
                .column("wrong", verb(!clean[0]));
    }

    private int verb(boolean several) {
        return 2 * nouns + (several ? 1 : 0);
    }
}
