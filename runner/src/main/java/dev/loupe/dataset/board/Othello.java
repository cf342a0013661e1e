package dev.loupe.dataset.board;

import dev.loupe.dataset.Mark;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random legal games of Othello as moves (Li et al. 2023), with the board after every move as labels. Token 0 is a pass, the other
 * ids are the squares without the four in the middle, row by row from 1 on; a model needs {@link #vocabularySize()} ids. Every
 * position predicts the next move, which was drawn uniformly among the legal ones.
 *
 * <p>{@code QUERY} is one position of each row, drawn uniformly; the set {@code answer} has the moves that are legal after
 * it, and class {@code answer} holds QUERY alone. With {@code flip} one disc is turned over in thought at QUERY:
 * label {@code flipped} says which square, {@code flipped-legal} is the set of moves that would then be legal. QUERY and square are
 * drawn among those where the two sets differ and the second is not empty.
 *
 * <p>Held out: the whole row is hashed (not with the seed).
 */
@Named("othello")
@Doc(
        "Random legal games of Othello as moves alone, with what lies on every square after every move as labels; on boards of 4, 6 "
                + "or 8 squares a side.")
@Example("{generator: othello, size: 6, split: test, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "QUERY", doc = "A position drawn from the row.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "QUERY.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The moves that are legal after QUERY.")
@Mark(
        is = Mark.Kind.COLUMN,
        name = "flipped-legal",
        doc = "With `flip`: those that would be with the disc turned over.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "state-*SQUARE*",
        doc = "After each move: `empty`, `mine` (of the player who moves next) or `theirs`.")
@Mark(is = Mark.Kind.LABEL, name = "colour-*SQUARE*", doc = "After each move: `empty`, `black` or `white`.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "mine-*SQUARE*",
        doc = "Whether a disc there is of the player who moves next; left out where there is none.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "black-*SQUARE*",
        doc = "Whether a disc there is black; left out where there is none.")
@Mark(is = Mark.Kind.LABEL, name = "flipped", doc = "With `flip`: at QUERY the square whose disc is turned over.")
public record Othello(
        @Doc("Squares along each side: 4, 6 or 8.") @Default("8")
        int size,

        @Nullable
        @Doc(
                "Tokens per row. Default: one less than there are squares to fill, so that the last of them is predicted too. Games "
                        + "that end before are drawn again.")
        Integer length,

        @Doc("What is written where a player has no legal move.") @Default("skipped")
        Passes passes,

        @Doc("Which disc is turned over in thought at QUERY.") @Default("none")
        Flip flip,

        @Doc("Which games are drawn.") @Default("all") HeldOut split,

        @Doc("The share of all games that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements BoardDataset, TokenGenerator {
    private static final int ATTEMPTS = 100_000;

    /** What is written where a player has no move. */
    public enum Passes {
        @Doc("Nothing: the other player moves again, as in the games of Li et al. (2023).")
        SKIPPED,
        @Doc("Token 0.")
        WRITTEN
    }

    /** Which disc is turned over. */
    public enum Flip {
        @Doc("None.")
        NONE,
        @Doc("One of the player who moves next.")
        MINE,
        @Doc("One of the other player.")
        THEIRS
    }

    public Othello {
        RowOptions.check(rows);
        HeldOut.checkShare(heldOut);
        if (size != 4 && size != 6 && size != 8) {
            throw new IllegalArgumentException("`size` must be 4, 6 or 8, not " + size);
        }
        if (length != null && (length < 1 || length > longest(size))) {
            throw new IllegalArgumentException("`length` must be 1 to " + longest(size) + " on a board of " + size
                    + " x " + size + ", not " + length);
        }
    }

    private static int longest(int size) {
        return size * size - 5;
    }

    /** How many ids a model must read: a pass and all squares but four. */
    public int vocabularySize() {
        return size * size - 3;
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new Othello(size, length, passes, flip, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "size",
                    "moves on a board of " + size + " x " + size + " need a vocabulary of " + vocabularySize()
                            + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        int count = (length == null ? longest(size) : length) + 1;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OthelloGame game = OthelloGame.draw(size, count, passes, random);
            if (game != null && split.admits(game.row(), heldOut)) {
                DrawnRow row = row(game, random);
                if (row != null) {
                    return row;
                }
            }
        }
        throw new DatasetException(
                "length", "no game that is so long was found with these options: use a smaller `length`");
    }

    private @Nullable DrawnRow row(OthelloGame game, RowRandom random) {
        int[] tokens = game.row();
        int query = random.nextInt(tokens.length);
        OthelloBoard board = game.after()[query];
        DrawnRow row = new DrawnRow(tokens, "answer");
        OthelloMoves moves = new OthelloMoves(size);
        List<String> squares = moves.squareNames();
        if (flip != Flip.NONE) {
            int[] candidates = candidates(board);
            if (candidates.length == 0) {
                return null;
            }
            int square = candidates[random.nextInt(candidates.length)];
            int[] flipped = new int[tokens.length];
            Arrays.fill(flipped, Label.NONE);
            flipped[query] = square;
            row.label("flipped", Label.category(squares, new int[][] {flipped}))
                    .set("flipped-legal", moves.ids(board.flipped(square).legalMoves()));
        }
        for (int i = 0; i < tokens.length; i++) {
            row.target(i, game.tokens()[i + 1]);
        }
        int[] legal = board.legalMoves();
        return SquareLabels.add(row, game.after(), squares)
                .position("QUERY", query)
                .mark("answer", query)
                .set("answer", legal.length == 0 ? new int[] {OthelloMoves.PASS} : moves.ids(legal));
    }

    /** Squares whose disc may be turned over: the legal moves change, and some are left. */
    private int[] candidates(OthelloBoard board) {
        long discs = flip == Flip.MINE ? board.mine() : board.theirs();
        int[] legal = board.legalMoves();
        return IntStream.range(0, size * size)
                .filter(square -> (discs >>> square & 1) != 0)
                .filter(square -> {
                    int[] other = board.flipped(square).legalMoves();
                    return other.length > 0 && legal.length > 0 && !Arrays.equals(other, legal);
                })
                .toArray();
    }
}
