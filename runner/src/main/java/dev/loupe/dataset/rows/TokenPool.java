package dev.loupe.dataset.rows;

import dev.loupe.schema.shape.IntRange;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids that random tokens are drawn from: a range without the special tokens. */
public final class TokenPool {

    private final int low;
    private final int high;
    private final Set<Integer> excluded;

    /**
     * @param ids the range, or null for the whole vocabulary
     * @param bos a begin-of-text id that is kept out, or null
     * @throws DatasetException where range or bos lie outside the vocabulary
     */
    public TokenPool(Draw draw, @Nullable IntRange ids, @Nullable Integer bos) {
        this.low = ids == null ? 0 : ids.low();
        this.high = ids == null ? draw.vocabulary() - 1 : ids.high();
        if (low < 0 || high >= draw.vocabulary()) {
            throw new DatasetException(
                    "ids",
                    "`ids: " + ids + "` exceeds the vocabulary of the model, which is 0.." + (draw.vocabulary() - 1));
        }
        if (bos != null && (bos < 0 || bos >= draw.vocabulary())) {
            throw new DatasetException(
                    "bos",
                    "`bos: " + bos + "` is not an id of the model, whose vocabulary is 0.." + (draw.vocabulary() - 1));
        }
        this.excluded = new HashSet<>(draw.specials());
        if (bos != null) {
            excluded.add(bos);
        }
        excluded.removeIf(id -> id < low || id > high);
    }

    /** How many ids it holds. */
    int size() {
        return high - low + 1 - excluded.size();
    }

    /**
     * @param what what is drawn, for the message: "a period of 12 different tokens"
     * @throws DatasetException where fewer than {@code needed} ids are left
     */
    public void require(int needed, String option, String what) {
        if (size() < needed) {
            throw new DatasetException(
                    option,
                    what + " needs " + needed + " token ids, but only " + size()
                            + " can be drawn (special tokens are never drawn)");
        }
    }

    /** Any id, uniformly. */
    public int any(RowRandom random) {
        int id = random.between(low, high);
        while (excluded.contains(id)) {
            id = random.between(low, high);
        }
        return id;
    }

    /** Any id that is not among the first {@code count} of {@code taken}. */
    public int fresh(RowRandom random, int[] taken, int count) {
        int id = any(random);
        while (contains(taken, count, id)) {
            id = any(random);
        }
        return id;
    }

    /** {@code count} different ids. */
    public int[] distinct(RowRandom random, int count) {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = fresh(random, ids, i);
        }
        return ids;
    }

    private static boolean contains(int[] ids, int count, int id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return true;
            }
        }
        return false;
    }
}
