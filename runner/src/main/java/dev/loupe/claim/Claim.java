package dev.loupe.claim;

import dev.loupe.result.Limits;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import org.jspecify.annotations.Nullable;

/** One checked sentence of the answer. */
@Doc("One checked sentence of the answer. It holds if the whole interval of the number is on the right side of "
        + "the limit, is refuted if the whole interval is on the wrong side, and is undecided otherwise or if the "
        + "number is undefined. Claims decide the exit code.")
public record Claim(
        @Doc("The claim as a sentence.") String say,
        @Doc("The number to compare.") Expression that,

        @Nullable @Doc("The number must be greater than this.")
        Double above,

        @Nullable @Doc("The number must be less than this.") Double below,

        @Default("auto")
        @Doc("What is compared with the limit: `estimate`, the number alone, which is never undecided; or "
                + "`bound`, its whole confidence interval. `auto`: `bound` if rows were sampled, `estimate` if the "
                + "number is exact.")
        By by,

        @Nullable
        @Key("in-at-least")
        @Doc("The number of models in which the claim must hold, as in `2`; of models that differ in several ways "
                + "also in which way, as in `2 of seed`: then the other axes belong to the number that is compared. "
                + "Default: all. The claim is refuted when it is refuted in too many models for that. Models are "
                + "ordered from best to worst, and the model at this rank decides; its number is shown.")
        AtLeast atLeast) {
    public Claim {
        if (above == null && below == null) {
            throw new IllegalArgumentException("a claim needs `above`, `below` or both");
        }
        if (above != null && below != null && above >= below) {
            throw new IllegalArgumentException("`above` must be smaller than `below`");
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
