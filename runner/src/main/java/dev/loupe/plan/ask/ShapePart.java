package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Doc;
import java.util.Locale;

/** What is said of the means of a few classes as points in a space of many dimensions. */
public enum ShapePart {
    @Doc(
            "Distance from a regular polygon whose corners are the classes in their order: |G - P| / |P|, where G holds the inner "
                    + "products of the class means in the plane, scaled to a mean squared length of 1, and P the inner products of the polygon "
                    + "(Frobenius norms). 0: a regular polygon.")
    POLYGON,
    @Doc("The smallest such distance over all orders of the classes; undefined with more than 8 classes.")
    ANY_ORDER,
    @Doc(
            "Share of all orders of the classes, the given one among them, that are as near to the polygon as the given one: "
                    + "what the order is worth. Of more than 8 classes 2,000 random orders are taken.")
    ORDER_RANK,
    @Doc("Share of the variance of the class means that lies in the plane.")
    PLANE_SHARE,
    @Doc(
            "Distance from a regular simplex, |G - S| / |S| in all dimensions. Centred means of a few classes are near a simplex in "
                    + "many dimensions whatever they are, so read it beside other classes.")
    SIMPLEX,
    @Doc(
            "(sum of eigenvalues)^2 / sum of their squares, of the inner products of the class means: at most the number of "
                    + "classes minus 1, which a simplex has.")
    EFFECTIVE_DIMENSION,
    @Doc("The smallest cosine between two class means: -1 for opposite points.")
    ANTIPODAL;

    /** Its label on the axis of the parts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
