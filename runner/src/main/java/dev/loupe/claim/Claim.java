package dev.loupe.claim;

import dev.loupe.result.Limits;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import org.jspecify.annotations.Nullable;

/** One checked sentence of the answer. */
@Doc(
        "One checked sentence of the answer. It holds where all of the number's interval lies on the right side of the limit, is"
                + " refuted where all of it lies on the wrong side, and is undecided otherwise or where the number is undefined."
                + " Claims decide the exit code.")
public record Claim(
        @Doc("The claim in words.") String say,
        @Doc("The number that is compared.") Expression that,

        @Nullable @Doc("It must be above this; equal is not above.")
        Double above,

        @Nullable @Doc("It must be below this; equal is not below.")
        Double below,

        @Default("auto")
        @Doc(
                "What is compared: `estimate`, the number alone, which is never undecided; or `bound`, the whole interval, that of"
                        + " the measurements that the number is read from. `auto`: bound where rows were sampled, estimate where the"
                        + " number is exact.")
        By by,

        @Nullable
        @Key("in-at-least")
        @Doc("In how many models it has to hold; without it, in every one. It is refuted where it is refuted in so many"
                + " that too few are left. The model at that place, the best first, decides, and its number is shown.")
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

    public Limits limits() {
        return new Limits(above, below);
    }
}
