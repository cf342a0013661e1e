package dev.loupe.analysis.sampled;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.hook.Site;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.ChooseExamples;
import dev.loupe.plan.neurons.ExampleCounts;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The steps that read a dataset once and choose examples of neurons from it. Equal steps of several measurements are one, so
 * that all of them share one scan.
 */
public record NeuronScan(Site site, SampledPositions sample) {
    /** Above this a scan would not fit beside everything else. */
    private static final long MOST_BYTES = 1_500_000_000;

    /** Activations of some neurons at every token: 80 MB of float32. */
    private static final long MOST_EVERYWHERE = 20_000_000;

    /**
     * Adds the steps.
     *
     * @return the step that chooses
     */
    public int examples(AnalysisPlanning planning, List<NeuronName> neurons, ExampleCounts counts) {
        ModelShape shape = planning.model().shape();
        List<Integer> layers = layers(neurons);
        layers.forEach(layer -> planning.point(site, layer));
        RowsRef rows = planning.rows(planning.on());
        RowExtremes extremes = new RowExtremes(site, layers, sample.at(), sample.minPosition());
        require(
                extremes.bytes(rows.rows(), shape.units(site, layers)),
                "the largest and smallest values of each row",
                "fewer rows");
        int run = planning.clean(rows, extremes.captures(shape), LogitsRead.NONE);
        int scan = planning.builder().add(id -> new Summarise(id, extremes, run));
        boolean few = neurons.size() < shape.units(site, layers);
        int from = !counts.samples() ? scan : few ? trace(planning, neurons, null, rows) : sampled(planning, neurons);
        return planning.builder().add(id -> new ChooseExamples(id, scan, from, rows, neurons, counts, sample.seed()));
    }

    /** Adds the steps that read activations at sampled positions, of all neurons of the layers of these. */
    public int sampled(AnalysisPlanning planning, List<NeuronName> neurons) {
        ModelShape shape = planning.model().shape();
        List<Integer> layers = layers(neurons);
        RowsRef rows = planning.rows(planning.on());
        sample.requireRoom(rows.rows(), (long) shape.units(site, layers) * layers.size());
        ActivationSample reading = new ActivationSample(site, layers, sample, rows.rows());
        int run = planning.clean(rows, reading.captures(shape), LogitsRead.NONE);
        return planning.builder().add(id -> new Summarise(id, reading, run));
    }

    /**
     * Adds the steps that read these neurons alone at sampled positions.
     *
     * @param rotation a seed of a random basis that is read instead, null for the neurons' own
     */
    public int trace(AnalysisPlanning planning, List<NeuronName> neurons, @Nullable Long rotation, RowsRef rows) {
        layers(neurons).forEach(layer -> planning.point(site, layer));
        sample.requireRoom(rows.rows(), neurons.size());
        NeuronTrace reading = new NeuronTrace(site, neurons, rotation, sample, rows.rows());
        int run = planning.clean(rows, reading.captures(planning.model().shape()), LogitsRead.NONE);
        return planning.builder().add(id -> new Summarise(id, reading, run));
    }

    /**
     * Adds the steps that read these neurons alone at every token, where that takes little room; empty where it does not.
     */
    public OptionalInt everywhere(AnalysisPlanning planning, List<NeuronName> neurons, RowsRef rows) {
        if ((long) rows.rows() * rows.longest() * neurons.size() > MOST_EVERYWHERE) {
            return OptionalInt.empty();
        }
        SampledPositions all = SampledPositions.all(rows.rows(), rows.longest());
        return OptionalInt.of(new NeuronScan(site, all).trace(planning, neurons, null, rows));
    }

    private static List<Integer> layers(List<NeuronName> neurons) {
        return neurons.stream().map(NeuronName::layer).distinct().sorted().toList();
    }

    private static void require(long bytes, String what, String remedy) {
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(what + " would take " + bytes / 1_000_000 + " MB, and at most "
                    + MOST_BYTES / 1_000_000 + " are kept: use " + remedy + " or neurons of fewer layers");
        }
    }
}
