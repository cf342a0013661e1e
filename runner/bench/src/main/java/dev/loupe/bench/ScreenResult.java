package dev.loupe.bench;

import java.util.List;

/**
 * What was measured of a screen beside the exact sweep of the same cells.
 *
 * @param cells of the sweep
 * @param screen samples of the screen with its recheck
 * @param flops of the screen, planned; the recheck is counted as if its cells were the earliest, which cost most
 * @param exact samples of the sweep
 * @param exactFlops planned
 * @param found how many of the largest exact cells are among the largest estimates
 */
public record ScreenResult(
        String name, int cells, List<Sample> screen, double flops, List<Sample> exact, double exactFlops, int found) {
    /** Median seconds of the screen. */
    public double seconds(boolean cpu) {
        return SweepResult.spread(screen, cpu).median();
    }

    /** Median seconds of the exact sweep. */
    public double exactSeconds(boolean cpu) {
        return SweepResult.spread(exact, cpu).median();
    }

    /** How many times as cheap the screen is. */
    public double cheaper(boolean cpu) {
        return exactSeconds(cpu) / seconds(cpu);
    }
}
