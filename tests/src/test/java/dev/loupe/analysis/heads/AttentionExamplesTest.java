package dev.loupe.analysis.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.WrittenPatterns;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.result.AttentionPatterns;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionExamplesTest {
    private static List<AttentionPatterns.Example> part(int kept, boolean causal) {
        return WrittenPatterns.with(causal, batch -> new AttentionExamples(kept).part(batch, new int[0]));
    }

    @Test
    void everyWeightOfEveryHeadIsKept() {
        List<AttentionPatterns.Example> all = part(2, false);
        assertThat(all).hasSize(2);
        for (int row = 0; row < 2; row++) {
            assertThat(all.get(row).pattern().axis("head").labels()).containsExactly("L0H0", "L0H1", "L1H0", "L1H1");
            double[] data = all.get(row).pattern().data();
            for (int i = 0; i < 36; i++) {
                assertThat(data[i]).isEqualTo(WrittenPatterns.A[i / 18][row][i / 9 % 2][i % 9]);
            }
        }
        assertThat(part(1, false)).hasSize(1);
    }

    @Test
    void namedHeadsAreKeptInTheirOrderAndNoOtherLayerIsRead() {
        AttentionExamples two = new AttentionExamples(1, List.of(HeadName.parse("L1H1"), HeadName.parse("L1H0")));
        AttentionPatterns.Example kept = WrittenPatterns.with(false, batch -> two.part(batch, new int[0]))
                .get(0);
        assertThat(kept.pattern().axis("head").labels()).containsExactly("L1H1", "L1H0");
        for (int i = 0; i < 18; i++) {
            assertThat(kept.pattern().data()[i]).isEqualTo(WrittenPatterns.A[1][0][1 - i / 9][i % 9]);
        }
        List<HookPoint> read = WrittenPatterns.with(false, batch -> two.captures(batch.shape()));
        assertThat(read).containsExactly(new HookPoint(Site.PATTERN, 1));
        assertThat(two.label()).isEqualTo("attention patterns of L1H1, L1H0 on 1 row");
        assertThatThrownBy(() -> new AttentionExamples(1, List.of(HeadName.parse("L1H1"), HeadName.parse("L1H1"))))
                .hasMessage("`heads` names L1H1 twice");
    }

    /** Of three positions the pairs (0; 1), (0; 2) and (1; 2) are masked, and nothing else is undefined. */
    @Test
    void whatIsMaskedIsUndefined() {
        double[] data = part(1, true).get(0).pattern().data();
        for (int i = 0; i < 36; i++) {
            int query = i / 3 % 3;
            int key = i % 3;
            assertThat(Double.isNaN(data[i])).as(query + " " + key).isEqualTo(key > query);
        }
    }

    @Test
    void theFirstRowsAreKeptAndThenNoMoreIsRead() {
        AttentionExamples three = new AttentionExamples(3);
        List<AttentionPatterns.Example> two = part(2, true);
        List<AttentionPatterns.Example> merged = three.merge(two, two);
        assertThat(merged).containsExactly(two.get(0), two.get(1), two.get(0));
        assertThat(three.enough(two)).isFalse();
        assertThat(three.enough(merged)).isTrue();
        assertThat(three.merge(two, List.of())).isEqualTo(two);
        assertThat(three.finish(two)).isEqualTo(new StepValue.Examples(two));
        assertThat(three.numbers()).isFalse();
    }

    @Test
    void oneToSixteenRowsAreKept() {
        assertThat(new AttentionExamples(1).attention()).isEqualTo(1);
        assertThat(new AttentionExamples(16).attention()).isEqualTo(16);
        assertThatThrownBy(() -> new AttentionExamples(0)).hasMessage("keep 1 to 16 rows, not 0");
        assertThatThrownBy(() -> new AttentionExamples(17)).hasMessage("keep 1 to 16 rows, not 17");
    }
}
