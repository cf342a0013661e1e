package dev.loupe.result;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What chance alone gives, beside a find. For a search over many components a draw is its <em>extreme</em> over all of
 * them, so that a find is compared with the best that chance finds.
 *
 * @param method in words: "maximum over all components of 20 untrained models, seeds 3 to 22"
 * @param draws the null statistic of every draw, in the order drawn; signed, also where {@code side} compares sizes
 * @param side where a find stands
 */
public record NullBand(String method, double[] draws, Side side) {
    private static final double LEVEL = .99;
    private static final String EACH = ", in each of ";
    private static final Pattern TOGETHER = Pattern.compile(Pattern.quote(EACH) + "([0-9]+) models");

    /**
     * What chance gives in several models together, for a figure of all of them: all draws, unless they are the same in each.
     *
     * @param each one for each model, null where there is none
     */
    public static @Nullable NullBand together(List<@Nullable NullBand> each) {
        NullBand first = each.get(0);
        if (first == null || each.stream().allMatch(first::equals)) {
            return first;
        }
        double[] draws = each.stream()
                .filter(Objects::nonNull)
                .flatMapToDouble(band -> Arrays.stream(band.draws))
                .toArray();
        return new NullBand(
                first.method + EACH + each.size() + " models (a claim compares a model with its own draws)",
                draws,
                first.side);
    }

    /**
     * What chance gives in one of several models: its own draws where those of all are {@link #together}, else all draws.
     *
     * @param model its place among them
     */
    public NullBand of(int model, int models) {
        Matcher said = TOGETHER.matcher(method);
        int own = draws.length / Math.max(1, models);
        return said.find() && Integer.parseInt(said.group(1)) == models && own * models == draws.length
                ? new NullBand(method, Arrays.copyOfRange(draws, model * own, (model + 1) * own), side)
                : this;
    }

    /** How many draws are defined. */
    public int defined() {
        return (int) Arrays.stream(draws).filter(x -> !Double.isNaN(x)).count();
    }

    /** Whether there are draws enough for a 99th percentile; else the edge is the extreme of the draws. */
    public boolean percentile() {
        return Quantiles.enough(defined(), LEVEL);
    }

    /**
     * Where chance ends: the 99th percentile of the draws, or the largest where they are too few to have one; the first
     * percentile or the smallest where lower is better; the same of the draws' sizes where both sides count. NaN where no
     * draw is defined.
     */
    public double edge() {
        double[] strength = Arrays.stream(draws).map(side::strength).toArray();
        double edge = Quantiles.of(strength, percentile() ? LEVEL : 1);
        return side == Side.LOWER ? -edge : edge;
    }

    /** Whether a number lies where chance does not reach. */
    public boolean beyond(double value) {
        return side.strength(value) > side.strength(edge());
    }

    /** How many draws show as much as a number or more. */
    public int reaching(double value) {
        return (int) Arrays.stream(draws)
                .filter(x -> side.strength(x) >= side.strength(value))
                .count();
    }

    /** Where chance ends on an axis: one place, or two where both sides count. */
    public double[] edges() {
        return side == Side.BOTH ? new double[] {-edge(), edge()} : new double[] {edge()};
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NullBand that
                && method.equals(that.method)
                && Arrays.equals(draws, that.draws)
                && side == that.side;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * method.hashCode() + Arrays.hashCode(draws)) + side.hashCode();
    }

    @Override
    public String toString() {
        return draws.length + " draws, edge " + edge() + " (" + method + ")";
    }
}
