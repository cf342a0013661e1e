package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The largest or smallest number of a measurement, and which component has it. */
public final class Extreme {
    private Extreme() {}

    @Named("max")
    @Doc(
            "The largest number of a measurement; what is undefined is left out, and a claim that all numbers are below a limit says how many "
                    + "that were.")
    @Example("{max: scores.IND, where: {layer: 1}}")
    public record Max(
            @Doc("The measurement.") @NameOf("measure") String max,
            @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
            implements Expression {
        @Override
        public double value(Findings findings, int b) {
            return extreme(narrowed(findings).replicate(findings.resampling(), b), 1);
        }

        private Measured narrowed(Findings findings) {
            return AxisSelection.narrow(findings.get(max), where);
        }

        @Override
        public NamedArray allBelow(Findings findings) {
            return narrowed(findings).estimate();
        }

        @Override
        public @Nullable String component(Findings findings) {
            return name(narrowed(findings).estimate(), where, 1);
        }

        @Override
        public Set<String> axes() {
            return where.keySet();
        }

        @Override
        public List<String> references() {
            return List.of(max);
        }
    }

    @Named("min")
    @Doc(
            "The smallest number of a measurement; what is undefined is left out, and a claim that all numbers are above a limit says how many "
                    + "that were.")
    @Example("{min: scores.IND}")
    public record Min(
            @Doc("The measurement.") @NameOf("measure") String min,
            @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
            implements Expression {
        @Override
        public double value(Findings findings, int b) {
            return extreme(narrowed(findings).replicate(findings.resampling(), b), -1);
        }

        private Measured narrowed(Findings findings) {
            return AxisSelection.narrow(findings.get(min), where);
        }

        @Override
        public NamedArray allAbove(Findings findings) {
            return narrowed(findings).estimate();
        }

        @Override
        public @Nullable String component(Findings findings) {
            return name(narrowed(findings).estimate(), where, -1);
        }

        @Override
        public Set<String> axes() {
            return where.keySet();
        }

        @Override
        public List<String> references() {
            return List.of(min);
        }
    }

    private static int index(double[] data, int sign) {
        int best = -1;
        for (int i = 0; i < data.length; i++) {
            if (!Double.isNaN(data[i]) && (best < 0 || sign * data[i] > sign * data[best])) {
                best = i;
            }
        }
        return best;
    }

    private static double extreme(NamedArray numbers, int sign) {
        int best = index(numbers.data(), sign);
        return best < 0 ? Double.NaN : numbers.data()[best];
    }

    private static @Nullable String name(NamedArray numbers, Map<String, String> where, int sign) {
        int best = index(numbers.data(), sign);
        String rest = best < 0 ? "" : AxisSelection.name(numbers.axes(), numbers.coordinates(best));
        if (rest.isEmpty()) {
            return null;
        }
        String layer = where.get("layer");
        return layer != null && rest.startsWith("head ") ? "L" + layer + "H" + rest.substring(5) : rest;
    }
}
