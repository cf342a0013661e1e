package dev.loupe.report.chart;

import dev.loupe.report.draw.ColourScale;
import dev.loupe.result.Interval;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The one colour scale of maps that stand side by side. */
public final class MapColours {
    private MapColours() {}

    /** Reaches at least as far as chance does, and as half of a usual interval, so that noise is not painted as a find. */
    public static ColourScale of(List<Quantity> maps, double centre) {
        double least = 0;
        double[] values = new double[0];
        for (Quantity map : maps) {
            values = DoubleStream.concat(
                            Arrays.stream(values), Arrays.stream(map.estimate().data()))
                    .toArray();
            NullBand chance = ChanceMarks.shown(map);
            if (chance != null) {
                least = Math.max(least, Math.abs(chance.edge() - centre));
            }
            least = Math.max(least, usual(map.interval()));
        }
        return ColourScale.around(centre, values, least);
    }

    /** Half of the median interval. */
    private static double usual(@Nullable Interval interval) {
        if (interval == null) {
            return 0;
        }
        double[] halves = IntStream.range(0, interval.low().data().length)
                .mapToDouble(i -> (interval.high().data()[i] - interval.low().data()[i]) / 2)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return halves.length == 0 ? 0 : halves[halves.length / 2];
    }
}
