package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.Site;
import dev.loupe.metric.reading.RowValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The token at {@code MID} is 5 in row 0 and 3 in row 1; the stream is read at {@code END}. */
class ClassMeansTest {
    private static ClassMeans of(Integer... tokens) {
        return new ClassMeans(
                Site.RESID_PRE,
                List.of(1, 0),
                "MID",
                "END",
                List.of(tokens),
                List.of("a", "b").subList(0, tokens.length));
    }

    @Test
    void aRowCountsForItsOwnClass() {
        RowValues found = WrittenNeurons.with(of(3, 5)::read);
        assertThat(found.numerator()).hasSize(2 * 2 * 2 * 5);
        for (int i = 0; i < 40; i++) {
            int row = i / 20;
            boolean own = i / 5 % 2 == (row == 0 ? 1 : 0);
            int layer = i / 10 % 2 == 0 ? 1 : 0;
            assertThat(found.denominator()[i]).isEqualTo(own ? 1 : 0);
            assertThat(found.numerator()[i]).isEqualTo(own ? WrittenNeurons.stream(layer, row, 2, i % 5) : 0);
        }
    }

    @Test
    void aRowOfNoClassIsLeftOut() {
        double[] counts = WrittenNeurons.with(of(3)::read).denominator();
        for (int i = 0; i < 20; i++) {
            assertThat(counts[i]).isEqualTo(i < 10 ? 0 : 1);
        }
    }

    @Test
    void everyClassAndPositionHasToOccur() {
        assertThatCode(() -> of(3, 5).check(WrittenNeurons.rows())).doesNotThrowAnyException();
        assertThatThrownBy(() -> of(3, 4).check(WrittenNeurons.rows())).hasMessageContaining("no row has the class b");
        assertThatThrownBy(() -> new ClassMeans(Site.RESID_PRE, List.of(0), "MID", "X", List.of(3), List.of("a"))
                        .check(WrittenNeurons.rows()))
                .hasMessageContaining("no named position `X`");
        assertThat(of(3, 5).axes(WrittenNeurons.MODEL.shape()).stream().map(axis -> axis.size()))
                .containsExactly(2, 2, 5);
    }
}
