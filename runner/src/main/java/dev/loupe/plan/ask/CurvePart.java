package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Doc;
import java.util.Locale;

/** What is said of a curve along a numeric axis, such as the steps of a training. */
public enum CurvePart {
    @Doc(
            "How much better a sudden change fits than a gradual one: the BIC of a power law, a + b t^c, minus the BIC of a "
                    + "logistic function of log t, a + b / (1 + exp(-(log t - m) / s)), each fitted by least squares over all values of its "
                    + "parameters. With 16 points or more at most 5 of 100 power laws with noise come above 6, with 8 to 15 points above 10. It is "
                    + "never below -log n for n points, since a power law is a limit of logistic functions.")
    DELTA_BIC,
    @Doc(
            "Where the curve first passes the middle between its first and its last number, on a line in log t between the two "
                    + "points beside it.")
    T50,
    @Doc(
            "The largest share of the whole change that happens within a tenth of the range of log t: 0.1 for a straight line "
                    + "in log t, 1 for a step.")
    SHARPNESS,
    @Doc("How far the curve goes against its whole change after its first number: 0 if it never does.")
    DIP,
    @Doc("Where it is farthest against it; undefined if it never is.")
    DIP_STEP;

    /** Its label on the axis of the parts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
