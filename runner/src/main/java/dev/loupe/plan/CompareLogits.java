package dev.loupe.plan;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Sets the logits of a few rows in several runs beside each other, token by token.
 *
 * @param runs {@link Summarise} steps that keep the same rows' logits
 * @param names what the runs are called: {@code clean}, {@code patched}
 * @param change the two places in {@code runs} whose difference is told: from, to; empty with one run
 * @param at what the position is called
 * @param top how many tokens at each end
 */
public record CompareLogits(int id, List<Integer> runs, List<String> names, List<Integer> change, String at, int top)
        implements Derived {
    public CompareLogits {
        runs = List.copyOf(runs);
        names = List.copyOf(names);
        change = List.copyOf(change);
    }

    @Override
    public int value() {
        return runs.get(0);
    }

    @Override
    public List<Integer> inputs() {
        return runs;
    }

    @Override
    public CompareLogits renamed(IntUnaryOperator ids) {
        return new CompareLogits(
                ids.applyAsInt(id), runs.stream().map(ids::applyAsInt).toList(), names, change, at, top);
    }

    @Override
    public String describe() {
        return "logits of " + String.join(", ", names) + " beside each other";
    }
}
