package dev.loupe.analysis.sampled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;

/**
 * The activations of some layers at sampled positions: every neuron, or every dimension of the residual stream.
 *
 * @param rows how many the dataset has
 */
public record ActivationSample(Site site, List<Integer> layers, SampledPositions positions, int rows)
        implements PositionSample {
    public ActivationSample {
        layers = List.copyOf(layers);
    }

    @Override
    public float[] read(Batch batch, int layer, Chosen chosen) {
        return picked(batch.at(HookPoint.of(site, layer)), chosen);
    }

    /** Some positions of an activation [batch, pos, quantity], row-major. */
    static float[] picked(NDArray all, Chosen chosen) {
        return at(all, chosen).toFloatArray();
    }

    /** The same as a tensor [position, quantity]. */
    static NDArray at(NDArray all, Chosen chosen) {
        return all.reshape(-1, all.getShape().get(2))
                .get(new NDIndex("{}", all.getManager().create(chosen.flat())));
    }

    @Override
    public int width(Batch batch) {
        return (int) batch.at(HookPoint.of(site, layers.get(0))).getShape().get(2);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return layers.stream().map(layer -> HookPoint.of(site, layer)).toList();
    }

    @Override
    public String label() {
        return "activations of `" + site.canonical() + "` at sampled positions";
    }
}
