package dev.loupe.plan.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each two models of an axis are a pair, and the axes of one model's set are read together with theirs. */
class DistancesTest {
    @Test
    void pairsTakeThePlaceOfTheModelsAndOfTheSet() {
        Axis seeds = new Axis("seed", List.of("0", "1", "2"));
        FamilyResults family = new FamilyResults(List.of(1, 2, 3), List.of(seeds), "", 0, false, false);
        Distances step = new Distances(9, family, seeds, List.of("neuron"));
        assertThat(step.compared()).containsExactly("seed", "neuron");
        assertThat(step.into())
                .anySatisfy(axis -> assertThat(axis.labels()).containsExactly("0 and 1", "0 and 2", "1 and 2"));
    }
}
