package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 6 nouns for persons; a question asks how many came since the last question: none, one, two, or three and more. */
final class PersonCounts implements Construct {
    private static final int NOUNS = 6;
    private static final int MOST = 3;
    private static final double NOUN = 0.05;
    private static final double QUESTION = 0.03;

    private final int first;
    private final Choice nouns;

    PersonCounts(int first) {
        this.first = first;
        this.nouns = Choice.range(first, NOUNS);
    }

    /** Nouns, the question, and its answers. */
    @Override
    public int size() {
        return NOUNS + 1 + MOST + 1;
    }

    @Override
    public List<String> decisions() {
        return List.of("person-count");
    }

    @Override
    public List<Kind> labels() {
        return List.of(Kind.of("person-count", Label.Kind.ORDINAL), Kind.of("person", Label.Kind.BOOLEAN));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private int count;
            private boolean asked;
            private boolean person;

            @Override
            public void read(int token, int pos) {
                if (asked) {
                    count = 0;
                }
                asked = token == first + NOUNS;
                person = token >= first && token < first + NOUNS;
                count = Math.min(MOST, count + (person ? 1 : 0));
            }

            @Override
            public @Nullable Decision decides(int register) {
                return asked ? new Decision(Choice.only(first + NOUNS + 1 + count), "person-count") : null;
            }

            @Override
            public void begins(Mixture open) {
                open.add(NOUN, nouns);
                open.add(QUESTION, Choice.only(first + NOUNS));
            }

            @Override
            public int[] labels() {
                return new int[] {count, person ? 1 : 0};
            }
        };
    }
}
