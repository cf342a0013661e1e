package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.hypotheses.WindowedRuns.Window;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.metric.reading.StepValue.Occurrence;
import dev.loupe.plan.neurons.ShortenContexts;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The arithmetic of {@link ShortenContexts}: row k of the table is the k-th example of every neuron. */
public final class ShortestContexts {
    private static final int TOKENS = 0;
    private static final int REACHED = 1;
    private static final int NEEDED = 2;
    private static final int BEYOND_COPY = 3;

    private final ShortenContexts step;
    private final TokenRows rows;
    private final WindowedRuns runs;
    private final double[] numerator;
    private final double[] denominator;

    public ShortestContexts(ShortenContexts step, TokenRows rows, LoadedModel model, StopSignal stop) {
        this.step = step;
        this.rows = rows;
        this.runs = new WindowedRuns(rows, model, step.site(), step.windows().positions(), stop);
        int size = step.top() * NamedArray.sizeOf(step.axes());
        this.numerator = new double[size];
        this.denominator = new double[size];
    }

    /** An example, with the share of its activation that the last 1, 2, ... tokens keep. */
    private static final class Shortened {
        private final Occurrence example;
        private final List<Double> kept = new ArrayList<>();

        Shortened(Occurrence example) {
            this.example = example;
        }

        /** The fewest tokens that keep a share, and do so with one more; -1 while that is not known. */
        int fewest(double share, boolean whole) {
            for (int k = 0; k < kept.size(); k++) {
                boolean also = k + 1 < kept.size() ? kept.get(k + 1) >= share : whole;
                if (kept.get(k) >= share && also) {
                    return k + 1;
                }
            }
            return -1;
        }
    }

    public RowTable of(List<Occurrence> examples) {
        List<Shortened> all = examples.stream()
                .collect(Collectors.groupingBy(Occurrence::component, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(own -> FiringExamples.of(step.side(), own).examples().stream())
                .map(Shortened::new)
                .toList();
        double largest = step.windows().keep().get(step.windows().keep().size() - 1);
        List<Shortened> open = all;
        for (int k = 1; !open.isEmpty(); ) {
            int first = k;
            int end = k + lengths(open.size(), k);
            List<Shortened> tried = new ArrayList<>();
            List<Window> windows = new ArrayList<>();
            for (Shortened one : open) {
                for (int tokens = first; tokens < Math.min(end, most(one.example) + 1); tokens++) {
                    tried.add(one);
                    windows.add(window(one.example, tokens));
                }
            }
            double[] values = runs.of(windows);
            for (int i = 0; i < values.length; i++) {
                Shortened one = tried.get(i);
                one.kept.add(values[i] / one.example.value());
            }
            open = open.stream()
                    .filter(one -> one.kept.size() < most(one.example) && one.fewest(largest, false) < 0)
                    .toList();
            k = end;
        }
        List<Need> needs = new ArrayList<>();
        for (Shortened one : all) {
            Map<Integer, List<Integer>> places = new TreeMap<>();
            for (int share = 0; share < step.windows().keep().size(); share++) {
                int fewest = put(one, share);
                if (fewest > 0) {
                    places.computeIfAbsent(fewest, k -> new ArrayList<>()).add(share);
                }
            }
            places.forEach((fewest, of) -> needs.add(new Need(one.example, of, fewest, less(one.example, fewest))));
        }
        needed(needs);
        return new RowTable(step.axes(), step.top(), numerator, denominator);
    }

    /** How many lengths from {@code first} on are tried at once: as many as make a run of few tokens. */
    private int lengths(int examples, int first) {
        int before = step.windows().first() ? 1 : 0;
        int lengths = 1;
        for (int tokens = examples * (first + before); ; lengths++) {
            tokens += examples * (first + lengths + before);
            if (tokens > WindowedRuns.FEW) {
                return lengths;
            }
        }
    }

    /**
     * An example whose fewest tokens are known: how many of them are needed is asked for all together.
     *
     * @param places the shares that they keep
     * @param less what is left without one of them
     */
    private record Need(Occurrence example, List<Integer> places, int fewest, List<Window> less) {}

    private int most(Occurrence example) {
        return Math.min(step.windows().most(), example.pos() + 1);
    }

    private Window window(Occurrence example, int tokens) {
        int from = example.pos() - tokens + 1;
        IntStream read = IntStream.rangeClosed(from, example.pos());
        return new Window(
                step.neurons().get(example.component()),
                example.row(),
                example.pos(),
                (step.windows().first() && from > 0 ? IntStream.concat(IntStream.of(0), read) : read).toArray());
    }

    /** The fewest tokens that keep a share, -1 where none do. */
    private int put(Shortened one, int place) {
        Occurrence example = one.example;
        double share = step.windows().keep().get(place);
        int fewest = one.fewest(share, one.kept.size() == example.pos() + 1);
        put(REACHED, place, example, fewest > 0 ? 1 : 0);
        if (fewest < 0) {
            return fewest;
        }
        put(TOKENS, place, example, fewest);
        int copy = copy(example);
        if (copy >= 0) {
            put(BEYOND_COPY, place, example, fewest - (example.pos() - copy + 1));
        }
        return fewest;
    }

    /** The fewest tokens without one of them at a time, save the example's own and the first, without which they are too few. */
    private List<Window> less(Occurrence example, int fewest) {
        Window whole = window(example, fewest);
        return IntStream.range(example.pos() - fewest + 2, example.pos())
                .mapToObj(gone -> new Window(
                        whole.neuron(),
                        whole.row(),
                        whole.pos(),
                        Arrays.stream(whole.read()).filter(pos -> pos != gone).toArray()))
                .toList();
    }

    /** Of the fewest tokens those without which less than the share is kept, the example's own among them. */
    private void needed(List<Need> needs) {
        double[] values =
                runs.of(needs.stream().flatMap(need -> need.less().stream()).toList());
        int at = 0;
        for (Need need : needs) {
            double[] kept = Arrays.copyOfRange(values, at, at += need.less().size());
            for (int place : need.places()) {
                double share = step.windows().keep().get(place);
                double whole = need.example().value();
                long others = Arrays.stream(kept)
                        .filter(value -> value / whole < share)
                        .count();
                put(NEEDED, place, need.example(), Math.min(need.fewest(), 2) + others);
            }
        }
    }

    /** The last earlier position with the same token, -1 where there is none. */
    private int copy(Occurrence example) {
        int[] tokens = rows.tokens()[example.row()];
        return IntStream.range(0, example.pos())
                .filter(pos -> tokens[pos] == tokens[example.pos()])
                .max()
                .orElse(-1);
    }

    private void put(int part, int share, Occurrence example, double value) {
        int n = step.neurons().size();
        int width = NamedArray.sizeOf(step.axes());
        int at = example.place() * width + (part * step.windows().keep().size() + share) * n + example.component();
        numerator[at] = value;
        denominator[at] = 1;
    }
}
