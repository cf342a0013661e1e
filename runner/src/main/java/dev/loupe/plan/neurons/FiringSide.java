package dev.loupe.plan.neurons;

import dev.loupe.schema.annotation.Doc;

/** On which side of 0 a neuron is said to fire: in a gated MLP activations lie on both. */
public enum FiringSide {
    @Doc("Above 0.")
    POSITIVE,
    @Doc("Below 0.")
    NEGATIVE,
    @Doc("The side on which its activations reach further from 0.")
    LARGER,
    @Doc("The other side, where its activations reach at least a tenth as far.")
    SMALLER;

    /** Of activations that reach less far a curve such as GELU's has some, whatever they mean. */
    private static final double LEAST = 0.1;

    /**
     * 1 above 0 and -1 below; 0 where no activation is on the side.
     *
     * @param smallest the smallest activation
     * @param largest the largest one
     */
    public int sign(double smallest, double largest) {
        double below = Math.max(0, -smallest);
        double above = Math.max(0, largest);
        int further = below > above ? -1 : 1;
        int sign = switch (this) {
            case POSITIVE -> 1;
            case NEGATIVE -> -1;
            case LARGER -> further;
            case SMALLER -> -further;
        };
        double own = sign > 0 ? above : below;
        double other = sign > 0 ? below : above;
        return own == 0 || this == SMALLER && own < LEAST * other ? 0 : sign;
    }
}
