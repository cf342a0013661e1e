package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.DocumentSplit;
import dev.loupe.metric.reading.Remarks;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.neurons.SearchLabels;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The arithmetic of {@link SearchLabels}: a search for each label, then what all of them come down to. */
public final class LabelSearching {
    private final SearchLabels step;
    private final TokenRows rows;
    private final StepValue.Activations sample;
    private final DocumentSplit split;
    private final int[] token;

    private LabelSearching(SearchLabels step, TokenRows rows, StepValue.Activations sample) {
        this.step = step;
        this.rows = rows;
        this.sample = sample;
        this.split = DocumentSplit.of(
                rows, sample.row(), step.options().train(), step.options().seed());
        this.token = IntStream.range(0, sample.row().length)
                .map(i -> rows.tokens()[sample.row()[i]][sample.pos()[i]])
                .toArray();
    }

    /**
     * One row for each test document: pseudo-values of the area, and what is the same for all.
     *
     * @param twins what the same search gave in each untrained model [part, label]
     */
    public static StepValue.Table of(
            SearchLabels step, TokenRows rows, StepValue.Activations sample, List<NamedArray> twins, StopSignal stop) {
        LabelSearching searching = new LabelSearching(step, rows, sample);
        List<LabelSearched.Result> results = searching.searched(stop);
        return new StepValue.Table(
                searching.table(results, largest(step, twins)),
                Remarks.undefined(results.stream()
                        .map(LabelSearched.Result::why)
                        .filter(why -> !why.isEmpty())
                        .toList()));
    }

    /** Which of some rows, each a document unlike the others, select neurons [row]. */
    public static boolean[] training(SearchLabels step, int rows) {
        int[][] tokens = IntStream.range(0, rows).mapToObj(r -> new int[] {r}).toArray(int[][]::new);
        return DocumentSplit.of(
                        new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of()),
                        IntStream.range(0, rows).toArray(),
                        step.options().train(),
                        step.options().seed())
                .training();
    }

    /** The largest area of each label in any untrained model; NaN without one. */
    private static double[] largest(SearchLabels step, List<NamedArray> twins) {
        double[] largest = new double[step.options().labels().size()];
        Arrays.fill(largest, Double.NaN);
        for (NamedArray twin : twins) {
            int auc = twin.axis("part").labels().indexOf(SearchLabels.AUC);
            double[] areas = twin.at("part", auc).data();
            for (int l = 0; l < largest.length; l++) {
                largest[l] = Double.isNaN(largest[l]) || areas[l] > largest[l] ? areas[l] : largest[l];
            }
        }
        return largest;
    }

    /** What the search gives for each label, with what the false discovery rate over all of them makes of it. */
    private List<LabelSearched.Result> searched(StopSignal stop) {
        LabelSearched each = new LabelSearched(step.options(), rows, sample, split, stop);
        List<String> names = step.options().labels();
        boolean[][] own = new boolean[names.size()][];
        List<LabelSearched.Result> results = new ArrayList<>();
        boolean[] before = new boolean[0];
        @Nullable SplitSearch search = null;
        for (int l = 0; l < own.length; l++) {
            SampledLabels label = new SampledLabels(rows, names.get(l), sample.row(), sample.pos());
            own[l] = label.own();
            // Ranks are kept from label to label as long as the same positions count.
            boolean[] leftOut = label.leftOut();
            if (search == null || !Arrays.equals(leftOut, before)) {
                search = new SplitSearch(sample, side(leftOut, true), side(leftOut, false));
                before = leftOut;
            }
            results.add(each.of(search, label, l));
        }
        double[] q = DistinctLabels.adjusted(
                results.stream().mapToDouble(LabelSearched.Result::p).toArray(), DistinctLabels.first(own));
        IntStream.range(0, own.length)
                .filter(l -> results.get(l).defined())
                .forEach(l -> results.get(l).numbers().put("q", q[l]));
        return results;
    }

    private Strata side(boolean[] leftOut, boolean train) {
        int[] positions = IntStream.range(0, leftOut.length)
                .filter(i -> split.training()[i] == train && !leftOut[i])
                .toArray();
        return step.options().withinToken() ? Strata.by(positions, token) : Strata.one(positions);
    }

    private RowTable table(List<LabelSearched.Result> results, double[] untrained) {
        List<String> parts = step.parts();
        int labels = results.size();
        int width = parts.size() * labels;
        double[] numbersOfDocuments = new double[split.tests() * width];
        for (int l = 0; l < labels; l++) {
            LabelSearched.Result result = results.get(l);
            Map<String, Double> numbers = result.numbers();
            if (result.defined()) {
                boolean passes =
                        numbers.getOrDefault("q", 1.0) <= step.options().fdr()
                                && !(numbers.getOrDefault(SearchLabels.AUC, 0.0) <= untrained[l]);
                numbers.put("found", passes ? 1.0 : 0.0);
            }
            numbers.put("untrained", untrained[l]);
            for (int k = 0; k < parts.size(); k++) {
                for (int d = 0; d < split.tests(); d++) {
                    numbersOfDocuments[d * width + k * labels + l] =
                            parts.get(k).equals(SearchLabels.AUC)
                                    ? result.area(d)
                                    : numbers.getOrDefault(parts.get(k), Double.NaN);
                }
            }
        }
        return RowTable.ofNumbers(step.axes(), split.tests(), numbersOfDocuments);
    }
}
