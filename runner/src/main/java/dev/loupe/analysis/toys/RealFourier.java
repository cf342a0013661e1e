package dev.loupe.analysis.toys;

import dev.loupe.result.Axis;
import java.util.stream.IntStream;

/**
 * The orthonormal real Fourier basis of an odd modulus: a constant and for each frequency 1..(p-1)/2 a cosine and a sine, each
 * times sqrt(2/p).
 */
record RealFourier(int modulus) {
    RealFourier {
        if (modulus < 3 || modulus % 2 == 0) {
            throw new IllegalArgumentException("frequencies are read for an odd modulus, not for " + modulus
                    + ": an even one has a frequency without a sine");
        }
    }

    int frequencies() {
        return (modulus - 1) / 2;
    }

    /** An axis of all frequencies. */
    Axis axis() {
        return new Axis(
                "frequency",
                IntStream.rangeClosed(1, frequencies())
                        .mapToObj(String::valueOf)
                        .toList());
    }

    /**
     * Cosine and sine coefficients of a column over the modulus.
     *
     * @param table [modulus][column]
     * @return [frequency - 1][cosine, sine]
     */
    double[][] coefficients(double[][] table, int column) {
        double[][] out = new double[frequencies()][2];
        double scale = Math.sqrt(2.0 / modulus);
        for (int x = 0; x < modulus; x++) {
            double value = scale * table[x][column];
            for (int k = 1; k <= out.length; k++) {
                double angle = angle(k, x);
                out[k - 1][0] += value * Math.cos(angle);
                out[k - 1][1] += value * Math.sin(angle);
            }
        }
        return out;
    }

    /** 2 pi k x / p, of the remainder of k x, so that large products lose no digits. */
    double angle(int frequency, int x) {
        return 2 * Math.PI * ((long) frequency * x % modulus) / modulus;
    }

    /** The table without some frequencies; constants stay. */
    double[][] without(double[][] table, boolean[] removed) {
        int columns = table[0].length;
        double[][] out = new double[modulus][];
        for (int x = 0; x < modulus; x++) {
            out[x] = table[x].clone();
        }
        double scale = Math.sqrt(2.0 / modulus);
        for (int c = 0; c < columns; c++) {
            double[][] coefficients = coefficients(table, c);
            for (int k = 1; k <= frequencies(); k++) {
                for (int x = 0; x < modulus && removed[k - 1]; x++) {
                    double angle = angle(k, x);
                    out[x][c] -= scale
                            * (coefficients[k - 1][0] * Math.cos(angle) + coefficients[k - 1][1] * Math.sin(angle));
                }
            }
        }
        return out;
    }

    static double power(double[] coefficient) {
        return coefficient[0] * coefficient[0] + coefficient[1] * coefficient[1];
    }
}
