package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Doc;
import java.util.Locale;

/** How far two sets of numbers are from each other, whatever their order. */
public enum DistanceOfSets {
    @Doc("Wasserstein's distance: the area between both distribution functions, in the unit of the numbers.")
    W1,
    @Doc("The energy distance: the square root of twice the area between both distribution functions, squared before.")
    ENERGY,
    @Doc(
            "How well one number tells which set it is from, as an AUC: 0.5 not at all, 1 always. A few extreme numbers do not "
                    + "change it.")
    AUC;

    /** Its label on the axis of the parts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
