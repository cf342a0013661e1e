package dev.loupe.result;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One checked claim. Its number and its verdict are those of the unit that decides: of the n units by verdict, and by
 * their distance from the limit among equal ones, the one at place {@code needed}. Where it holds, so many hold;
 * where it is refuted, too few are left that could.
 *
 * @param say the claim in words
 * @param limits where the number had to lie
 * @param by what was compared: {@code bound}, the whole interval, or {@code estimate}, the number alone
 * @param needed in how many units it has to hold
 * @param level coverage of the intervals, NaN where the numbers are exact
 * @param parts the same comparison in each unit (each seed), at least one
 * @param because why a comparison came out undefined, or what it leaves out; null where there is nothing to say
 * @param about the results that it reads ({@code looks.S2}), in the order in which it names them; none where unknown
 */
public record ClaimResult(
        String say,
        Limits limits,
        String by,
        int needed,
        double level,
        List<Part> parts,
        @Nullable String because,
        List<String> about) {
    /** Of a claim whose results are not known. */
    public ClaimResult(
            String say,
            Limits limits,
            String by,
            int needed,
            double level,
            List<Part> parts,
            @Nullable String because) {
        this(say, limits, by, needed, level, parts, because, List.of());
    }

    /**
     * The comparison in one unit.
     *
     * @param unit which one: "seed 1"
     * @param observed the number that was compared; NaN when undefined
     * @param low lower end of its interval, NaN where the number is exact
     * @param high upper end of its interval, NaN where the number is exact
     * @param where which component gave the number ("L1H2"), null when none did
     */
    public record Part(
            String unit,
            Verdict verdict,
            double observed,
            double low,
            double high,
            @Nullable String where) {
        public boolean exact() {
            return Double.isNaN(low) && Double.isNaN(high);
        }
    }

    public ClaimResult {
        parts = List.copyOf(parts);
        about = List.copyOf(about);
        if (needed < 1 || needed > parts.size()) {
            throw new IllegalArgumentException("a claim about " + parts.size() + " units cannot need " + needed);
        }
    }

    /** The unit that decides. */
    public Part deciding() {
        return parts.stream().sorted(best()).toList().get(needed - 1);
    }

    private Comparator<Part> best() {
        boolean ends = by.equals("bound");
        return Comparator.comparing(Part::verdict)
                .thenComparing(Comparator.comparingDouble((Part p) -> ends ? limits.margin(p.low(), p.high()) : 0)
                        .reversed())
                .thenComparing(Comparator.comparingDouble((Part p) -> limits.margin(p.observed(), p.observed()))
                        .reversed());
    }

    public Verdict verdict() {
        return deciding().verdict();
    }

    /** How it came out over the units, and which of them decides; empty where there is one unit only. */
    public String inUnits() {
        if (parts.size() == 1) {
            return "";
        }
        Tally tally = Tally.of(parts.stream().map(Part::verdict).toList());
        return tally.inUnits(unitName() + "s") + (needed < parts.size() ? " (" + needed + " needed)" : "")
                + "; deciding: " + deciding().unit();
    }

    /** What the units are: the word before their labels, such as "seed". */
    private String unitName() {
        String first = parts.get(0).unit();
        int space = first.indexOf(' ');
        String name = space > 0 ? first.substring(0, space) : "";
        return !name.isEmpty() && parts.stream().allMatch(p -> p.unit().startsWith(name + " ")) ? name : "model";
    }
}
