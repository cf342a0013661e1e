package dev.loupe.execute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.ask.ShapePart;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassShapesTest {
    private static double part(double[] means, int classes, ShapePart part) {
        return new ClassShape(means, classes, List.of(1, 2)).parts()[part.ordinal()];
    }

    /** Corners at the given places of a regular polygon of radius 3, in {@code width} dimensions around a point far away. */
    private static double[] polygon(int width, double noise, long seed, int... places) {
        Random random = new Random(seed);
        double[] means = new double[places.length * width];
        for (int c = 0; c < places.length; c++) {
            double angle = 2 * Math.PI * places[c] / places.length;
            for (int i = 0; i < width; i++) {
                means[c * width + i] = 7 + 3 * noise * random.nextGaussian();
            }
            means[c * width] += 3 * Math.cos(angle);
            means[c * width + 1] += 3 * Math.sin(angle);
        }
        return means;
    }

    @Test
    void aPentagonIsOneInItsOrderAndTheStarIsNot() {
        double[] pentagon = polygon(8, 0, 0, 0, 1, 2, 3, 4);
        assertThat(part(pentagon, 5, ShapePart.POLYGON)).isEqualTo(0, within(1e-6));
        // Of 24 orders that keep the first corner, the given one and its mirror image.
        assertThat(part(pentagon, 5, ShapePart.ORDER_RANK)).isEqualTo(2.0 / 24, within(1e-12));
        assertThat(part(pentagon, 5, ShapePart.EFFECTIVE_DIMENSION)).isEqualTo(2, within(1e-6));
        assertThat(part(pentagon, 5, ShapePart.PLANE_SHARE)).isEqualTo(1, within(1e-9));
        assertThat(part(pentagon, 5, ShapePart.ANTIPODAL)).isEqualTo(Math.cos(4 * Math.PI / 5), within(1e-6));
        double[] star = polygon(8, 0, 0, 0, 2, 4, 1, 3);
        assertThat(part(star, 5, ShapePart.POLYGON)).isGreaterThan(.9);
        assertThat(part(star, 5, ShapePart.ANY_ORDER)).isEqualTo(0, within(1e-6));
    }

    /** Any k classes that differ in unlike directions are a simplex once their common mean is taken away. */
    @Test
    void unlikeDirectionsAreASimplexBecauseOfCentring() {
        double[] means = new double[6 * 6];
        for (int c = 0; c < 6; c++) {
            means[c * 6 + c] = 2;
        }
        assertThat(part(means, 6, ShapePart.SIMPLEX)).isEqualTo(0, within(1e-9));
        assertThat(part(means, 6, ShapePart.EFFECTIVE_DIMENSION)).isEqualTo(5, within(1e-9));
        assertThat(part(means, 6, ShapePart.ANTIPODAL)).isEqualTo(-1.0 / 5, within(1e-9));
        Random random = new Random(3);
        double[] noise =
                random.doubles(7 * 2000).map(x -> random.nextGaussian()).toArray();
        assertThat(part(noise, 7, ShapePart.SIMPLEX))
                .as("random means are near one")
                .isLessThan(.1);
    }

    /**
     * A heptagon in two of 64 dimensions, read off the means of four activations with a noise of 0.05 each, scores below 0.1 in
     * every draw; random points in none.
     */
    @Test
    void aPlantedHeptagonIsFoundAndRandomClassesAreNot() {
        for (long seed = 0; seed < 20; seed++) {
            double[] planted = polygon(64, .05 / Math.sqrt(4), seed, 0, 1, 2, 3, 4, 5, 6);
            assertThat(part(planted, 7, ShapePart.POLYGON)).isLessThan(.1);
            assertThat(part(planted, 7, ShapePart.ORDER_RANK)).isLessThan(.01);
            Random random = new Random(seed);
            double[] other =
                    random.doubles(7 * 64).map(x -> random.nextGaussian()).toArray();
            assertThat(part(other, 7, ShapePart.POLYGON)).isGreaterThan(.1);
            assertThat(part(other, 7, ShapePart.ANY_ORDER))
                    .as("whatever the order")
                    .isGreaterThan(.1);
        }
    }

    /** The share of orders that are as near is a p value: under chance it is uniform. */
    @Test
    void theOrderRankOfRandomClassesIsUniform() {
        int below = 0;
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            double[] means =
                    random.doubles(6 * 10).map(x -> random.nextGaussian()).toArray();
            below += part(means, 6, ShapePart.ORDER_RANK) < .25 ? 1 : 0;
        }
        assertThat(below / 400.0).isEqualTo(.25, within(.07));
    }

    @Test
    void coordinatesLieInThePlaneAtRadiusOne() {
        double[] at = new ClassShape(polygon(8, 0, 0, 0, 1, 2, 3), 4, List.of(1, 2)).coordinates();
        for (int c = 0; c < 4; c++) {
            assertThat(Math.hypot(at[2 * c], at[2 * c + 1])).isEqualTo(1, within(1e-9));
        }
        assertThat(at[0] * at[4] + at[1] * at[5]).as("opposite corners").isEqualTo(-1, within(1e-9));
    }

    @Test
    void moreClassesThanCanBeTriedHaveRandomOrders() {
        double[] twelve = polygon(20, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(part(twelve, 12, ShapePart.POLYGON)).isEqualTo(0, within(1e-6));
        assertThat(part(twelve, 12, ShapePart.ORDER_RANK)).isEqualTo(1.0 / 2001, within(1e-9));
        assertThat(part(twelve, 12, ShapePart.ANY_ORDER)).isNaN();
    }
}
