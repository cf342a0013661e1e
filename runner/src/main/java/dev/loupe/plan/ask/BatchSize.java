package dev.loupe.plan.ask;

/**
 * What runs at once: fixed by the plan, never by free memory.
 *
 * @param rows rows of one batch
 * @param cells cells of a sweep that share a batch
 */
public record BatchSize(int rows, int cells) {}
