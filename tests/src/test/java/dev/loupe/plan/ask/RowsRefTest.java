package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.plan.ask.RowsRef.Bucket;
import dev.loupe.plan.ask.RowsRef.Places;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsRefTest {
    private static RowsRef rows(Bucket... buckets) {
        return new RowsRef("r", "r", "r", List.of(buckets));
    }

    @Test
    void rowsOfSeveralLengthsAreCounted() {
        RowsRef two = rows(new Bucket(3, 5), new Bucket(7, 2));
        assertThat(two.rows()).isEqualTo(7);
        assertThat(two.tokens()).isEqualTo(29);
        assertThat(two.longest()).isEqualTo(7);
        assertThat(rows().longest()).isZero();
        assertThat(two.sameSizes(rows(new Bucket(3, 5), new Bucket(7, 2, List.of(1L), Map.of()))))
                .isTrue();
        assertThat(two.sameSizes(rows(new Bucket(3, 5), new Bucket(7, 3)))).isFalse();
        assertThat(two.sameSizes(rows(new Bucket(3, 5), new Bucket(8, 2)))).isFalse();
    }

    /** A name that no row has lies after the last position, and asks for the last. */
    @Test
    void namedPositionsAreKnownOrAnywhere() {
        Bucket known = new Bucket(6, 4, List.of(), Map.of("END", new Places(4, 2), "none", new Places(6, 0)));
        assertThat(known.first("END")).isEqualTo(4);
        assertThat(known.widest("END")).isEqualTo(2);
        assertThat(known.first("none")).isEqualTo(5);
        assertThat(known.first("unknown")).isZero();
        assertThat(known.widest("unknown")).isEqualTo(6);
    }

    @Test
    void whatTwoSetsShareEndsAtTheFirstDifference() {
        Bucket one = new Bucket(4, 1, List.of(1L, 2L, 3L, 4L), Map.of());
        assertThat(one.shared(new Bucket(4, 1, List.of(1L, 2L, 13L, 4L), Map.of())))
                .isEqualTo(2);
        assertThat(one.shared(one)).isEqualTo(4);
        assertThat(one.shared(new Bucket(4, 1))).isZero();
        assertThat(new Bucket(4, 1).shared(one)).isZero();
        assertThat(one.shared(new Bucket(4, 1, List.of(11L, 2L), Map.of()))).isZero();
    }

    @Test
    void labelsThatAreNotThereAreNamed() {
        RowsRef labelled =
                new RowsRef("r", "r", "r", List.of(), Map.of("tag", List.of("noun", "verb"), "head", List.of()));
        assertThat(labelled.values("tag")).containsExactly("noun", "verb");
        assertThatThrownBy(() -> labelled.values("case"))
                .hasMessage("the dataset `r` has no label `case`; it has head, tag");
        assertThatThrownBy(() -> labelled.values("head")).hasMessageContaining("has no values to tell apart");
        assertThatThrownBy(() -> rows().values("case")).hasMessageEndingWith("its tokens have no labels");
    }
}
