package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A number computed from results. Each record is one function; the permits clause is all there are. */
public sealed interface Expression
        permits Extreme.Max,
                Extreme.Min,
                Expression.Value,
                Expression.Mean,
                Sum,
                FirstReaching,
                AtLabel,
                LargerOf,
                MonotoneShare,
                TrendCorrelation,
                LossBarrier,
                Expression.Count,
                Expression.Chance,
                Expression.Difference,
                Expression.Ratio,
                RankCorrelation,
                Correlation,
                Overlap,
                CircuitDistance,
                MatrixLaw.Diagonal,
                MatrixLaw.Triangle {
    /** Its value on replicate {@code b}, on the estimates for {@code b = -1}; NaN where undefined. */
    double value(Findings findings, int b);

    /** The measurements that it reads. */
    List<String> references();

    /** Those of them whose rows are drawn again for its interval: all but what only chooses a component, or is chance. */
    default List<String> resampled() {
        return references();
    }

    /** The axes that it names: it looks along them, so that no model on them is compared for itself. */
    Set<String> axes();

    /** Whether its value varies over resamples of rows. */
    default boolean sampled(Findings findings) {
        return resampled().stream().anyMatch(r -> findings.get(r).sampled());
    }

    /** The numbers that all are above a limit where this one is; null where it tells of no others. */
    default @Nullable NamedArray allAbove(Findings findings) {
        return null;
    }

    /** The numbers that all are below a limit where this one is; null where it tells of no others. */
    default @Nullable NamedArray allBelow(Findings findings) {
        return null;
    }

    /** The component that gave the number on the estimates, null when no single one did. */
    default @Nullable String component(Findings findings) {
        return null;
    }

    /** One number of a measurement. */
    @Named("value")
    @Doc("One number: a measurement without axes, or one narrowed by `where` or `at` until one number is left.")
    @Example("{value: loss}")
    record Value(
            @Doc("The measurement.") @NameOf("measure") String value,
            @Default("{}") @Doc("Labels by axis.") Map<String, String> where,

            @Nullable @Doc("The component with the largest value in another measurement.")
            TopOf at)
            implements Expression {
        @Override
        public double value(Findings findings, int b) {
            Measured narrowed = narrowed(findings);
            if (narrowed == null) {
                return Double.NaN;
            }
            NamedArray left = narrowed.replicate(findings.resampling(), b);
            if (left.data().length != 1) {
                throw new IllegalArgumentException("`" + value + "` is not a single number but has "
                        + NamedArray.describe(left.axes()) + "; narrow it with `where`, or use `max`, `min` or `mean`");
            }
            return left.data()[0];
        }

        /** Null where the measurement that chooses has no such component that is defined. */
        private @Nullable Measured narrowed(Findings findings) {
            Measured measured = AxisSelection.narrow(findings.get(value), where);
            return at == null ? measured : at.narrow(measured, findings);
        }

        @Override
        public @Nullable String component(Findings findings) {
            return at == null ? null : at.name(findings);
        }

        @Override
        public Set<String> axes() {
            return at == null
                    ? where.keySet()
                    : Stream.concat(where.keySet().stream(), at.where().keySet().stream())
                            .collect(Collectors.toSet());
        }

        @Override
        public List<String> references() {
            return at == null ? List.of(value) : List.of(value, at.top());
        }

        @Override
        public List<String> resampled() {
            return List.of(value);
        }
    }

    /** A mean. */
    @Named("mean")
    @Doc("Mean of all defined numbers of a measurement.")
    @Example("{mean: loss}")
    record Mean(
            @Doc("The measurement.") @NameOf("measure") String mean,
            @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
            implements Expression {
        @Override
        public double value(Findings findings, int b) {
            return Arrays.stream(AxisSelection.narrow(findings.get(mean), where)
                            .replicate(findings.resampling(), b)
                            .data())
                    .filter(x -> !Double.isNaN(x))
                    .average()
                    .orElse(Double.NaN);
        }

        @Override
        public Set<String> axes() {
            return where.keySet();
        }

        @Override
        public List<String> references() {
            return List.of(mean);
        }
    }

    /** A count of components. */
    @Named("count")
    @Doc("How many numbers of a measurement are above or below a limit.")
    @Example("{count: scores.IND, above: 0.4}")
    record Count(
            @Doc("The measurement.") @NameOf("measure") String count,
            @Default("{}") @Doc("Labels by axis.") Map<String, String> where,
            @Nullable @Doc("Counts numbers above it.") Double above,
            @Nullable @Doc("Counts numbers below it.") Double below)
            implements Expression {
        public Count {
            if ((above == null) == (below == null)) {
                throw new IllegalArgumentException("`count` needs either `above` or `below`");
            }
        }

        /** Where nothing at all is defined there is nothing to count, which is not the same as none. */
        @Override
        public double value(Findings findings, int b) {
            NamedArray all = AxisSelection.narrow(findings.get(count), where).replicate(findings.resampling(), b);
            if (all.undefined()) {
                return Double.NaN;
            }
            return Arrays.stream(all.data())
                    .filter(x -> above != null ? x > above : below != null && x < below)
                    .count();
        }

        @Override
        public Set<String> axes() {
            return where.keySet();
        }

        @Override
        public List<String> references() {
            return List.of(count);
        }
    }

    /** Where a null ends. */
    @Named("chance")
    @Doc("The limit of a measurement's null distribution: the 99th percentile of its draws, or the largest draw "
            + "if there are fewer than 100. If lower is better, the first percentile or the smallest draw; if both "
            + "sides count, the 99th percentile of the absolute values.")
    @Example("{chance: scores.IND}")
    record Chance(
            @Doc("A measurement with `chance`.") @NameOf("measure")
            String chance) implements Expression {
        @Override
        public double value(Findings findings, int b) {
            NullBand band = findings.get(chance).chance();
            if (band == null) {
                throw new IllegalArgumentException(
                        "`" + chance + "` has no null distribution; give it one with `chance:`");
            }
            return band.edge();
        }

        @Override
        public List<String> resampled() {
            return List.of();
        }

        @Override
        public Set<String> axes() {
            return Set.of();
        }

        @Override
        public List<String> references() {
            return List.of(chance);
        }
    }

    /** A difference. */
    @Named("difference")
    @Doc("The first of two numbers minus the second, paired row by row where both were read from the same rows.")
    @Example("{difference: [{value: damaged}, {value: loss}]}")
    record Difference(@Doc("Two expressions.") List<Expression> difference) implements Expression {
        public Difference {
            two(difference, "difference");
        }

        @Override
        public double value(Findings findings, int b) {
            return difference.get(0).value(findings, b) - difference.get(1).value(findings, b);
        }

        @Override
        public @Nullable String component(Findings findings) {
            return difference.get(0).component(findings);
        }

        @Override
        public Set<String> axes() {
            return named(difference);
        }

        @Override
        public List<String> references() {
            return both(difference, Expression::references);
        }

        @Override
        public List<String> resampled() {
            return both(difference, Expression::resampled);
        }
    }

    /** A ratio. */
    @Named("ratio")
    @Doc("The first of two numbers divided by the second; undefined if the second is 0.")
    @Example("{ratio: [{value: damaged}, {value: loss}]}")
    record Ratio(@Doc("Two expressions.") List<Expression> ratio) implements Expression {
        public Ratio {
            two(ratio, "ratio");
        }

        @Override
        public double value(Findings findings, int b) {
            double below = ratio.get(1).value(findings, b);
            return below == 0 ? Double.NaN : ratio.get(0).value(findings, b) / below;
        }

        @Override
        public @Nullable String component(Findings findings) {
            return ratio.get(0).component(findings);
        }

        @Override
        public Set<String> axes() {
            return named(ratio);
        }

        @Override
        public List<String> references() {
            return both(ratio, Expression::references);
        }

        @Override
        public List<String> resampled() {
            return both(ratio, Expression::resampled);
        }
    }

    private static Set<String> named(List<Expression> list) {
        return list.stream().flatMap(e -> e.axes().stream()).collect(Collectors.toSet());
    }

    private static void two(List<Expression> list, String word) {
        if (list.size() != 2) {
            throw new IllegalArgumentException("`" + word + "` takes two expressions, got " + list.size());
        }
    }

    private static List<String> both(List<Expression> list, Function<Expression, List<String>> names) {
        return list.stream().flatMap(e -> names.apply(e).stream()).distinct().toList();
    }
}
