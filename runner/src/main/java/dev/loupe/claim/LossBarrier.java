package dev.loupe.claim;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far a curve rises above the straight line between its ends: BAR of Frankle et al. 2020 and Entezari et al. 2021. */
@Named("barrier")
@Doc(
        "The largest height of a measurement above the straight line between its first and its last number, along an axis whose "
                + "labels are numbers, such as `t` of `interpolate`; 0 if it is never above the line.")
@Example("{barrier: score, along: key_token}")
public record LossBarrier(
        @Doc("The measurement.") @NameOf("measure") String barrier,

        @Doc(
                "The axis. Its labels are numbers, and it is the only axis with several labels that remains after `where`.")
        String along,

        @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
        implements Expression {
    @Override
    public double value(Findings findings, int b) {
        NumberedCurve curve = NumberedCurve.of(findings, barrier, along, where, b);
        return height(curve.at(), curve.values());
    }

    static double height(double[] at, double[] values) {
        int last = at.length - 1;
        double most = 0;
        for (int i = 0; i <= last; i++) {
            double t = last == 0 ? 0 : (at[i] - at[0]) / (at[last] - at[0]);
            double above = values[i] - ((1 - t) * values[0] + t * values[last]);
            if (Double.isNaN(above)) {
                return Double.NaN;
            }
            most = Math.max(most, above);
        }
        return most;
    }

    @Override
    public Set<String> axes() {
        return Stream.concat(Stream.of(along), where.keySet().stream()).collect(Collectors.toSet());
    }

    @Override
    public List<String> references() {
        return List.of(barrier);
    }
}
