package dev.loupe.analysis.sampled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.toys.HaarRotation;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The activations of a few neurons at sampled positions, side by side: what a whole layer would take more room for.
 *
 * @param rotation a seed: neurons are read in a basis of each layer's neurons that is turned at random, as a control of whether
 *     it is the neurons' basis that means something
 */
public record NeuronTrace(
        Site site, List<NeuronName> neurons, @Nullable Long rotation, SampledPositions positions, int rows)
        implements PositionSample {
    public NeuronTrace {
        neurons = List.copyOf(neurons);
    }

    /** All neurons are one block, whatever their layers. */
    @Override
    public List<Integer> layers() {
        return List.of(0);
    }

    @Override
    public float[] read(Batch batch, int layer, Chosen chosen) {
        int n = chosen.flat().length;
        float[] all = new float[n * neurons.size()];
        blocks().forEach((own, places) -> {
            NDArray positions = ActivationSample.at(batch.at(HookPoint.of(site, own)), chosen);
            float[] values = (rotation == null ? columns(positions, places) : turned(positions, places, own, rotation))
                    .toFloatArray();
            for (int k = 0; k < places.size(); k++) {
                for (int i = 0; i < n; i++) {
                    all[i * neurons.size() + places.get(k)] = values[k * n + i];
                }
            }
        });
        return all;
    }

    /** By layer the places of its neurons. */
    private Map<Integer, List<Integer>> blocks() {
        Map<Integer, List<Integer>> places = new TreeMap<>();
        for (int k = 0; k < neurons.size(); k++) {
            places.computeIfAbsent(neurons.get(k).layer(), layer -> new ArrayList<>())
                    .add(k);
        }
        return places;
    }

    /** [neuron, position] */
    private NDArray columns(NDArray positions, List<Integer> places) {
        long[] own = places.stream().mapToLong(k -> neurons.get(k).neuron()).toArray();
        return positions
                .swapAxes(0, 1)
                .get(new NDIndex("{}", positions.getManager().create(own)));
    }

    /** Along random orthonormal directions, as many as there are neurons [direction, position]. */
    private static NDArray turned(NDArray positions, List<Integer> places, int layer, long seed) {
        int width = (int) positions.getShape().get(1);
        double[][] directions = HaarRotation.directions(places.size(), width, new RowRandom(seed, layer));
        float[] flat = new float[places.size() * width];
        for (int k = 0; k < directions.length; k++) {
            for (int i = 0; i < width; i++) {
                flat[k * width + i] = (float) directions[k][i];
            }
        }
        return positions
                .getManager()
                .create(flat, new Shape(places.size(), width))
                .matMul(positions.swapAxes(0, 1));
    }

    @Override
    public long quantities(ModelShape shape) {
        return neurons.size();
    }

    @Override
    public int width(Batch batch) {
        return neurons.size();
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return blocks().keySet().stream()
                .map(layer -> HookPoint.of(site, layer))
                .toList();
    }

    @Override
    public String label() {
        return "activations of " + Count.of(neurons.size(), "neuron") + " at sampled positions"
                + (rotation == null ? "" : ", in a turned basis");
    }
}
