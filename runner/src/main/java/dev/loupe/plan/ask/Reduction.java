package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Doc;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** How many numbers become one. Undefined numbers are left out; where none is defined the result is undefined. */
public enum Reduction implements ToDoubleFunction<double[]> {
    @Doc("The mean.")
    MEAN {
        @Override
        double of(double[] sorted) {
            return Arrays.stream(sorted).sum() / sorted.length;
        }
    },
    @Doc("The median; the mean of the middle two for an even count.")
    MEDIAN {
        @Override
        double of(double[] sorted) {
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    },
    @Doc("The largest.")
    MAX {
        @Override
        double of(double[] sorted) {
            return sorted[sorted.length - 1];
        }
    },
    @Doc("The smallest.")
    MIN {
        @Override
        double of(double[] sorted) {
            return sorted[0];
        }
    },
    @Doc("The standard deviation, with n - 1; undefined for fewer than two numbers.")
    SD {
        @Override
        double of(double[] sorted) {
            if (sorted.length < 2) {
                return Double.NaN;
            }
            double mean = MEAN.of(sorted);
            return Math.sqrt(
                    Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum() / (sorted.length - 1));
        }
    };

    abstract double of(double[] sorted);

    /** Its name in a heading. */
    public String word() {
        return switch (this) {
            case MEAN -> "Mean";
            case MEDIAN -> "Median";
            case MAX -> "Largest";
            case MIN -> "Smallest";
            case SD -> "Standard deviation";
        };
    }

    /** What the numbers come down to, in any order. */
    @Override
    public double applyAsDouble(double[] numbers) {
        double[] defined =
                Arrays.stream(numbers).filter(x -> !Double.isNaN(x)).sorted().toArray();
        return defined.length == 0 ? Double.NaN : of(defined);
    }
}
