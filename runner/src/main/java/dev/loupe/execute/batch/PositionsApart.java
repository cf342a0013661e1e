package dev.loupe.execute.batch;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.LogitsAtPositions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A batch in which each position counts as a row of its own: row r and position p become row r x length + p, so that whatever reads
 * one number for each row reads one for each position.
 */
final class PositionsApart {
    private PositionsApart() {}

    static BatchView of(BatchView batch, String at) {
        TokenRows rows = batch.rows();
        int length = rows.rows() == 0 ? 0 : rows.tokens()[0].length;
        LogitsAtPositions asked = batch.asked(at);
        int[] apart = new int[asked.row().length];
        for (int i = 0; i < apart.length; i++) {
            apart[i] = asked.row()[i] * length + asked.pos()[i];
        }
        return batch.asking(
                repeated(rows, length),
                at,
                new LogitsAtPositions(asked.made(), asked.at(), asked.ids(), apart, asked.pos(), asked.answers()));
    }

    /** Each row as often as it has positions. */
    private static TokenRows repeated(TokenRows rows, int times) {
        int n = rows.rows() * times;
        return new TokenRows(
                repeated(rows.tokens(), n, times, int[][]::new),
                rows.targets().length == 0 ? rows.targets() : repeated(rows.targets(), n, times, int[][]::new),
                each(rows.classes(), marks -> repeated(marks, n, times, boolean[][]::new)),
                each(rows.positions(), positions -> repeated(positions, n, times)),
                each(rows.columns(), ids -> repeated(ids, n, times)),
                each(rows.sets(), ids -> repeated(ids, n, times, int[][]::new)),
                each(
                        rows.labels(),
                        label -> new Label(
                                label.kind(),
                                label.names(),
                                repeated(label.values(), n, times, int[][]::new),
                                label.looksAhead())),
                new int[0]);
    }

    private static <T> Map<String, T> each(Map<String, T> all, Function<T, T> change) {
        Map<String, T> changed = new HashMap<>();
        all.forEach((name, one) -> changed.put(name, change.apply(one)));
        return changed;
    }

    private static <T> T[] repeated(T[] rows, int n, int times, IntFunction<T[]> make) {
        T[] all = make.apply(n);
        for (int i = 0; i < n; i++) {
            all[i] = rows[i / times];
        }
        return all;
    }

    private static int[] repeated(int[] rows, int n, int times) {
        int[] all = new int[n];
        for (int i = 0; i < n; i++) {
            all[i] = rows[i / times];
        }
        return all;
    }
}
