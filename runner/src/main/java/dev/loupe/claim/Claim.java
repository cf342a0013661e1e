package dev.loupe.claim;

import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Key;
import org.jspecify.annotations.Nullable;

/** One checked sentence of the answer. */
@Doc("One checked sentence of the answer; claims decide the exit code.")
public record Claim(
        @Doc("The claim in words.") String say,
        @Doc("The number that is compared.") Expression that,
        @Nullable @Doc("It must be above this.") Double above,
        @Nullable @Doc("It must be below this.") Double below,

        @Default("auto")
        @Doc("What is compared: `estimate`, or `bound`, the end of the interval that is worse for the claim."
                + " `auto`: bound where rows were sampled, estimate where the number is exact.")
        By by,

        @Nullable @Key("in-at-least") @Doc("Holds in at least so many models; without it, in every one.")
        Integer atLeast) {
    public Claim {
        if (above == null && below == null) {
            throw new IllegalArgumentException("a claim needs `above`, `below` or both");
        }
        if (above != null && below != null && above >= below) {
            throw new IllegalArgumentException("`above` must be smaller than `below`");
        }
        if (atLeast != null && atLeast < 1) {
            throw new IllegalArgumentException("`in-at-least` counts models, at least 1, not " + atLeast);
        }
    }

    /** What is compared. */
    public enum By {
        AUTO,
        ESTIMATE,
        BOUND
    }

    /** The comparison in words. */
    public String expected() {
        if (above != null && below != null) {
            return "between " + above + " and " + below;
        }
        return above != null ? "above " + above : "below " + below;
    }
}
