package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Doc;
import java.util.Locale;

/** What is said of the predictions of two models on the same tokens. */
public enum AgreementPart {
    @Doc(
            "Jensen-Shannon divergence of the two next-token distributions in nats, mean over positions: 0 for equal ones, at most "
                    + "log 2.")
    JS,
    @Doc("Share of positions with the same most probable token.")
    TOP_1,
    @Doc(
            "Tokens that are in both sets of the five most probable ones over tokens that are in either, mean over positions.")
    TOP_5,
    @Doc("Pearson correlation of the losses of single tokens. Easy tokens carry it, so read it beside `unsure-`.")
    LOSS_CORRELATION,
    @Doc(
            "Loss of the mean of both distributions minus the mean of both losses, in nats: below 0 where two models know more than "
                    + "one.")
    ENSEMBLE_GAIN,
    @Doc("`top-1` where the mean of both distributions has an entropy of at least 1 nat.")
    UNSURE_TOP_1,
    @Doc("`loss-correlation` there.")
    UNSURE_LOSS_CORRELATION;

    /** Its label on the axis of the parts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
