package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** 5 markers, each with an answer to a question that comes 3 to 8 tokens later. */
final class SkipTrigrams implements Construct {
    private static final int N = 5;
    private static final int NEAREST = 3;
    private static final int FARTHEST = 8;
    private static final double MARKER = 0.04;
    private static final double QUESTION = 0.15;

    private final int first;
    private final Choice markers;

    SkipTrigrams(int first) {
        this.first = first;
        this.markers = Choice.range(first, N);
    }

    /** Markers, answers, and the question. */
    @Override
    public int size() {
        return 2 * N + 1;
    }

    @Override
    public List<String> decisions() {
        return List.of("skip-trigram");
    }

    @Override
    public List<Kind> labels() {
        return List.of(new Kind(
                "marker",
                Label.Kind.CATEGORY,
                IntStream.range(0, N).mapToObj(i -> "k" + i).toList()));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private int marker = Label.NONE;
            private int since;
            private boolean asked;

            @Override
            public void read(int token, int pos) {
                boolean answered = asked;
                asked = marker >= 0 && token == first + 2 * N;
                since++;
                if (answered || since >= FARTHEST && !asked) {
                    marker = Label.NONE;
                }
                if (token >= first && token < first + N) {
                    marker = token - first;
                    since = 0;
                }
            }

            @Override
            public @Nullable Decision decides(int register) {
                return asked ? new Decision(Choice.only(first + N + marker), "skip-trigram") : null;
            }

            @Override
            public void begins(Mixture open) {
                if (marker < 0) {
                    open.add(MARKER, markers);
                } else if (since + 1 >= NEAREST) {
                    open.add(QUESTION, Choice.only(first + 2 * N));
                }
            }

            @Override
            public int[] labels() {
                return new int[] {marker};
            }
        };
    }
}
