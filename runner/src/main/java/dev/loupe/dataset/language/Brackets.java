package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Round, square and curly brackets and quotation marks, nested up to three deep. One token announces a closer; which closer
 * comes is decided by the innermost open span. With {@code spread} the text inside a span follows a table of its kind.
 */
final class Brackets implements Construct {
    static final int KINDS = 4;
    static final int QUOTE = 3;
    private static final int DEEPEST = 3;
    private static final double OPEN = 0.04;
    private static final double CLOSE = 0.12;

    private final int first;
    private final Choice openers;
    private final boolean spread;

    Brackets(int first, boolean spread) {
        this.first = first;
        this.openers = Choice.range(first, KINDS);
        this.spread = spread;
    }

    /** Openers, closers, and the token that announces a closer. */
    @Override
    public int size() {
        return 2 * KINDS + 1;
    }

    /** The kind that a token opens, or -1. */
    int opens(int token) {
        int kind = token - first;
        return kind >= 0 && kind < KINDS ? kind : -1;
    }

    /** The kind that a token closes, or -1. */
    int closes(int token) {
        return opens(token - KINDS);
    }

    @Override
    public List<String> decisions() {
        return List.of("closer");
    }

    @Override
    public List<Kind> labels() {
        return List.of(
                new Kind("span", Label.Kind.CATEGORY, List.of("round", "square", "curly", "quote")),
                Kind.of("depth", Label.Kind.ORDINAL),
                Kind.of("inside-quote", Label.Kind.BOOLEAN),
                Kind.of("opener", Label.Kind.POINTER));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private final Deque<int[]> open = new ArrayDeque<>();
            private boolean announced;

            @Override
            public void read(int token, int pos) {
                announced = token == first + 2 * KINDS;
                if (opens(token) >= 0) {
                    open.push(new int[] {opens(token), pos});
                } else if (!open.isEmpty() && closes(token) == open.peek()[0]) {
                    open.pop();
                }
            }

            @Override
            public @Nullable Decision decides(int register) {
                int[] inner = open.peek();
                return announced && inner != null
                        ? new Decision(Choice.only(first + KINDS + inner[0]), "closer")
                        : null;
            }

            @Override
            public void begins(Mixture mixture) {
                if (open.size() < DEEPEST) {
                    mixture.add(OPEN, openers);
                }
                if (!open.isEmpty()) {
                    mixture.add(CLOSE, Choice.only(first + 2 * KINDS));
                }
            }

            @Override
            public int bends() {
                int[] inner = open.peek();
                return spread && inner != null ? inner[0] : -1;
            }

            @Override
            public int[] labels() {
                int[] inner = open.peek();
                boolean quoted = open.stream().anyMatch(span -> span[0] == QUOTE);
                return new int[] {
                    inner == null ? Label.NONE : inner[0],
                    open.size(),
                    quoted ? 1 : 0,
                    inner == null ? Label.NONE : inner[1]
                };
            }
        };
    }
}
