package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.StepValue.Activations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Positions 1 and 2 of rows 8 and 3 of the dataset, in layer 1. */
class ScalarSampleTest {
    private static final SampledPositions EVERY = new SampledPositions(40, 64, 1, "everywhere", 7);
    private static final int[] ROW = {8, 8, 3, 3};
    private static final int[] POS = {1, 2, 1, 2};
    private static final float[] SCALE = {9, 2, 3, 9, 4, 5};

    private static float[] read(List<TokenScalar> scalars) {
        ScalarSample sample = new ScalarSample(scalars, List.of(1), EVERY, 2);
        try (NDManager manager = Backend.cpu()) {
            Activations found = sample.part(
                            WrittenNeurons.MODEL.batch(
                                    WrittenNeurons.rows(),
                                    Map.of(
                                            HookPoint.of(Site.MLP_PRE, 1),
                                            manager.create(WrittenNeurons.POST, new Shape(2, 3, 2)),
                                            HookPoint.of(Site.MLP_LN_SCALE, 1),
                                            manager.create(SCALE, new Shape(2, 3, 1))),
                                    null,
                                    manager),
                            new int[] {8, 3})
                    .get(0);
            assertThat(found.row()).isEqualTo(ROW);
            assertThat(found.pos()).isEqualTo(POS);
            assertThat(found.width()).isEqualTo(scalars.size());
            return found.values().get(0);
        }
    }

    @Test
    void scalarsOfActivationsStandSideBySide() {
        float[] found = read(List.of(TokenScalar.LN_SCALE, TokenScalar.SOLU_LOGSUMEXP));
        float[] scale = {2, 3, 4, 5};
        double[][] pre = {{2, 7}, {2, 7}, {-3, 4}, {-3, 1}};
        for (int i = 0; i < 4; i++) {
            assertThat(found[2 * i]).isEqualTo(scale[i]);
            assertThat((double) found[2 * i + 1])
                    .isEqualTo(Math.log(Math.exp(pre[i][0]) + Math.exp(pre[i][1])), within(1e-6));
        }
    }

    /** The draws of each belong to the row of the dataset, its position, the layer and the scalar. */
    @Test
    void drawsAreTheTokensOwn() {
        List<TokenScalar> scalars = List.of(
                TokenScalar.NORMAL, TokenScalar.LAPLACE, TokenScalar.TWO_NORMALS, TokenScalar.PRODUCT_OF_NORMALS);
        float[] found = read(scalars);
        for (int i = 0; i < 16; i++) {
            TokenScalar scalar = scalars.get(i % 4);
            long own = Arrays.hashCode(new int[] {ROW[i / 4], POS[i / 4], 1, scalar.ordinal()});
            SplittableRandom random = new SplittableRandom(7 * 0x9E3779B97F4A7C15L + own);
            double wanted = switch (scalar) {
                case NORMAL -> random.nextGaussian();
                case LAPLACE -> {
                    double size = Math.log(1 / (1 - random.nextDouble()));
                    yield random.nextBoolean() ? size : -size;
                }
                case TWO_NORMALS -> {
                    double normal = random.nextGaussian();
                    yield random.nextBoolean() ? normal + 2 : normal - 2;
                }
                default -> random.nextGaussian() * random.nextGaussian();
            };
            assertThat((double) found[i]).isEqualTo(wanted, within(1e-6));
        }
        assertThat(new ScalarSample(scalars, List.of(1), EVERY, 2).captures(WrittenNeurons.MODEL.shape()))
                .isEmpty();
        assertThat(new ScalarSample(List.of(TokenScalar.LN_SCALE), List.of(1, 0), EVERY, 2)
                        .captures(WrittenNeurons.MODEL.shape()))
                .contains(HookPoint.of(Site.MLP_LN_SCALE, 0), HookPoint.of(Site.MLP_LN_SCALE, 1));
    }
}
