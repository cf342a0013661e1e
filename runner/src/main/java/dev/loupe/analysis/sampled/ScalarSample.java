package dev.loupe.analysis.sampled;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.plan.ask.ModelShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Scalars of some layers at sampled positions, computed in double precision.
 *
 * @param rows how many the dataset has
 */
public record ScalarSample(List<TokenScalar> scalars, List<Integer> layers, SampledPositions positions, int rows)
        implements PositionSample {
    public ScalarSample {
        scalars = List.copyOf(scalars);
        layers = List.copyOf(layers);
    }

    @Override
    public float[] read(Batch batch, int layer, Chosen chosen) {
        int n = chosen.row().length;
        boolean reads = !TokenScalar.sites(scalars).isEmpty();
        float[] pre = reads ? picked(batch, Site.MLP_PRE, layer, chosen) : new float[0];
        float[] scale = reads ? picked(batch, Site.MLP_LN_SCALE, layer, chosen) : new float[n];
        int neurons = pre.length / n;
        float[] values = new float[n * scalars.size()];
        for (int i = 0; i < n; i++) {
            double[] own = new double[neurons];
            for (int k = 0; k < neurons; k++) {
                own[k] = pre[i * neurons + k];
            }
            for (int s = 0; s < scalars.size(); s++) {
                long seed = Arrays.hashCode(new int[] {
                    chosen.row()[i], chosen.pos()[i], layer, scalars.get(s).ordinal()
                });
                SplittableRandom random = new SplittableRandom(positions.seed() * 0x9E3779B97F4A7C15L + seed);
                values[i * scalars.size() + s] =
                        (float) scalars.get(s).of(new TokenScalar.Inputs(own, scale[i], random));
            }
        }
        return values;
    }

    private static float[] picked(Batch batch, Site site, int layer, Chosen chosen) {
        return ActivationSample.picked(batch.at(HookPoint.of(site, layer)), chosen);
    }

    @Override
    public long quantities(ModelShape shape) {
        return (long) scalars.size() * layers.size();
    }

    @Override
    public int width(Batch batch) {
        return scalars.size();
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return TokenScalar.sites(scalars).stream()
                .flatMap(site -> layers.stream().map(layer -> HookPoint.of(site, layer)))
                .toList();
    }

    @Override
    public String label() {
        return String.join(", ", scalars.stream().map(TokenScalar::word).toList()) + " at sampled positions";
    }
}
