package dev.loupe.dataset.repeats;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.TokenPool;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.shape.IntRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random tokens of which some return after a random gap, while no two neighbouring tokens ever return together
 * (problems 6.19 and 2.21): what follows a duplicate never follows from its earlier copy, so a duplicate-token head
 * shows and an induction head or one of fixed offset does not.
 *
 * <p>Classes, by the token at a position: {@code duplicate} where it occurred before, {@code fresh} where it did not;
 * {@code bos} is in neither.
 */
@Named("duplicate-tokens")
@Doc("Random tokens, some of which repeat after a random gap, without repeated bigrams; used to find "
        + "duplicate-token heads.")
@Example("{generator: duplicate-tokens, length: 24, duplicates: 6, gap: 2..12, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.CLASS, name = "duplicate", doc = "Tokens that occurred before.")
@Mark(is = Mark.Kind.CLASS, name = "fresh", doc = "Tokens that did not, without BOS.")
public record DuplicateTokens(
        @Doc("Tokens per row, without `bos`.") @Default("24")
        int length,

        @Doc("Number of positions per row whose token occurred before, drawn uniformly for each row.") @Default("6")
        IntRange duplicates,

        @Doc("Distance from a duplicate to its latest earlier copy. Default: 2 up to the whole row.") @Nullable
        IntRange gap,

        @Doc("The target at each position.") @Default("next-token")
        Task task,

        @Doc("Token id at the start of each row, never drawn as a random token. Default: no such token.") @Nullable
        Integer bos,

        @Doc("The token ids to draw from. Default: the whole vocabulary except special tokens.") @Nullable
        IntRange ids,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements RepeatDataset, TokenGenerator {

    private static final int ATTEMPTS = 1000;

    /** What positions predict. */
    public enum Task {
        @Doc("The next token, as a language model does.")
        NEXT_TOKEN,
        @Doc("1 if the token at this position occurred before in the row, 0 if not; for models with two outputs. "
                + "The position of `bos` has no target.")
        OCCURRED_BEFORE
    }

    public DuplicateTokens {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        if (duplicates.low() < 0 || duplicates.high() > length - 2) {
            throw new IllegalArgumentException("`duplicates` must be within 0.." + (length - 2) + " for rows of "
                    + length + " tokens, not " + duplicates);
        }
        if (gap != null && (gap.low() < 2 || gap.low() >= length)) {
            throw new IllegalArgumentException("`gap` must begin within 2.." + (length - 1) + ", not " + gap
                    + ": two equal neighbours would also activate a previous-token head");
        }
    }

    @Override
    public void check(Draw draw) {
        int different = length - duplicates.low();
        new TokenPool(draw, ids, bos).require(different, "length", "a row with " + different + " different tokens");
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        TokenPool pool = new TokenPool(draw, ids, bos);
        int low = gap == null ? 2 : gap.low();
        int planted = random.between(duplicates.low(), duplicates.high());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            boolean[] duplicate = new boolean[length];
            for (int chosen : random.choose(planted, length - low)) {
                duplicate[chosen + low] = true;
            }
            int[] body = fill(pool, random, duplicate, low);
            if (body.length == length) {
                return finish(body, duplicate);
            }
        }
        throw new DatasetException(
                "duplicates",
                "no row of " + length + " tokens with " + planted + " duplicates at gaps of "
                        + (gap == null ? "2 and more" : gap.toString()) + " and no repeated pair was found in "
                        + ATTEMPTS + " attempts; use fewer duplicates or larger gaps");
    }

    /** The tokens, or nothing where a duplicate found no earlier token it could repeat. */
    private int[] fill(TokenPool pool, RowRandom random, boolean[] duplicate, int low) {
        int[] body = new int[length];
        int furthest = gap == null ? length : gap.high();
        Set<Long> pairs = new HashSet<>();
        for (int i = 0; i < length; i++) {
            if (duplicate[i]) {
                List<Integer> candidates = new ArrayList<>();
                for (int j = Math.max(0, i - furthest); j <= i - low; j++) {
                    if (isLatest(body, j, i) && !pairs.contains(pair(body[i - 1], body[j]))) {
                        candidates.add(body[j]);
                    }
                }
                if (candidates.isEmpty()) {
                    return new int[0];
                }
                body[i] = candidates.get(random.nextInt(candidates.size()));
            } else {
                body[i] = pool.fresh(random, body, i);
            }
            if (i > 0) {
                pairs.add(pair(body[i - 1], body[i]));
            }
        }
        return body;
    }

    private static boolean isLatest(int[] body, int position, int before) {
        for (int i = position + 1; i < before; i++) {
            if (body[i] == body[position]) {
                return false;
            }
        }
        return true;
    }

    private static long pair(int first, int second) {
        return (long) first << 32 | second;
    }

    private DrawnRow finish(int[] body, boolean[] duplicate) {
        int head = bos == null ? 0 : 1;
        DrawnRow row = new DrawnRow(RowOptions.withBos(bos, body), "duplicate", "fresh");
        for (int i = 0; i < length; i++) {
            row.mark(duplicate[i] ? "duplicate" : "fresh", i + head);
            if (task == Task.OCCURRED_BEFORE) {
                row.target(i + head, duplicate[i] ? 1 : 0);
            }
        }
        return row;
    }
}
