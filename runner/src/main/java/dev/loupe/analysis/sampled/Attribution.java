package dev.loupe.analysis.sampled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.plan.ask.ComponentKind;

/** What neurons of one layer, or features of its dictionary, write to each logit, centred over the tokens that are looked at. */
public final class Attribution {
    private Attribution() {}

    /**
     * The attribution of some neurons, or features.
     *
     * @param kind which of the two
     * @param neurons of the layer, all where there are none
     * @param tokens output ids, all where there are none
     * @return [neuron][token]
     */
    public static double[][] of(WeightAccess weights, ComponentKind kind, int layer, int[] neurons, int[] tokens) {
        NDArray out =
                kind == ComponentKind.FEATURE ? weights.writtenByFeatures(layer) : weights.writtenByNeurons(layer);
        NDArray asked = neurons.length == 0
                ? out
                : out.get(new NDIndex("{}", out.getManager().create(neurons)));
        NDArray written = weights.written(asked.toType(DataType.FLOAT32, false), tokens);
        float[] flat = written.toFloatArray();
        int width = (int) written.getShape().get(1);
        double[][] rows = new double[flat.length / width][width];
        for (int n = 0; n < rows.length; n++) {
            double mean = 0;
            for (int t = 0; t < width; t++) {
                mean += flat[n * width + t] / (double) width;
            }
            for (int t = 0; t < width; t++) {
                rows[n][t] = flat[n * width + t] - mean;
            }
        }
        return rows;
    }
}
