package dev.loupe.model.config;

/**
 * How fast the pairs of a layer's queries and keys turn, and how much longer they become.
 *
 * @param factor what rotated queries and keys are multiplied by
 */
public record RotaryTurn(double base, RotaryScaling scaling, double factor) {}
