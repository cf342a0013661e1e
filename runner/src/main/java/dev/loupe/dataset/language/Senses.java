package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 2 cues and 4 words of two senses each: the last cue, 3 to 10 tokens to the left, decides what follows such a word. With
 * {@code spread} the text after a cue follows a table of its sense.
 */
final class Senses implements Construct {
    static final int SENSES = 2;
    private static final int WORDS = 4;
    private static final int NEAREST = 3;
    private static final int FARTHEST = 10;
    private static final double CUE = 0.04;
    private static final double WORD = 0.12;

    private final int first;
    private final Choice cues;
    private final Choice words;
    private final boolean spread;

    Senses(int first, boolean spread) {
        this.first = first;
        this.cues = Choice.range(first, SENSES);
        this.words = Choice.range(first + SENSES, WORDS);
        this.spread = spread;
    }

    /** Cues, words, and what follows. */
    @Override
    public int size() {
        return SENSES + 2 * WORDS;
    }

    @Override
    public List<String> decisions() {
        return List.of("sense");
    }

    @Override
    public List<Kind> labels() {
        return List.of(new Kind("sense", Label.Kind.CATEGORY, List.of("x", "y")));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private int sense = Label.NONE;
            private int since;
            private int word = -1;

            @Override
            public void read(int token, int pos) {
                since++;
                int own = token - first;
                if (since > FARTHEST) {
                    sense = Label.NONE;
                }
                word = sense >= 0 && own >= SENSES && own < SENSES + WORDS ? own - SENSES : -1;
                if (own >= 0 && own < SENSES) {
                    sense = own;
                    since = 0;
                }
            }

            @Override
            public @Nullable Decision decides(int register) {
                // The same four followers in either sense, each of another word.
                return word < 0
                        ? null
                        : new Decision(Choice.only(first + SENSES + WORDS + (word + 2 * sense) % WORDS), "sense");
            }

            @Override
            public void begins(Mixture open) {
                if (sense < 0) {
                    open.add(CUE, cues);
                } else if (since + 1 >= NEAREST && since < FARTHEST) {
                    open.add(WORD, words);
                }
            }

            @Override
            public int bends() {
                return spread ? sense : -1;
            }

            @Override
            public int[] labels() {
                return new int[] {sense};
            }
        };
    }
}
