package dev.loupe.model.card;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;

/** When an instance stops learning before the last step: its weights stay from then on, so that networks end at equal loss. */
@Doc("When an instance stops before the last step")
@Example("{loss-below: 0.1}")
public record StopRule(
        @Doc("The instance's own training loss, read every 10 steps, is below this; 0 for never") @Default("0")
        double lossBelow) {
    public static final StopRule NEVER = new StopRule(0);

    public StopRule {
        if (!(lossBelow >= 0)) {
            throw new IllegalArgumentException("`loss-below` must not be negative: " + lossBelow);
        }
    }
}
