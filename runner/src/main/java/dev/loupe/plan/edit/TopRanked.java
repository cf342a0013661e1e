package dev.loupe.plan.edit;

/**
 * Components chosen row by row: those that rank from {@code from}, 0 being the first, up to before {@code to}.
 *
 * @param ranking of all components of the site
 */
public record TopRanked(Ranking ranking, int from, int to) {
    public TopRanked {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("no ranks from " + from + " to before " + to);
        }
    }

    @Override
    public String toString() {
        return "[ranks " + from + ".." + (to - 1) + " by " + ranking + "]";
    }
}
