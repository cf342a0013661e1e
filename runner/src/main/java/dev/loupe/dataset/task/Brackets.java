package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedGenerator;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Balanced brackets of several kinds (Dyck words): {@code BEGIN ( [ ] ( ) ) ...}. Opening bracket of kind k has token id k, its
 * closing one {@code kinds + k}, BEGIN is the id {@code 2 * kinds}: a model needs {@link #vocabularySize()} ids.
 *
 * <p>Whether a bracket opens or closes is drawn; which kind closes is not. Targets stand where a closing bracket comes next.
 * Classes of these: {@code closing} all of them; {@code nearest} where the bracket to close is the last token, so that no
 * distance has to be bridged, {@code across} where others lie between; {@code closing-1} and so on, by the depth of the bracket
 * that closes. Labels: {@code opener}, from where a bracket closes next to the bracket that it closes; {@code depth}, how many
 * brackets are open after each token.
 *
 * <p>A counterpart has one pair of another kind. {@code QUERY} is the position before a closing bracket of class
 * {@code across}; with {@code corruption: opener} the pair that closes there changes, so that {@code answer} becomes
 * {@code wrong}; with {@code corruption: other} a pair changes that was closed between the two, and the answer stays. Positions
 * {@code OPENER} (of the bracket that closes after QUERY), {@code CHANGED} (the changed opening bracket), {@code PARTNER} (the
 * bracket that closes it), {@code QUERY} and {@code END}, which is QUERY too.
 *
 * <p>Held out: the whole row is hashed (not with the seed).
 */
@Named("brackets")
@Doc("Balanced brackets of several kinds: where one closes, it has the kind of the last one that is still open.")
@Example("{generator: brackets, kinds: 3, depth: 3, length: 24, split: test, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "OPENER", doc = "The bracket that closes after QUERY.")
@Mark(is = Mark.Kind.POSITION, name = "CHANGED", doc = "The opening bracket that has another kind in the counterpart.")
@Mark(is = Mark.Kind.POSITION, name = "PARTNER", doc = "The bracket that closes it.")
@Mark(is = Mark.Kind.POSITION, name = "QUERY", doc = "Before a closing bracket of class `across`.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The same.")
@Mark(is = Mark.Kind.CLASS, name = "closing", doc = "Predict a closing bracket.")
@Mark(is = Mark.Kind.CLASS, name = "nearest", doc = "Of these, where the bracket to close is the last token.")
@Mark(is = Mark.Kind.CLASS, name = "across", doc = "Of these, where others lie between.")
@Mark(is = Mark.Kind.CLASS, name = "closing-*D*", doc = "Where a bracket of depth D closes.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The closing bracket after QUERY.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The answer of the counterpart, or a bracket of another kind.")
@Mark(is = Mark.Kind.LABEL, name = "opener", doc = "From where a bracket closes next to the bracket that it closes.")
@Mark(is = Mark.Kind.LABEL, name = "depth", doc = "How many brackets are open after each token.")
public record Brackets(
        @Doc("Kinds of brackets.") @Default("3") int kinds,

        @Doc("The most brackets that are open at a time.") @Default("3")
        int depth,

        @Doc("Brackets per row, an even number.") @Default("24")
        int length,

        @Doc("Which pair of the counterpart has another kind.") @Default("opener")
        Corruption corruption,

        @Doc("Which rows are drawn.") @Default("all") HeldOut split,

        @Doc("The share of all rows that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, PairedGenerator {
    private static final int ATTEMPTS = 1_000_000;

    /** Which pair changes. */
    public enum Corruption {
        @Doc("The pair that closes after QUERY.")
        OPENER,
        @Doc("A pair that was closed before QUERY, inside of the one that closes there.")
        OTHER
    }

    public Brackets {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        HeldOut.checkShare(heldOut);
        if (kinds < 2 || kinds > 1000) {
            throw new IllegalArgumentException("`kinds` must be 2 to 1000: with one kind there is nothing to tell");
        }
        if (length < 4 || length % 2 != 0 || depth < 2 || depth > length / 2) {
            throw new IllegalArgumentException(
                    "`length` must be an even number of at least 4, and `depth` 2 to half of it; " + "not " + length
                            + " and " + depth);
        }
    }

    /** How many ids a model must read. */
    public int vocabularySize() {
        return 2 * kinds + 1;
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new Brackets(kinds, depth, length, corruption, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "kinds",
                    kinds + " kinds of brackets with BEGIN need a vocabulary of " + vocabularySize()
                            + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    /** @param partner of each position, the other bracket of its pair; -1 for BEGIN */
    private record Word(int[] tokens, int[] partner, int[] open) {}

    @Override
    public Pair pair(Draw draw, RowRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Word word = word(random);
            List<Integer> across = new ArrayList<>();
            for (int i = 2; i <= length; i++) {
                if (closes(word.tokens(), i) && word.partner()[i] < i - 1) {
                    across.add(i);
                }
            }
            if (!across.isEmpty() && split.admits(word.tokens(), heldOut)) {
                return pair(word, across.get(random.nextInt(across.size())), random);
            }
        }
        throw new DatasetException(
                "split", "no row is in `split: " + split + "` with these options: use a larger `length`");
    }

    private boolean closes(int[] tokens, int at) {
        return tokens[at] >= kinds && tokens[at] < 2 * kinds;
    }

    /** Opens or closes by the toss of a coin wherever both are possible. */
    private Word word(RowRandom random) {
        int[] tokens = new int[length + 1];
        int[] partner = new int[length + 1];
        int[] open = new int[length + 1];
        tokens[0] = 2 * kinds;
        partner[0] = -1;
        Deque<Integer> stack = new ArrayDeque<>();
        for (int i = 1; i <= length; i++) {
            int left = length - i + 1;
            boolean opens = stack.isEmpty() || (stack.size() < depth && stack.size() < left && random.nextBoolean());
            if (opens) {
                tokens[i] = random.nextInt(kinds);
                stack.push(i);
            } else {
                int opener = stack.pop();
                tokens[i] = kinds + tokens[opener];
                partner[i] = opener;
                partner[opener] = i;
            }
            open[i] = stack.size();
        }
        return new Word(tokens, partner, open);
    }

    private Pair pair(Word word, int closing, RowRandom random) {
        int opener = word.partner()[closing];
        int changed = opener;
        if (corruption == Corruption.OTHER) {
            int inside = opener + 1 + random.nextInt(closing - opener - 1);
            changed = Math.min(inside, word.partner()[inside]);
        }
        int[] other = word.tokens().clone();
        int kind = (other[changed] + 1 + random.nextInt(kinds - 1)) % kinds;
        other[changed] = kind;
        other[word.partner()[changed]] = kinds + kind;
        int answer = word.tokens()[closing];
        int wrong = corruption == Corruption.OPENER
                ? other[closing]
                : kinds + (answer - kinds + 1 + random.nextInt(kinds - 1)) % kinds;
        return new Pair(
                row(word, word.tokens(), closing, changed, answer, wrong),
                row(word, other, closing, changed, answer, wrong));
    }

    private DrawnRow row(Word word, int[] tokens, int closing, int changed, int answer, int wrong) {
        List<String> classes = new ArrayList<>(List.of("closing", "nearest", "across"));
        for (int d = 1; d <= depth; d++) {
            classes.add("closing-" + d);
        }
        DrawnRow row = new DrawnRow(tokens, classes.toArray(String[]::new));
        int[] opener = new int[tokens.length];
        Arrays.fill(opener, Label.NONE);
        for (int i = 1; i <= length; i++) {
            if (closes(tokens, i)) {
                int to = word.partner()[i];
                opener[i - 1] = to;
                row.target(i - 1, tokens[i])
                        .mark("closing", i - 1)
                        .mark(to == i - 1 ? "nearest" : "across", i - 1)
                        .mark("closing-" + (word.open()[i] + 1), i - 1);
            }
        }
        return row.label("opener", Label.pointer(new int[][] {opener}))
                .label("depth", Label.ordinal(new int[][] {word.open()}))
                .position("OPENER", word.partner()[closing])
                .position("CHANGED", changed)
                .position("PARTNER", word.partner()[changed])
                .position("QUERY", closing - 1)
                .position("END", closing - 1)
                .column("answer", answer)
                .column("wrong", wrong);
    }
}
