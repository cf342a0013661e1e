package dev.loupe.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinatesTest {
    @Test
    void combinationsCountTheLastAxisFastest() {
        List<Coordinates> all = Coordinates.all(List.of(new Axis("model", List.of("a", "b")), Axis.counted("seed", 2)));
        assertThat(all)
                .extracting(Coordinates::toString)
                .containsExactly("model a, seed 0", "model a, seed 1", "model b, seed 0", "model b, seed 1");
        assertThat(Coordinates.all(List.of())).containsExactly(Coordinates.NONE);
        assertThat(Coordinates.NONE.toString()).isEmpty();
    }

    @Test
    void aPlaceAgreesWithWhateverItsLabelsDoNotContradict() {
        Coordinates at = Coordinates.of("model", "a").and("seed", "0");
        assertThat(at.isAt(Coordinates.of("seed", "0"))).isTrue();
        assertThat(at.isAt(Coordinates.NONE)).isTrue();
        assertThat(at.isAt(Coordinates.of("seed", "1"))).isFalse();
        assertThat(Coordinates.NONE.isAt(at)).isFalse();
        assertThat(at.without(List.of("seed"))).isEqualTo(Coordinates.of("model", "a"));
        assertThat(Coordinates.of("model", "a").and(Coordinates.of("seed", "0")))
                .isEqualTo(at);
    }
}
