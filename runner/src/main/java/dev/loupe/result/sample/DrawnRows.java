package dev.loupe.result.sample;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How often each resample draws each row, {@link #GROUP} resamples side by side [group, row, resample]. Equal settings draw equal
 * rows, and the models of a family are resampled one after another: what was drawn last is kept while there is memory for it.
 */
final class DrawnRows {
    /** So many sums are added to at once without leaving a processor's registers. */
    static final int GROUP = 8;

    /** More numbers are drawn again for each table. */
    private static final long MOST = 8_000_000;

    private static final AtomicReference<SoftReference<DrawnRows>> LAST =
            new AtomicReference<>(new SoftReference<>(null));

    private final Resampling resampling;
    private final int rows;
    private final AtomicReferenceArray<double[]> groups;

    private DrawnRows(Resampling resampling, int rows) {
        this.resampling = resampling;
        this.rows = rows;
        this.groups = new AtomicReferenceArray<>((resampling.times() + GROUP - 1) / GROUP);
    }

    static DrawnRows of(Resampling resampling, int rows) {
        SoftReference<DrawnRows> kept = LAST.get();
        DrawnRows last = kept == null ? null : kept.get();
        if (last != null && last.rows == rows && last.resampling.equals(resampling)) {
            return last;
        }
        DrawnRows fresh = new DrawnRows(resampling, rows);
        LAST.set(new SoftReference<>(fresh));
        return fresh;
    }

    private boolean kept() {
        return (long) rows * resampling.times() <= MOST;
    }

    int groups() {
        return groups.length();
    }

    /** The counts of one resample, by row. */
    double[] weights(int b) {
        if (b >= resampling.times() || !kept()) {
            return resampling.drawn(rows, b);
        }
        double[] group = group(b / GROUP);
        double[] own = new double[rows];
        for (int r = 0; r < rows; r++) {
            own[r] = group[r * GROUP + b % GROUP];
        }
        return own;
    }

    /** The counts of a group of resamples [row, resample]; those of the last group may be more than there are. */
    double[] group(int g) {
        double[] known = groups.get(g);
        if (known == null) {
            known = new double[rows * GROUP];
            for (int k = 0; k < GROUP; k++) {
                double[] drawn = resampling.drawn(rows, g * GROUP + k);
                for (int r = 0; r < rows; r++) {
                    known[r * GROUP + k] = drawn[r];
                }
            }
            if (kept()) {
                groups.set(g, known);
            }
        }
        return known;
    }
}
