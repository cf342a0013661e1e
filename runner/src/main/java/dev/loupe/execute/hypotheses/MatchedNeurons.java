package dev.loupe.execute.hypotheses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.neurons.MatchNeurons;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The arithmetic of {@link MatchNeurons}. A row of the result is a group of documents: the pseudo-value G T - (G - 1) T(-g) of each
 * correlation T, with T(-g) what the whole search finds without that group, shifted so that their mean is T. Which neuron is found
 * is told of all documents.
 */
public final class MatchedNeurons {
    private final MatchNeurons step;
    private final TokenRows rows;
    private final Activations sample;
    private final StopSignal stop;
    private final int asked;
    /** Whether each asked neuron changes at all. */
    private final boolean[] changes;

    private final float[] own;
    private final int groups;
    private final Map<Integer, Integer> groupOf;

    public MatchedNeurons(MatchNeurons step, TokenRows rows, Activations sample, StopSignal stop) {
        this.step = step;
        this.rows = rows;
        this.sample = sample;
        this.stop = stop;
        this.asked = sample.width();
        this.changes = new boolean[asked];
        this.own = standardised();
        int[] documents = Arrays.stream(sample.row())
                .map(rows::document)
                .distinct()
                .sorted()
                .toArray();
        this.groups = Math.max(1, Math.min(MatchNeurons.GROUPS, documents.length));
        this.groupOf = new TreeMap<>();
        for (int d = 0; d < documents.length; d++) {
            groupOf.put(documents[d], d % groups);
        }
    }

    /** Activations of the asked neurons with mean 0 and variance 1 [position, asked]; 0 where one never changes. */
    private float[] standardised() {
        float[] values = sample.values().get(0);
        float[] out = new float[values.length];
        int n = sample.row().length;
        for (int k = 0; k < asked; k++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += values[i * asked + k] / (double) n;
                changes[k] |= values[i * asked + k] != values[k];
            }
            double variance = 0;
            for (int i = 0; i < n; i++) {
                variance += Math.pow(values[i * asked + k] - mean, 2) / n;
            }
            for (int i = 0; changes[k] && i < n; i++) {
                out[i * asked + k] = (float) ((values[i * asked + k] - mean) / Math.sqrt(variance));
            }
        }
        return out;
    }

    /** @param models the models that are searched, one in memory at a time */
    public RowTable table(Function<ModelRef, LoadedModel> models) {
        int width = NamedArray.sizeOf(step.axes());
        double[] numbers = new double[groups * width];
        Arrays.fill(numbers, Double.NaN);
        for (int o = 0; o < step.others().size(); o++) {
            ModelRef ref = step.others().get(o);
            MatchSearch.Found[][] found = search(models.apply(ref), ref.shape());
            for (int k = 0; k < asked; k++) {
                if (changes[k]) {
                    write(numbers, found, k, o);
                }
            }
        }
        return RowTable.ofNumbers(step.axes(), groups, numbers);
    }

    /** @param found without each group, and last of all documents [group, asked] */
    private void write(double[] numbers, MatchSearch.Found[][] found, int k, int other) {
        MatchSearch.Found whole = found[groups][k];
        double[] match = pseudo(found, k, whole.match(), MatchSearch.Found::match);
        double[] chance = pseudo(found, k, whole.chance(), MatchSearch.Found::chance);
        for (int g = 0; g < groups; g++) {
            double[] parts = {match[g], chance[g], match[g] - chance[g], whole.layer(), whole.neuron(), whole.sign()};
            for (int part = 0; part < step.parts().size(); part++) {
                int cell = (k * step.others().size() + other) * step.parts().size() + part;
                numbers[g * (numbers.length / groups) + cell] = Double.isNaN(whole.match()) ? Double.NaN : parts[part];
            }
        }
    }

    private double[] pseudo(
            MatchSearch.Found[][] found, int k, double whole, Function<MatchSearch.Found, Double> part) {
        double[] left = new double[groups];
        for (int g = 0; g < groups && groups > 1; g++) {
            double without = part.apply(found[g][k]);
            // Without the only documents where it changes, it correlates with nothing.
            left[g] = Double.isNaN(without) && !Double.isNaN(whole) ? 0 : without;
        }
        double mean = Arrays.stream(left).average().orElse(0);
        return Arrays.stream(left)
                .map(without -> whole + (groups - 1) * (mean - without))
                .toArray();
    }

    private MatchSearch.Found[][] search(LoadedModel model, ModelShape shape) {
        try (NDManager kept = model.manager().newSubManager()) {
            List<NDArray> rotations = new ArrayList<>();
            for (int r = 0; r < step.draws(); r++) {
                stop.check();
                rotations.add(RandomBasis.draw(shape.dMlp(), new RowRandom(step.seed(), r), kept));
            }
            MatchSums sums =
                    new MatchSums(model, step.site(), shape.layers(), shape.dMlp(), asked, groups, rotations, kept);
            read(sums);
            return new MatchSearch(sums, shape, asked, groups, rotations, step.eitherSign(), stop).found();
        }
    }

    /** Runs the rows that were sampled, those of a group and of equal length together. */
    private void read(MatchSums sums) {
        Map<Integer, List<Integer>> byRow = new TreeMap<>();
        for (int i = 0; i < sample.row().length; i++) {
            byRow.computeIfAbsent(sample.row()[i], k -> new ArrayList<>()).add(i);
        }
        Map<Integer, Map<Integer, List<Integer>>> batches = new TreeMap<>();
        for (int row : byRow.keySet()) {
            int group = Objects.requireNonNull(groupOf.get(rows.document(row)));
            batches.computeIfAbsent(group, g -> new TreeMap<>())
                    .computeIfAbsent(rows.tokens()[row].length, l -> new ArrayList<>())
                    .add(row);
        }
        batches.forEach((group, byLength) -> byLength.forEach((length, equal) -> {
            int together = step.together(length);
            for (int from = 0; from < equal.size(); from += together) {
                stop.check();
                batch(sums, group, equal.subList(from, Math.min(equal.size(), from + together)), byRow);
            }
        }));
    }

    private void batch(MatchSums sums, int group, List<Integer> some, Map<Integer, List<Integer>> byRow) {
        int[][] tokens = some.stream().map(row -> rows.tokens()[row]).toArray(int[][]::new);
        List<Integer> places = new ArrayList<>();
        List<Long> flat = new ArrayList<>();
        for (int r = 0; r < some.size(); r++) {
            for (int i : Objects.requireNonNull(byRow.get(some.get(r)))) {
                places.add(i);
                flat.add((long) r * tokens[r].length + sample.pos()[i]);
            }
        }
        float[] values = new float[asked * places.size()];
        for (int k = 0; k < asked; k++) {
            for (int i = 0; i < places.size(); i++) {
                values[k * places.size() + i] = own[places.get(i) * asked + k];
            }
        }
        sums.add(group, tokens, flat.stream().mapToLong(Long::longValue).toArray(), values);
    }
}
