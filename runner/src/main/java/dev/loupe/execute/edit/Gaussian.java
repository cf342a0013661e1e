package dev.loupe.execute.edit;

import dev.loupe.dataset.rows.RowRandom;

/** Standard normal numbers, the same on every platform (Box and Muller on {@link RowRandom}). */
final class Gaussian {
    private final RowRandom random;

    /** Equal seed and stream give equal numbers. */
    Gaussian(long seed, long stream) {
        random = new RowRandom(seed, stream);
    }

    /** The next numbers of the stream. */
    void fill(float[] into, int from, int count, double scale) {
        for (int i = 0; i < count; i += 2) {
            double radius = scale * Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            into[from + i] = (float) (radius * Math.cos(angle));
            if (i + 1 < count) {
                into[from + i + 1] = (float) (radius * Math.sin(angle));
            }
        }
    }
}
