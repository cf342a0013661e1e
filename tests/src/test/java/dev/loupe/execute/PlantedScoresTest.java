package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Head scores where the answer is known on paper: heads planted by hand. */
class PlantedScoresTest {
    private static final int LENGTH = 16;
    private static final int PERIOD = 7;

    @TempDir
    Path folder;

    private RunResult run(String dataset) {
        return run(dataset, "[]");
    }

    private RunResult run(String dataset, String exclude) {
        String yaml = """
                loupe: 1
                model: {plant: heads, vocabulary: 16, context: 32}
                dataset: %s
                measure:
                  s:
                    head-scores: [PREV, DUP, IND, CUR, MUL_PREV, MUL_DUP, MUL_IND, NEXT, ABS_PREV, ABS_DUP, ABS_IND]
                    exclude: %s
                """.formatted(dataset, exclude);
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    private static double at(RunResult result, String score, int layer, int head) {
        NamedArray all = Laboratory.numbers(result, "s." + score);
        return all.at("layer", layer).at("head", head).value();
    }

    @Test
    void plantedHeadsAreFoundAndNothingElseIs() {
        RunResult r = run("{generator: repeated-tokens, period: 7, length: 16, bos: 15, rows: 32, seed: 3}");
        assertThat(at(r, "PREV", 0, 0)).isGreaterThan(0.99);
        assertThat(at(r, "DUP", 0, 1)).isGreaterThan(0.99);
        assertThat(at(r, "IND", 1, 0)).isGreaterThan(0.99);
        // The next token of a repeat stands where the induction head looks.
        assertThat(at(r, "NEXT", 1, 0)).isGreaterThan(0.85);
        // Two back is no previous-token head, and none is taken for another.
        assertThat(at(r, "PREV", 0, 2)).isLessThan(0.02);
        assertThat(at(r, "IND", 0, 1)).isLessThan(0.02);
        assertThat(at(r, "DUP", 1, 0)).isLessThan(0.02);
        assertThat(at(r, "DUP", 0, 2)).isLessThan(0.02);
        // All rows are BOS r1..r7 r1..r7 r1: of 16 queries the repeat's 8 have a target for DUP and IND.
        assertThat(at(r, "MUL_DUP", 0, 1)).isEqualTo(8.0 / 16, within(0.01));
        assertThat(at(r, "MUL_IND", 1, 0)).isEqualTo(8.0 / 16, within(0.01));
        assertThat(at(r, "MUL_PREV", 0, 0)).isEqualTo(15.0 / 16, within(0.01));
    }

    @Test
    void anEvenHeadScoresWhatEvenAttentionGives() {
        RunResult r = run("{generator: repeated-tokens, period: 7, length: 16, bos: 15, rows: 32, seed: 3}");
        double prev = 0;
        double cur = 0;
        double repeats = 0;
        for (int i = 1; i < LENGTH; i++) {
            prev += i >= 2 ? 1.0 / (i + 1) / (LENGTH - 2) : 0;
            cur += 1.0 / (i + 1) / (LENGTH - 1);
            // Every earlier copy of a query's token counts, and so does every token after one; position 0 is the BOS.
            int copies = (i - 1) / PERIOD;
            repeats += (double) copies / (i + 1) / (LENGTH - 1 - PERIOD);
        }
        for (int[] head : new int[][] {{0, 3}, {1, 1}, {1, 2}, {1, 3}}) {
            assertThat(at(r, "PREV", head[0], head[1])).isEqualTo(prev, within(1e-3));
            assertThat(at(r, "CUR", head[0], head[1])).isEqualTo(cur, within(1e-3));
            assertThat(at(r, "DUP", head[0], head[1])).isEqualTo(repeats, within(1e-3));
            assertThat(at(r, "IND", head[0], head[1])).isEqualTo(repeats, within(1e-3));
        }
    }

    @Test
    void withoutARepeatThereIsNothingToCount() {
        RunResult r = run("{generator: no-repeat-tokens, length: 12, rows: 8, seed: 4}");
        assertThat(at(r, "IND", 1, 0)).isNaN();
        assertThat(at(r, "DUP", 0, 1)).isNaN();
        assertThat(at(r, "PREV", 0, 0)).isGreaterThan(0.99);
        assertThat(at(r, "MUL_IND", 1, 0)).isZero();
    }

    /** Of a head that attends evenly, from the definition: entries of |A - D| one by one. */
    @Test
    void absScoresAndKeysLeftOut() {
        int[] x = {3, 3, 5, 3, 3, 4};
        for (String exclude : new String[] {"[]", "[bos]", "[current-token]", "[bos, current-token]"}) {
            RunResult r = run("{generator: tokens, ids: [[3, 3, 5, 3, 3, 4], [3, 3, 5, 3, 3, 4]]}", exclude);
            double all = 0;
            double[] on = new double[3];
            double[] distance = new double[3];
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j <= i; j++) {
                    if (exclude.contains("bos") && j == 0 || exclude.contains("current") && j == i) {
                        continue;
                    }
                    double attention = 1.0 / (i + 1);
                    boolean[] target = {j == i - 1, j < i && x[j] == x[i], j >= 1 && x[j - 1] == x[i]};
                    all += attention;
                    for (int k = 0; k < 3; k++) {
                        on[k] += target[k] ? attention : 0;
                        distance[k] += Math.abs(attention - (target[k] ? 1 : 0));
                    }
                }
            }
            String[] names = {"PREV", "DUP", "IND"};
            for (int k = 0; k < 3; k++) {
                assertThat(at(r, "MUL_" + names[k], 0, 3)).as(exclude).isEqualTo(on[k] / all, within(1e-6));
                assertThat(at(r, "ABS_" + names[k], 0, 3)).as(exclude).isEqualTo(1 - distance[k] / 6, within(1e-6));
            }
        }
    }

    @Test
    void aQueryBesideItsCopyIsNoTargetOfItselfUnlessAsTransformerLensCounts() {
        RunResult r = run("{generator: tokens, ids: [[3, 3, 5, 3, 3, 4]]}");
        // L0H3 attends evenly. Queries 1, 3 and 4 hold a token seen before; the keys behind its copies are none, 1 and
        // 2,
        // and 1 and 2 again: the key behind the copy at 3 would be the query itself.
        assertThat(at(r, "IND", 0, 3)).isEqualTo((0 / 2.0 + 2 / 4.0 + 2 / 5.0) / 3, within(1e-6));
        // detect_head shifts its duplicate pattern by one and keeps the diagonal.
        assertThat(at(r, "MUL_IND", 0, 3)).isEqualTo((1 / 2.0 + 2 / 4.0 + 3 / 5.0) / 6, within(1e-6));
    }
}
