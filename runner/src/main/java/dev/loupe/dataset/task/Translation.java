package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sentences of a language without grammar and their translation: {@code x1..xn SEP y1..yn}. Word v of the source has token id
 * v, its translation is one of the ids from {@code words} on, by a bijection that {@code world} draws; SEP is the last id, so
 * that a model needs {@link #vocabularySize()} ids. The words of a sentence are different.
 *
 * <p>With {@code order: sorted} the translation has its words in ascending order of their source ids, wherever they stand in the
 * source, so that no head finds a source word by its place.
 *
 * <p>Targets stand where an output is predicted: at SEP and at y1..y(n-1). Classes: {@code output} all of these, {@code source}
 * the sentence. Labels that point: {@code source-of-next}, from where an output is predicted to the word of which it is the
 * translation; {@code source-of-current}, from each output to its own. Position {@code END}, the last that predicts.
 *
 * <p>Held out: the sentence is hashed (not with the seed).
 */
@Named("translation")
@Doc(
        "Sentences of different words, each followed by its translation, word by word, by a fixed dictionary: in the same order, or "
                + "in an order that the words decide.")
@Example("{generator: translation, words: 16, length: 6, order: sorted, split: test, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last position that predicts.")
@Mark(is = Mark.Kind.CLASS, name = "output", doc = "Predict a word of the translation.")
@Mark(is = Mark.Kind.CLASS, name = "source", doc = "Words of the sentence.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "source-of-next",
        doc = "From where a word is predicted to the word that it translates.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "source-of-current",
        doc = "From each word of the translation to the word that it translates.")
public record Translation(
        @Doc("The order of the translation.") @Default("sorted")
        Order order,

        @Doc("The language of the second half.") @Default("other")
        Into into,

        @Doc("Number of words of the source language, and as many of the other.") @Default("16")
        int words,

        @Doc("Words per sentence.") @Default("6") int length,

        @OnlyWith(
                value = "into",
                words = {"other"})
        @Doc("Seed of the dictionary, which all rows share.")
        @Default("0")
        long world,

        @Doc("Which sentences are drawn.") @Default("all") HeldOut split,

        @Doc("The share of all sentences that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, TokenGenerator {
    private static final int ATTEMPTS = 1_000_000;

    /** In which order a sentence is translated. */
    public enum Order {
        @Doc("Word after word in the order of the source: a head may find the source word by its place.")
        MONOTONE,
        @Doc("Ascending by the ids of the source words: only their content says which comes next.")
        SORTED
    }

    /** What the second half is written in. */
    public enum Into {
        @Doc("The other language.")
        OTHER,
        @Doc("The source language itself: a control that translates nothing.")
        SAME
    }

    public Translation {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        HeldOut.checkShare(heldOut);
        if (length < 2 || length > words || words > 1 << 20) {
            throw new IllegalArgumentException("sentences of different words need `length` of at least 2 and at most "
                    + "`words`, not " + length + " of " + words);
        }
    }

    /** How many ids a model must read: the words of both languages and SEP. */
    public int vocabularySize() {
        return 2 * words + 1;
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new Translation(order, into, words, length, world, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "words",
                    words + " words in two languages with SEP need a vocabulary of " + vocabularySize()
                            + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    /** The id that stands for each source word in the second half. */
    public int[] dictionary() {
        int[] drawn = new RowRandom(world, 0).permutation(words);
        int[] ids = new int[words];
        for (int word = 0; word < words; word++) {
            ids[word] = into == Into.SAME ? word : words + drawn[word];
        }
        return ids;
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] sentence = Arrays.copyOf(random.permutation(words), length);
            if (split.admits(sentence, heldOut)) {
                return row(sentence);
            }
        }
        throw new DatasetException(
                "split", "no sentence is in `split: " + split + "` with these options: use more `words`");
    }

    private DrawnRow row(int[] sentence) {
        int[] dictionary = dictionary();
        int[] tokens = Arrays.copyOf(sentence, 2 * length + 1);
        tokens[length] = 2 * words;
        int[] next = new int[tokens.length];
        Arrays.fill(next, Label.NONE);
        int[] current = next.clone();
        DrawnRow row = new DrawnRow(tokens, "output", "source");
        int[] places = places(sentence);
        for (int i = 0; i < length; i++) {
            int output = dictionary[sentence[places[i]]];
            tokens[length + 1 + i] = output;
            row.target(length + i, output).mark("output", length + i).mark("source", i);
            next[length + i] = places[i];
            current[length + 1 + i] = places[i];
        }
        return row.label("source-of-next", Label.pointer(new int[][] {next}))
                .label("source-of-current", Label.pointer(new int[][] {current}))
                .position("END", 2 * length - 1);
    }

    /** The place in the sentence of each output's source. */
    private int[] places(int[] sentence) {
        Integer[] places = new Integer[length];
        Arrays.setAll(places, i -> i);
        if (order == Order.SORTED) {
            Arrays.sort(places, (a, b) -> Integer.compare(sentence[a], sentence[b]));
        }
        return Arrays.stream(places).mapToInt(Integer::intValue).toArray();
    }
}
