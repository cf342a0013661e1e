package dev.loupe.result.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.MalformedResult;
import dev.loupe.result.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim in results.json. The number, its interval and its place are said of the deciding unit too, for readers of the
 * file.
 *
 * @param interval [low, high], null where the number is exact
 * @param level null where the numbers are exact
 * @param about the results that it reads; absent where they are not known
 */
record StoredClaim(
        String say,
        Verdict verdict,
        String expected,
        @Nullable Double above,
        @Nullable Double below,
        double observed,
        double @Nullable [] interval,
        @Nullable String where,
        @Nullable Double level,
        String by,
        int needed,
        String deciding,
        @Nullable String because,
        List<Part> parts,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> about) {
    /** The comparison in one unit. */
    record Part(
            String unit,
            Verdict verdict,
            double observed,
            double @Nullable [] interval,
            @Nullable String where) {
        Part(ClaimResult.Part part) {
            this(
                    part.unit(),
                    part.verdict(),
                    part.observed(),
                    part.exact() ? null : new double[] {part.low(), part.high()},
                    part.where());
        }

        ClaimResult.Part part() {
            double[] ends = ends(interval);
            return new ClaimResult.Part(unit, verdict, observed, ends[0], ends[1], where);
        }
    }

    static StoredClaim of(ClaimResult claim) {
        Part deciding = new Part(claim.deciding());
        return new StoredClaim(
                claim.say(),
                deciding.verdict(),
                claim.limits().words(),
                claim.limits().above(),
                claim.limits().below(),
                deciding.observed(),
                deciding.interval(),
                deciding.where(),
                Double.isNaN(claim.level()) ? null : claim.level(),
                claim.by(),
                claim.needed(),
                deciding.unit(),
                claim.because(),
                claim.parts().stream().map(Part::new).toList(),
                claim.about());
    }

    ClaimResult claim() {
        return new ClaimResult(
                say,
                new Limits(above, below),
                by,
                needed,
                level == null ? Double.NaN : level,
                parts.stream().map(Part::part).toList(),
                because,
                about);
    }

    /** [low, high], undefined where the number is exact. */
    static double[] ends(double @Nullable [] interval) {
        if (interval == null) {
            return new double[] {Double.NaN, Double.NaN};
        }
        if (interval.length != 2) {
            throw new MalformedResult("interval has " + interval.length + " ends, expected [low, high]");
        }
        return interval;
    }
}
