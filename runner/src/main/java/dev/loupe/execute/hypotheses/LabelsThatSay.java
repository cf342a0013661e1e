package dev.loupe.execute.hypotheses;

import dev.loupe.text.Count;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which labels can say something of examples or of where a neuron fires, and why others cannot. */
final class LabelsThatSay {
    private final PositionFacts facts;
    /** At how many positions in all each label is [label]. */
    private final long[] everywhere;

    LabelsThatSay(PositionFacts facts) {
        this.facts = facts;
        int[] all = IntStream.range(0, facts.size()).toArray();
        this.everywhere = IntStream.range(0, facts.flags().size())
                .mapToLong(label -> with(label, all))
                .toArray();
    }

    /** The labels among what is known, by number. */
    private IntStream labels() {
        return IntStream.range(1, facts.flags().size());
    }

    private long with(int label, int[] positions) {
        return Arrays.stream(positions).filter(i -> facts.known()[label][i]).count();
    }

    /** Whether a label is so frequent, or so rare, that it can never be three times as frequent among examples. */
    private boolean counts(int label) {
        long with = everywhere[label];
        return with > 0 && RuleJudge.LIFT * with <= facts.size();
    }

    /** Whether some label can count as what examples have in common. */
    boolean anyCounts() {
        return labels().anyMatch(this::counts);
    }

    /** Of each label that can never count as what examples have in common, why. */
    List<String> neverCounting() {
        return labels().filter(label -> !counts(label))
                .mapToObj(label -> {
                    long with = everywhere[label];
                    String of = "of the " + Count.of(facts.size(), "sampled position") + " ";
                    return "`" + facts.flags().get(label) + "` never counts: " + of
                            + (with == 0
                                    ? "none has it"
                                    : with + (with == 1 ? " has" : " have")
                                            + " it, so that it cannot be three times as frequent among examples");
                })
                .toList();
    }

    /**
     * Of each label that no rule speaks of, why.
     *
     * @param positions from which rules are made
     */
    List<String> inNoRule(int[] positions) {
        return labels().filter(label -> {
                    long with = with(label, positions);
                    return with == 0 || with == positions.length;
                })
                .mapToObj(label -> "`" + facts.flags().get(label) + "` is in no rule: of the "
                        + Count.of(positions.length, "sampled position") + " of documents that make rules, "
                        + (with(label, positions) == 0 ? "none has it" : "every one has it"))
                .toList();
    }
}
