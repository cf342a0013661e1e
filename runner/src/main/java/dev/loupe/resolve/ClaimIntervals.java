package dev.loupe.resolve;

import dev.loupe.claim.Expression;
import dev.loupe.result.ResultName;
import dev.loupe.result.sample.Resampling;
import dev.loupe.spec.Measurement;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The interval of an expression: that of the measurements that it reads. Where it reads several they are resampled together,
 * which takes equal settings.
 */
public final class ClaimIntervals {
    private ClaimIntervals() {}

    /**
     * The settings of its resamples, null where every number that it reads is exact.
     *
     * @param sampled whether a measurement, by its name in the spec, was read from sampled rows
     * @throws IllegalArgumentException where two measurements have different settings
     */
    public static @Nullable Resampling of(Experiment experiment, Expression expression, Predicate<String> sampled) {
        String first = "";
        Resampling found = null;
        for (String reference : expression.resampled()) {
            String name = ResultName.of(reference).measurement();
            Measurement measurement = experiment.measure().get(name);
            if (measurement == null || !sampled.test(name)) {
                continue;
            }
            Resampling own = measurement.interval().resampling();
            if (found != null && !found.equals(own)) {
                throw new IllegalArgumentException("it reads `" + first + "`, whose interval has " + words(found)
                        + ", and `" + name + "`, whose interval has " + words(own)
                        + ": compared numbers are resampled together, so both need the same `interval`");
            }
            first = found == null ? name : first;
            found = own;
        }
        return found;
    }

    private static String words(Resampling resampling) {
        return String.format(
                Locale.ROOT,
                "level %s, %d resamples, seed %d",
                resampling.level(),
                resampling.times(),
                resampling.seed());
    }
}
