package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tick and a question inside brackets: how many ticks came since the innermost open bracket, not counting those of spans that
 * were opened and closed since: none, one, two, or three and more.
 */
final class SpanCounts implements Construct {
    private static final int MOST = 3;
    private static final double TICK = 0.07;
    private static final double QUESTION = 0.05;

    private final int first;
    private final Brackets brackets;

    /** @param brackets the spans that are counted in */
    SpanCounts(int first, Brackets brackets) {
        this.first = first;
        this.brackets = brackets;
    }

    /** The tick, the question, and its answers. */
    @Override
    public int size() {
        return 2 + MOST + 1;
    }

    @Override
    public List<String> decisions() {
        return List.of("span-count");
    }

    @Override
    public List<Kind> labels() {
        return List.of(Kind.of("ticks", Label.Kind.ORDINAL));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            /** [kind, ticks] of every open span. */
            private final Deque<int[]> open = new ArrayDeque<>();

            private boolean asked;

            @Override
            public void read(int token, int pos) {
                int[] inner = open.peek();
                if (brackets.opens(token) >= 0) {
                    open.push(new int[] {brackets.opens(token), 0});
                } else if (inner != null && brackets.closes(token) == inner[0]) {
                    open.pop();
                } else if (inner != null && token == first) {
                    inner[1] = Math.min(MOST, inner[1] + 1);
                }
                asked = token == first + 1;
            }

            @Override
            public @Nullable Decision decides(int register) {
                int[] inner = open.peek();
                return asked && inner != null ? new Decision(Choice.only(first + 2 + inner[1]), "span-count") : null;
            }

            @Override
            public void begins(Mixture mixture) {
                if (!open.isEmpty()) {
                    mixture.add(TICK, Choice.only(first));
                    mixture.add(QUESTION, Choice.only(first + 1));
                }
            }

            @Override
            public int[] labels() {
                int[] inner = open.peek();
                return new int[] {inner == null ? Label.NONE : inner[1]};
            }
        };
    }
}
