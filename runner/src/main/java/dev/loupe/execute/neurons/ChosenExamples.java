package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.EqualDocuments;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.metric.reading.StepValue.Extremes;
import dev.loupe.metric.reading.StepValue.Occurrence;
import dev.loupe.metric.reading.StepValue.Occurrence.Kind;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.neurons.ChooseExamples;
import dev.loupe.plan.neurons.ExampleCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of {@link ChooseExamples}. The side of 0 on which a neuron reaches further stands first. Of equal activations the
 * earlier row comes first, in a row the earlier position; no document gives two examples of one kind.
 */
final class ChosenExamples {
    private final ChooseExamples step;
    private final Extremes extremes;
    private final @Nullable Activations sample;
    private final int[] document;

    /** A position and its activation. */
    private record Spot(int row, int pos, double value) {}

    /** @param sample activations at sampled positions, null where none are asked for */
    ChosenExamples(ChooseExamples step, TokenRows rows, Extremes extremes, @Nullable Activations sample) {
        this.step = step;
        this.extremes = extremes;
        this.sample = sample;
        this.document = EqualDocuments.of(rows);
    }

    List<Occurrence> all() {
        List<Occurrence> all = new ArrayList<>();
        for (int c = 0; c < step.neurons().size(); c++) {
            NeuronName neuron = step.neurons().get(c);
            ExampleCounts counts = step.counts();
            List<Spot> high = extreme(neuron, true);
            List<Spot> low = extreme(neuron, false);
            int top = all.size();
            add(all, c, Kind.TOP, "top", "", high, counts.top());
            int lowest = all.size();
            add(all, c, Kind.LOWEST, "lowest", "", low, counts.lowest());
            if (!low.isEmpty() && -low.get(0).value() > high.get(0).value()) {
                Collections.rotate(all.subList(top, all.size()), top - lowest);
            }
            if (sample != null) {
                SplittableRandom random = new SplittableRandom(step.seed() * 31 + c);
                List<Spot> spots = sampled(sample, c);
                if (!counts.strata().isEmpty()) {
                    strata(all, c, spots, random);
                }
                add(all, c, Kind.RANDOM, "random", "", shuffled(spots, random), counts.random());
            }
        }
        return all;
    }

    /** By rank, so that a neuron that is 0 at most positions has as many in each stratum as any other. */
    private void strata(List<Occurrence> all, int component, List<Spot> spots, SplittableRandom random) {
        List<Spot> ranked =
                spots.stream().sorted(Comparator.comparingDouble(Spot::value)).toList();
        List<Double> edges = step.counts().strata();
        for (int k = 0; k <= edges.size(); k++) {
            int from = k == 0 ? 0 : (int) Math.ceil(edges.get(k - 1) * ranked.size() - 1e-9);
            int to = k == edges.size() ? ranked.size() : (int) Math.ceil(edges.get(k) * ranked.size() - 1e-9);
            List<Spot> inside = ranked.subList(from, to);
            String name = k == 0
                    ? "below quantile " + edges.get(0)
                    : k == edges.size()
                            ? "from quantile " + edges.get(k - 1)
                            : "quantiles " + edges.get(k - 1) + " to " + edges.get(k);
            add(
                    all,
                    component,
                    Kind.STRATUM,
                    name,
                    range(inside),
                    shuffled(inside, random),
                    step.counts().perStratum());
        }
    }

    private static String range(List<Spot> spots) {
        double[] values = spots.stream().mapToDouble(Spot::value).sorted().toArray();
        return values.length == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%d sampled, %.3g to %.3g)",
                        values.length,
                        values[0],
                        values[values.length - 1]);
    }

    /** The largest or smallest of every row, best first. */
    private List<Spot> extreme(NeuronName neuron, boolean high) {
        int layer = extremes.layers().indexOf(neuron.layer());
        float[] values = (high ? extremes.high() : extremes.low()).get(layer);
        int[] at = (high ? extremes.highAt() : extremes.lowAt()).get(layer);
        Comparator<Spot> best = Comparator.comparingDouble(spot -> high ? -spot.value() : spot.value());
        return IntStream.range(0, extremes.row().length)
                .filter(i -> at[i * extremes.width() + neuron.neuron()] >= 0)
                .mapToObj(i -> new Spot(
                        extremes.row()[i],
                        at[i * extremes.width() + neuron.neuron()],
                        values[i * extremes.width() + neuron.neuron()]))
                .sorted(best.thenComparing(Spot::row))
                .toList();
    }

    /** Of a few neurons the sample has these alone, of more whole layers. */
    private List<Spot> sampled(Activations sample, int component) {
        NeuronName neuron = step.neurons().get(component);
        boolean whole = sample.width() == extremes.width();
        float[] values = sample.values().get(whole ? sample.layers().indexOf(neuron.layer()) : 0);
        int column = whole ? neuron.neuron() : component;
        return IntStream.range(0, sample.row().length)
                .mapToObj(i -> new Spot(sample.row()[i], sample.pos()[i], values[i * sample.width() + column]))
                .sorted(Comparator.comparing(Spot::row).thenComparing(Spot::pos))
                .toList();
    }

    private static List<Spot> shuffled(List<Spot> spots, SplittableRandom random) {
        Spot[] order = spots.toArray(Spot[]::new);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Spot swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return Arrays.asList(order);
    }

    private void add(
            List<Occurrence> all, int component, Kind kind, String name, String range, List<Spot> order, int most) {
        List<Spot> kept = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (Spot spot : order) {
            if (kept.size() < most && seen.add(document[spot.row()])) {
                kept.add(spot);
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            Spot spot = kept.get(i);
            String group = name + " " + (i + 1) + " of " + kept.size() + range;
            all.add(new Occurrence(component, kind, group, i, spot.row(), spot.pos(), spot.value()));
        }
    }
}
