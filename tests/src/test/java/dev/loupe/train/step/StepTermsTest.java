package dev.loupe.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.recipe.Penalty;
import dev.loupe.model.recipe.PenaltyDirection;
import dev.loupe.model.recipe.PenaltySite;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Noise on the embedding and a penalty along a direction, as numbers. */
class StepTermsTest {
    private static final HookPoint EMBED = HookPoint.of(Site.EMBED);
    private static final HookPoint POST = HookPoint.of(Site.RESID_POST, 0);
    private static final Penalty PENALTY =
            new Penalty(PenaltySite.parse("L0.resid_post"), new PenaltyDirection.Numbers(List.of(3.0, 0.0, -4.0)), 2.5);

    private static float[] noise(double deviation, long[] seeds, long step, Shape shape) {
        try (NDManager scope = NDManager.newBaseManager()) {
            StepVisitor visitor = new StepTerms(deviation, null).visitor(seeds, step, scope);
            return visitor.visit(EMBED, scope.zeros(shape)).toFloatArray();
        }
    }

    @Test
    void theNoiseHasTheStatedDeviation() {
        float[] drawn = noise(.7, new long[] {3}, 0, new Shape(1, 32, 64, 16));
        double mean = 0;
        double square = 0;
        double fourth = 0;
        for (float x : drawn) {
            mean += x / drawn.length;
            square += (double) x * x / drawn.length;
            fourth += Math.pow(x, 4) / drawn.length;
        }
        // 32,768 draws: the standard errors are .7 / 181 = .0039, .49 x 1.414 / 181 = .0038 and 9.8 / 181 x .24 = .013.
        assertThat(mean).isCloseTo(0, within(.016));
        assertThat(square).isCloseTo(.49, within(.016));
        assertThat(fourth).as("of a normal distribution 3 x .49 x .49").isCloseTo(.7203, within(.06));
    }

    @Test
    void theNoiseIsTheSeedsAndTheSteps() {
        Shape one = new Shape(1, 2, 3, 4);
        float[] own = noise(1, new long[] {3}, 7, one);
        assertThat(noise(1, new long[] {3}, 7, one)).isEqualTo(own);
        assertThat(noise(1, new long[] {4}, 7, one)).isNotEqualTo(own);
        assertThat(noise(1, new long[] {3}, 8, one)).isNotEqualTo(own);
        assertThat(Arrays.copyOfRange(own, 0, 12)).isNotEqualTo(Arrays.copyOfRange(own, 12, 24));
    }

    /** Other instances beside it, and rows that another instance makes longer, change nothing of what is drawn. */
    @Test
    void anInstanceDrawsTogetherWhatItDrawsAlone() {
        float[] alone = noise(1, new long[] {3}, 7, new Shape(1, 2, 3, 4));
        float[] together = noise(1, new long[] {9, 3}, 7, new Shape(2, 2, 5, 4));
        for (int row = 0; row < 2; row++) {
            int from = (2 + row) * 5 * 4;
            assertThat(Arrays.copyOfRange(together, from, from + 12))
                    .isEqualTo(Arrays.copyOfRange(alone, row * 12, row * 12 + 12));
        }
    }

    @Test
    void withoutNoiseAndPenaltyNothingIsTouched() {
        try (NDManager scope = NDManager.newBaseManager()) {
            StepVisitor visitor = StepTerms.NONE.visitor(new long[] {3}, 0, scope);
            assertThat(visitor.wants(EMBED)).isFalse();
            assertThat(visitor.wants(POST)).isFalse();
            NDArray loss = scope.create(new float[] {1});
            assertThat(visitor.added(loss, new float[0])).isSameAs(loss);
        }
    }

    /** Two instances of two rows; a row of the second has only one position. The direction with length 1 is (.6, 0, -.8). */
    @Test
    void thePenaltyIsTheWeightedMeanOfSquaredCoordinates() {
        float[] x = {
            1, 9, 0, /**/ 0, 9, 1, //
            2, 9, 1, /**/ 0, 9, 0, //
            5, 0, 0, /**/ 100, 0, 100, //
            0, 0, 5, /**/ 3, 0, 4,
        };
        // Coordinates: .6, -.8 and .4, 0 of the first instance; 3 (and a position that is not there), -4 and -1.4 of
        // the second.
        double first = 2.5 * (.36 + .64 + .16 + 0) / 4;
        double second = 2.5 * (9 + 16 + 1.96) / 3;
        float third = 1f / 3;
        float[] shares = {.25f, .25f, .25f, .25f, third, 0, third, third};
        try (NDManager scope = NDManager.newBaseManager()) {
            StepVisitor visitor = new StepTerms(0, PENALTY).visitor(new long[] {1, 2}, 0, scope);
            assertThat(visitor.wants(POST)).isTrue();
            assertThat(visitor.wants(EMBED)).isFalse();
            NDArray leaf = scope.create(x, new Shape(2, 2, 2, 3));
            leaf.setRequiresGradient(true);
            float[] loss;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                visitor.visit(POST, leaf);
                NDArray sum = visitor.added(scope.create(new float[] {10, 20}), shares);
                loss = sum.toFloatArray();
                collector.backward(sum.sum());
            }
            assertThat(loss).containsExactly(new float[] {(float) (10 + first), (float) (20 + second)}, within(1e-4f));
            // The gradient is 2 weight share (x . u) u: along the direction alone, and 0 where no position is.
            float[] gradient = leaf.getGradient().toFloatArray();
            double[] along = {.6, -.8, .4, 0, 3, 0, -4, -1.4};
            for (int at = 0; at < along.length; at++) {
                double size = 2 * 2.5 * shares[at] * along[at];
                assertThat(Arrays.copyOfRange(gradient, at * 3, at * 3 + 3))
                        .containsExactly(new float[] {(float) (size * .6), 0, (float) (size * -.8)}, within(1e-5f));
            }
        }
    }
}
