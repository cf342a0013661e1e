package dev.loupe.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What was measured of one sweep. Times and FLOPs are of the whole sweep, also where only some of its layers were run.
 *
 * @param name the sweep, and without which rule
 * @param samples our runs
 * @param flops planned FLOPs
 * @param bytes planned peak
 * @param floor the least FLOPs of an exact result; 0 where none was counted
 * @param peers the other libraries' times by name, in the order of measuring
 * @param off the largest difference between our values and theirs; NaN where they share none
 */
public record SweepResult(
        String name,
        List<Sample> samples,
        double flops,
        long bytes,
        double floor,
        Map<String, List<Sample>> peers,
        double off) {
    public Ratio.Spread wall() {
        return spread(samples, false);
    }

    public Ratio.Spread cpu() {
        return spread(samples, true);
    }

    /** How many times as long as ours a peer takes, round by round. */
    public Ratio.Spread ahead(String peer, boolean cpu) {
        List<Sample> theirs = peers.getOrDefault(peer, List.of());
        return Ratio.Spread.of(IntStream.range(0, theirs.size())
                .mapToDouble(i -> cpu
                        ? theirs.get(i).cpu() / samples.get(i).cpu()
                        : theirs.get(i).wall() / samples.get(i).wall())
                .toArray());
    }

    /** GFLOP/s of the planned work, by the clock or per second of processor time. */
    public double rate(boolean cpu) {
        return flops / 1e9 / (cpu ? cpu() : wall()).median();
    }

    /** The share of the floor that was reached at a rate in GFLOP/s. */
    public double share(double rate, boolean cpu) {
        return floor / 1e9 / rate / (cpu ? cpu() : wall()).median();
    }

    /** Lowest, median and highest seconds. */
    public static Ratio.Spread spread(List<Sample> samples, boolean cpu) {
        return Ratio.Spread.of(
                samples.stream().mapToDouble(s -> cpu ? s.cpu() : s.wall()).toArray());
    }
}
