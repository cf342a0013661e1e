package dev.loupe.metric.reading;

import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.NamedArray;
import dev.loupe.result.TokenRankings;
import dev.loupe.result.sample.RowTable;
import dev.loupe.result.sample.Sample;
import java.util.List;

/** What a finished step of a plan is worth, in main memory. */
public sealed interface StepValue {
    /** Its numbers [axes...], of sampled rows the estimate. */
    default NamedArray estimate() {
        throw new IllegalStateException("no numbers in " + getClass().getSimpleName());
    }

    /** What is said beside it. */
    default Remarks remarks() {
        return Remarks.NONE;
    }

    /** One value per row. */
    record Table(RowTable table, Remarks remarks) implements StepValue {
        public Table(RowTable table) {
            this(table, Remarks.NONE);
        }

        @Override
        public NamedArray estimate() {
            return table.estimate();
        }
    }

    /** Numbers from the rows of several models together. */
    record Sampled(Sample sample) implements StepValue {
        @Override
        public NamedArray estimate() {
            return sample.estimate();
        }
    }

    /**
     * Activations at sampled positions.
     *
     * @param row the row of each position [position]
     * @param pos the position in its row [position]
     * @param layers the layers, in the order of {@code values}
     * @param width neurons of a layer
     * @param values of each layer [position, neuron], row-major
     */
    record Activations(int[] row, int[] pos, List<Integer> layers, int width, List<float[]> values)
            implements StepValue {}

    /**
     * The largest and the smallest activation of every neuron in each of some rows.
     *
     * @param row the rows [i]
     * @param layers the layers, in the order of what follows
     * @param width neurons of a layer
     * @param high largest value by layer [i, neuron], row-major
     * @param highAt the first position that has it, -1 where no position of the row was read
     * @param low smallest value
     * @param lowAt its position
     */
    record Extremes(
            int[] row,
            List<Integer> layers,
            int width,
            List<float[]> high,
            List<int[]> highAt,
            List<float[]> low,
            List<int[]> lowAt)
            implements StepValue {}

    /** Chosen positions, those of one component after those of another. */
    record Occurrences(List<Occurrence> all) implements StepValue {
        public Occurrences {
            all = List.copyOf(all);
        }
    }

    /**
     * A position that was chosen as an example of a component.
     *
     * @param component which of those that were asked for, from 0
     * @param kind why it was chosen
     * @param group the same in words, with the number of its kind: {@code top 3 of 20}
     * @param place which of its kind it is, from 0
     * @param value the activation there
     */
    record Occurrence(int component, Kind kind, String group, int place, int row, int pos, double value) {
        /** Why an example was chosen. */
        public enum Kind {
            TOP,
            LOWEST,
            STRATUM,
            RANDOM
        }
    }

    /** Exact numbers. */
    record Numbers(NamedArray numbers, Remarks remarks) implements StepValue {
        public Numbers(NamedArray numbers) {
            this(numbers, Remarks.NONE);
        }

        @Override
        public NamedArray estimate() {
            return numbers;
        }
    }

    /**
     * A mean activation.
     *
     * @param shape axes of the site without the batch axis; a position axis of size 1 stands for every position
     * @param data row-major
     */
    record Activation(long[] shape, float[] data) implements StepValue {}

    /** Every logit of a few rows. */
    record Logits(List<Row> rows) implements StepValue {
        public Logits {
            rows = List.copyOf(rows);
        }

        /**
         * One row.
         *
         * @param text the visible text of each position
         * @param pos the position that is read
         * @param answers every id of column {@code answer}, none where the dataset has none
         * @param wrong the same of column {@code wrong}
         */
        public record Row(List<String> text, int pos, List<Integer> answers, List<Integer> wrong, float[] logits) {}
    }

    /**
     * Tokens in their order, without their text.
     *
     * @param columns what each of a token's numbers is
     */
    record Rankings(List<String> columns, List<TokenRankings.Ranking> rankings, Remarks remarks) implements StepValue {
        public Rankings {
            columns = List.copyOf(columns);
            rankings = List.copyOf(rankings);
        }

        public Rankings(List<String> columns, List<TokenRankings.Ranking> rankings) {
            this(columns, rankings, Remarks.NONE);
        }
    }

    /**
     * Text with a number for every token, without the tokens' own text.
     *
     * @param quantity what the number is
     */
    record Text(String quantity, List<Row> rows) implements StepValue {
        public Text {
            rows = List.copyOf(rows);
        }

        /**
         * One passage.
         *
         * @param value of each token [pos], NaN where it has none
         * @param logProbNext of the token that follows, NaN where there is none
         * @param guesses the likeliest tokens after each position, the likeliest first
         */
        public record Row(
                String label, int[] tokens, double[] value, double[] logProbNext, List<List<Guess>> guesses) {}

        /** A token by its id, with its probability. */
        public record Guess(int id, double probability) {}
    }

    /** A few examples, kept whole. */
    record Examples(List<AttentionPatterns.Example> examples) implements StepValue {
        public Examples {
            examples = List.copyOf(examples);
        }
    }
}
