package dev.loupe.result;

import java.util.ArrayList;
import java.util.List;

/** How many of several verdicts came out as what. */
public record Tally(int holds, int undecided, int refuted) {
    public static Tally of(List<Verdict> verdicts) {
        return new Tally(
                count(verdicts, Verdict.HOLDS), count(verdicts, Verdict.UNDECIDED), count(verdicts, Verdict.REFUTED));
    }

    /** Of all claims of a run. */
    public static Tally ofClaims(List<ClaimResult> claims) {
        return of(claims.stream().map(ClaimResult::verdict).toList());
    }

    private static int count(List<Verdict> verdicts, Verdict which) {
        return (int) verdicts.stream().filter(v -> v == which).count();
    }

    public int all() {
        return holds + undecided + refuted;
    }

    /** The verdict on all together: refuted where one is, else undecided where one is. */
    public Verdict verdict() {
        return refuted > 0 ? Verdict.REFUTED : undecided > 0 ? Verdict.UNDECIDED : Verdict.HOLDS;
    }

    /** "all 4 claims hold", "2 of 4 claims hold, 1 is refuted, 1 is undecided". */
    public String ofClaims() {
        if (all() == 1) {
            return "the one claim " + verdict().phrase();
        }
        if (holds == all()) {
            return "all " + all() + " claims hold";
        }
        List<String> parts = new ArrayList<>();
        parts.add(holds + " of " + all() + (holds == 1 ? " claims holds" : " claims hold"));
        others(refuted, "refuted", parts);
        others(undecided, "undecided", parts);
        return String.join(", ", parts);
    }

    private static void others(int count, String word, List<String> parts) {
        if (count > 0) {
            parts.add(count + (count == 1 ? " is " : " are ") + word);
        }
    }

    /** "holds in 2 of 3 seeds, refuted in 1". */
    public String inUnits(String units) {
        return "holds in " + holds + " of " + all() + " " + units + (refuted > 0 ? ", refuted in " + refuted : "")
                + (undecided > 0 ? ", undecided in " + undecided : "");
    }
}
