package dev.loupe.plan;

/** A step whose value follows from rows that other steps have read, without a run of its own. */
public sealed interface Derived extends PlanStep permits Recover, Additivity, CompareLogits {
    /** The step whose axes its value has. */
    int value();
}
