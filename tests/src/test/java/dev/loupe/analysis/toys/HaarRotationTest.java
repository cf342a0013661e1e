package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.RowRandom;
import org.junit.jupiter.api.Test;

class HaarRotationTest {
    private static double[] normals(int count, RowRandom random) {
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            double radius = Math.sqrt(Math.log(1 - random.nextDouble()) * -2);
            out[i] = radius * Math.cos(random.nextDouble() * Math.PI * 2);
        }
        return out;
    }

    /** In two dimensions the second row is the first one turned by a right angle, to the side of the second draw. */
    @Test
    void normalNumbersAreMadeOrthonormal() {
        for (int seed = 0; seed < 20; seed++) {
            double[][] found = HaarRotation.draw(2, new RowRandom(seed, 1)).rows();
            double[] drawn = normals(4, new RowRandom(seed, 1));
            double length = Math.hypot(drawn[0], drawn[1]);
            double side = Math.signum(drawn[0] * drawn[3] - drawn[1] * drawn[2]);
            assertThat(found[0]).containsExactly(new double[] {drawn[0] / length, drawn[1] / length}, within(1e-12));
            assertThat(found[1])
                    .containsExactly(new double[] {-side * drawn[1] / length, side * drawn[0] / length}, within(1e-9));
        }
    }

    @Test
    void fewerDirectionsAreTheFirstOnes() {
        double[][] all = HaarRotation.draw(4, new RowRandom(3, 0)).rows();
        double[][] two = HaarRotation.directions(2, 4, new RowRandom(3, 0));
        assertThat(two).hasDimensions(2, 4);
        assertThat(two[0]).isEqualTo(all[0]);
        assertThat(two[1]).isEqualTo(all[1]);
    }

    @Test
    void aRotationIsMultipliedFromTheLeft() {
        HaarRotation quarter = new HaarRotation(new double[][] {{0, 1}, {-1, 0}});
        assertThat(quarter.times(new double[][] {{1, 2, 5}, {3, 4, 6}})).isEqualTo(new double[][] {
            {3, 4, 6}, {-1, -2, -5}
        });
    }
}
