package dev.loupe.model.card;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.OnlyWith;

/** How the learning rate changes over training: linear warm-up, then constant, linear or cosine decay. */
@Doc("Linear warm-up, then constant, linear or cosine decay")
@Example("{warmup: 100, decay: cosine, floor: 0.1}")
public record Schedule(
        @Doc("Number of warm-up steps, over which the learning rate grows linearly from near zero") @Default("0")
        int warmup,

        @Doc("What follows the warm-up") @Default("constant")
        Decay decay,

        @OnlyWith(
                value = "decay",
                words = {"linear", "cosine"})
        @Doc("Share of the learning rate that remains at the end of the decay")
        @Default("0")
        double floor) {

    public static final Schedule CONSTANT = new Schedule(0, Decay.CONSTANT, 0);

    /** The shape after the warm-up. */
    public enum Decay {
        @Doc("The full learning rate until the end")
        CONSTANT,
        @Doc("Linear decay to the floor")
        LINEAR,
        @Doc("Cosine decay to the floor")
        COSINE
    }

    public Schedule {
        if (warmup < 0 || floor < 0 || floor > 1) {
            throw new IllegalArgumentException("warmup must be at least 0 and floor between 0 and 1");
        }
    }

    /** The factor on the learning rate at {@code step}, counted from 0 of {@code steps}. */
    public double factor(long step, long steps) {
        if (step < warmup) {
            return (step + 1.0) / warmup;
        }
        double progress = Math.min(1, (step - warmup) / (double) Math.max(1, steps - warmup));
        double left = switch (decay) {
            case CONSTANT -> 1;
            case LINEAR -> 1 - progress;
            case COSINE -> 0.5 * (1 + StrictMath.cos(Math.PI * progress));
        };
        return decay == Decay.CONSTANT ? 1 : floor + (1 - floor) * left;
    }
}
