package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * 20 words, each with a token of its own and a spelling in two pieces: one of 5 stems and one of 4 endings. Either way the
 * word decides which of 10 tokens follows. An ending alone leaves five possibilities, a stem alone four.
 */
final class Words implements Construct {
    private static final int STEMS = 5;
    private static final int ENDINGS = 4;
    private static final int WORDS = STEMS * ENDINGS;
    private static final int FOLLOWERS = 10;
    private static final double WEIGHT = 0.06;

    private final int first;
    private final Choice stems;
    private final Choice endings;
    private final Choice merged;
    private final double splits;

    /** @param splits the share of words that are written in two pieces */
    Words(int first, double splits) {
        this.first = first;
        this.stems = Choice.range(first, STEMS);
        this.endings = Choice.range(first + STEMS, ENDINGS);
        this.merged = Choice.range(first + STEMS + ENDINGS, WORDS);
        this.splits = splits;
    }

    /** The first pieces. */
    int[] stemTokens() {
        return stems.tokens().clone();
    }

    /** The last pieces. */
    int[] endingTokens() {
        return endings.tokens().clone();
    }

    /** First and last piece, what follows, and the word as one token, of every word in the order of the labels. */
    List<int[]> tokens() {
        return IntStream.range(0, WORDS)
                .mapToObj(w -> new int[] {
                    first + w / ENDINGS,
                    first + STEMS + w % ENDINGS,
                    first + STEMS + ENDINGS + WORDS + follower(w),
                    whole(w / ENDINGS, w % ENDINGS)
                })
                .toList();
    }

    /** A word as one token. */
    int whole(int stem, int ending) {
        return first + STEMS + ENDINGS + stem * ENDINGS + ending;
    }

    private static int follower(int word) {
        int ending = word % ENDINGS;
        return (2 * (word / ENDINGS) + 5 * ending + ending / 2) % FOLLOWERS;
    }

    @Override
    public int size() {
        return STEMS + ENDINGS + WORDS + FOLLOWERS;
    }

    @Override
    public List<String> decisions() {
        return List.of("split-word", "whole-word");
    }

    @Override
    public List<Kind> labels() {
        List<String> words = IntStream.range(0, WORDS)
                .mapToObj(w -> "s" + w / ENDINGS + "-e" + w % ENDINGS)
                .toList();
        return List.of(
                new Kind("piece-last", Label.Kind.CATEGORY, words),
                new Kind("word", Label.Kind.CATEGORY, words),
                Kind.of("mid-word", Label.Kind.BOOLEAN));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private int before = -1;
            private int last = -1;

            @Override
            public void read(int token, int pos) {
                before = last;
                last = token - first;
            }

            private boolean isStem(int token) {
                return token >= 0 && token < STEMS;
            }

            /** The word that ends in two pieces here, or none. */
            private int split() {
                int ending = last - STEMS;
                return isStem(before) && ending >= 0 && ending < ENDINGS ? before * ENDINGS + ending : Label.NONE;
            }

            private int whole() {
                int word = last - STEMS - ENDINGS;
                return word >= 0 && word < WORDS ? word : Label.NONE;
            }

            @Override
            public @Nullable Decision decides(int register) {
                if (isStem(last)) {
                    return new Decision(endings, null);
                }
                int word = Math.max(split(), whole());
                return word < 0
                        ? null
                        : new Decision(
                                Choice.only(first + STEMS + ENDINGS + WORDS + follower(word)),
                                split() >= 0 ? "split-word" : "whole-word");
            }

            @Override
            public void begins(Mixture open) {
                open.add(WEIGHT * splits, stems);
                open.add(WEIGHT * (1 - splits), merged);
            }

            @Override
            public int[] labels() {
                return new int[] {split(), Math.max(split(), whole()), isStem(last) ? 1 : 0};
            }
        };
    }
}
