package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.shape.IntRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Random tokens in which two patterns are hidden. Ids 0 to {@code words - 1} are words, then come the triggers, the questions
 * (as many), their answers (two for each question) and BEGIN: a model needs {@link #vocabularySize()} ids.
 *
 * <p>A stretch of different words is repeated once, with a period that is drawn for each row; no other word of the row is one of
 * them, so that what follows is certain. Beside it a trigger stands anywhere in
 * the first third of the row with probability one half, and in the last third its question: the token after the question is one
 * answer where the trigger was seen and the other where it was not (a skip-trigram). Each question and each trigger says which of
 * the {@code triples} it belongs to.
 *
 * <p>Classes of the positions that predict: {@code random}, {@code repeated} (the second copy but for its first token),
 * {@code skip} (at the question), {@code patterned} (both of these), and {@code other} (triggers, questions, the first token of the repeat). Position {@code END}, the question.
 */
@Named("mixed-patterns")
@Doc("Random words with a stretch that is repeated, and a question whose answer depends on a trigger far before it.")
@Example("{generator: mixed-patterns, period: 5..8, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The question.")
@Mark(is = Mark.Kind.CLASS, name = "random", doc = "Predict a random word.")
@Mark(is = Mark.Kind.CLASS, name = "repeated", doc = "Predict a word of the second copy but its first.")
@Mark(is = Mark.Kind.CLASS, name = "skip", doc = "Predict the answer of the question.")
@Mark(is = Mark.Kind.CLASS, name = "patterned", doc = "`repeated` and `skip`.")
@Mark(is = Mark.Kind.CLASS, name = "other", doc = "Predict triggers, questions and the first word of the repeat.")
public record MixedPatterns(
        @Doc("Number of words.") @Default("32") int words,

        @Doc("Number of triggers, each with its question and two answers.") @Default("4")
        int triples,

        @Doc("Length of the stretch that is repeated, drawn for each row.") @Default("5..8")
        IntRange period,

        @Doc("Tokens per row, BEGIN included.") @Default("32")
        int length,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, TokenGenerator {
    public MixedPatterns {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        if (words < 2 || words > 1 << 20 || triples < 1 || triples > 1 << 18) {
            throw new IllegalArgumentException("`words` must be at least 2 and `triples` at least 1");
        }
        if (period.high() >= words) {
            throw new IllegalArgumentException(
                    "`words` must be above `period`, so that words are left for the rest of a row");
        }
        if (period.low() < 2 || 2 * period.high() + 6 > length) {
            throw new IllegalArgumentException("`length: " + length + "` needs room for two copies of " + period.high()
                    + " words, BEGIN, a trigger, and a question with its answer: at least " + (2 * period.high() + 6));
        }
    }

    /** How many ids a model must read. */
    public int vocabularySize() {
        return words + 4 * triples + 1;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "words",
                    words + " words and " + triples + " triples need a vocabulary of " + vocabularySize()
                            + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        int[] tokens = new int[length];
        boolean[] taken = new boolean[length];
        tokens[0] = vocabularySize() - 1;
        int each = random.between(period.low(), period.high());
        int[] drawn = random.permutation(words);
        for (int i = 1; i < length; i++) {
            tokens[i] = drawn[each + random.nextInt(words - each)];
        }
        int triple = random.nextInt(triples);
        boolean seen = random.nextBoolean();
        int trigger = random.between(1, length / 3);
        int question = random.between(2 * length / 3, length - 2);
        if (seen) {
            tokens[trigger] = words + triple;
        }
        tokens[question] = words + triples + triple;
        tokens[question + 1] = words + 2 * triples + 2 * triple + (seen ? 1 : 0);
        taken[0] = taken[trigger] = taken[question] = taken[question + 1] = true;
        int[] free = free(taken);
        int start = random.between(0, free.length - 2 * each);
        String[] kind = new String[length];
        Arrays.fill(kind, "random");
        for (int i = 0; i < each; i++) {
            tokens[free[start + i]] = drawn[i];
            tokens[free[start + each + i]] = drawn[i];
            if (i > 0
                    && free[start + each + i] == free[start + each + i - 1] + 1
                    && free[start + i] == free[start + i - 1] + 1) {
                kind[free[start + each + i]] = "repeated";
            } else {
                kind[free[start + each + i]] = "other";
            }
        }
        kind[question + 1] = "skip";
        kind[question] = "other";
        if (seen) {
            kind[trigger] = "other";
        }
        DrawnRow row = new DrawnRow(tokens, "random", "repeated", "skip", "patterned", "other");
        for (int next = 1; next < length; next++) {
            row.mark(kind[next], next - 1);
            if (kind[next].equals("repeated") || kind[next].equals("skip")) {
                row.mark("patterned", next - 1);
            }
        }
        return row.position("END", question);
    }

    private static int[] free(boolean[] taken) {
        int[] free = new int[taken.length];
        int count = 0;
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                free[count++] = i;
            }
        }
        return Arrays.copyOf(free, count);
    }
}
