package dev.loupe.metric.answer;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** False positives and false negatives of the likeliest tokens as a prediction of a set (Li et al. 2023, section 4.2). */
@Named("set-error")
@Doc(
        "How far the most probable tokens are from a set of N tokens: tokens among the N most probable ones that are not in the set, plus "
                + "tokens of the set that are not among them. 0 if all of the set are more probable than all other tokens, 2N if none "
                + "of it is among the N most probable.")
@Example("{set-error: {answer: answer}}")
public record SetError(@Inline AnswerAt asked) implements AnswerMetric {
    @Override
    public Metric in(Planning planning) {
        return new SetError(asked.in(planning));
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(asked.at());
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, asked.at());
        // Every token of the set counts, so there is nothing to choose between.
        AnswerOption.check(rows, Reduction.MEAN, label(), List.of(asked.answer()));
    }

    @Override
    public RowValues read(Batch batch) {
        LogitsAtPositions there = batch.asked(asked.at());
        int[][] sets = there.ids(batch.rows(), asked.answer());
        float[] logits = there.logits().toFloatArray();
        int vocabulary = sets.length == 0 ? 0 : logits.length / sets.length;
        float[] errors = new float[sets.length];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = error(Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary), sets[i]);
        }
        return there.perRow(errors, batch.rows().rows());
    }

    /** Of tokens that are equally likely the one with the lower id comes first. */
    private static int error(float[] logits, int[] set) {
        int[] likeliest = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]))
                .limit(set.length)
                .mapToInt(Integer::intValue)
                .toArray();
        long found = IntStream.of(set)
                .filter(id -> IntStream.of(likeliest).anyMatch(likely -> likely == id))
                .count();
        return (int) (2 * (set.length - found));
    }

    @Override
    public String label() {
        return "set error of " + asked.label();
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public String unit() {
        return "tokens";
    }

    @Override
    public String formula() {
        return "mean over rows of the number of tokens that are either among the N most probable at " + asked.at()
                + " or in the set of " + asked.answer().label() + ", but not both; N is the size of the set";
    }
}
