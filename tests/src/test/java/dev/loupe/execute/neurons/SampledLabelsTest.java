package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels that say nothing keep what is said of them: every position of every row is sampled. */
class SampledLabelsTest {
    private static SampledLabels labels(int[][] tokens, int[][] values, int[] documents) {
        TokenRows rows = new TokenRows(
                tokens,
                new int[0][],
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("mark", Label.flag(values)),
                documents);
        return new SampledLabels(rows, "mark", row(tokens), pos(tokens));
    }

    private static int[] row(int[][] tokens) {
        return IntStream.range(0, tokens.length)
                .flatMap(r -> IntStream.range(0, tokens[r].length).map(p -> r))
                .toArray();
    }

    private static int[] pos(int[][] tokens) {
        return Arrays.stream(tokens)
                .flatMapToInt(row -> IntStream.range(0, row.length))
                .toArray();
    }

    private static String text(boolean... has) {
        StringBuilder text = new StringBuilder();
        for (boolean one : has) {
            text.append(one ? '1' : '0');
        }
        return text.toString();
    }

    /** The first document is the first and the third row, 1 1 0 0 0, and the second the other one. */
    @Test
    void aShiftTurnsADocumentAroundOverItsRows() {
        int[][] values = {{1, 1, 0}, {0, 1}, {0, 0}};
        SampledLabels labels = labels(new int[][] {{5, 6, 7}, {5, 6}, {8, 9}}, values, new int[] {4, 2, 4});
        assertThat(text(labels.own())).isEqualTo("1100100");
        assertThat(labels.constant()).isFalse();
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            String moved = text(labels.moved(new SplittableRandom(seed)));
            seen.add(moved.substring(0, 3) + moved.substring(5));
            assertThat(moved.substring(3, 5)).as("two positions are exchanged").isEqualTo("10");
        }
        assertThat(seen).containsExactlyInAnyOrder("10001", "00011", "00110", "01100");
    }

    /** One document of twenty may stay the same, two are too many. */
    @Test
    void aLabelThatIsConstantInDocumentsIsExchangedBetweenThem() {
        int[][] tokens = new int[20][2];
        int[][] values = new int[20][];
        for (int d = 0; d < 20; d++) {
            values[d] = new int[] {d == 0 ? 1 : 0, 1};
        }
        assertThat(labels(tokens, values, new int[0]).constant()).isFalse();
        values[1] = new int[] {0, 0};
        SampledLabels labels = labels(tokens, values, new int[0]);
        assertThat(labels.constant()).isTrue();
        Set<Integer> both = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            boolean[] moved = labels.moved(new SplittableRandom(seed));
            int ones = 0;
            int zeros = 0;
            for (int d = 0; d < 20; d++) {
                ones += moved[2 * d] && moved[2 * d + 1] ? 1 : 0;
                zeros += !moved[2 * d] && !moved[2 * d + 1] ? 1 : 0;
                if (moved[2 * d]) {
                    both.add(d);
                }
            }
            assertThat(ones).isEqualTo(1);
            assertThat(zeros).isEqualTo(1);
        }
        assertThat(both).hasSizeGreaterThan(10);
    }

    /** Documents of a row of two or of one: a longer one reads the shorter one again from its beginning. */
    @Test
    void aShorterDocumentIsReadAround() {
        SampledLabels labels = labels(new int[][] {{1, 1}, {1}}, new int[][] {{0, 0}, {1}}, new int[0]);
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            seen.add(text(labels.moved(new SplittableRandom(seed))));
        }
        assertThat(seen).containsExactlyInAnyOrder("001", "110");
    }

    private static final int OUT = Label.LEFT_OUT;

    private static Set<String> moved(SampledLabels labels) {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            seen.add(text(labels.moved(new SplittableRandom(seed))));
        }
        return seen;
    }

    /** Of the five positions of two rows three count, 1 0 0: they turn around among themselves. */
    @Test
    void aShiftPassesOverWhatIsLeftOut() {
        SampledLabels labels =
                labels(new int[][] {{5, 6, 7}, {5, 6}}, new int[][] {{1, OUT, 0}, {OUT, 0}}, new int[] {0, 0});
        assertThat(moved(labels)).containsExactlyInAnyOrder("00100", "00001");
    }

    /** The last document has no position that counts, and is no partner of any; the others exchange what counts. */
    @Test
    void documentsExchangeWhatCounts() {
        SampledLabels labels = labels(
                new int[][] {{5, 6}, {5, 6}, {5, 6, 7}, {5}},
                new int[][] {{OUT, 1}, {0, OUT}, {0, OUT, 0}, {OUT}},
                new int[0]);
        assertThat(labels.constant()).isTrue();
        assertThat(moved(labels)).containsExactlyInAnyOrder("01000000", "00100000", "00001010");
    }

    /** The first token of every row is left out, as a begin token is: the label is constant all the same. */
    @Test
    void whatIsLeftOutDoesNotMakeADocumentVary() {
        int[][] values = new int[40][];
        for (int d = 0; d < 40; d++) {
            values[d] = new int[] {OUT, d == 0 ? 0 : 1, d == 0 ? 0 : 1};
        }
        SampledLabels labels = labels(new int[40][3], values, new int[0]);
        assertThat(labels.constant()).isTrue();
        assertThat(moved(labels))
                .allSatisfy(text -> assertThat(text.replace("0", "")).hasSize(78));
    }

    /** Ten positions each of tokens 1 and 2, one of token 3 and a hundred of 4: token 1 has the label, 2 alone may take it. */
    @Test
    void anotherTokenOfTheSameFrequencyCarriesIt() {
        int[] of = new int[121];
        for (int i = 0; i < of.length; i++) {
            of[i] = i < 10 ? 1 : i < 20 ? 2 : i < 21 ? 3 : 4;
        }
        int[] has = Arrays.stream(of).map(token -> token == 1 ? 1 : 0).toArray();
        SampledLabels labels = labels(new int[][] {of}, new int[][] {has}, new int[0]);
        Set<Integer> carriers = new HashSet<>();
        for (int seed = 0; seed < 30; seed++) {
            Map<Integer, Integer> count = counted(of, labels.otherTokens(new SplittableRandom(seed)));
            assertThat(count.values()).containsExactly(10);
            carriers.addAll(count.keySet());
        }
        assertThat(carriers).containsExactlyInAnyOrder(1, 2);
    }

    private static Map<Integer, Integer> counted(int[] of, boolean[] has) {
        Map<Integer, Integer> count = new HashMap<>();
        for (int i = 0; i < of.length; i++) {
            if (has[i]) {
                count.merge(of[i], 1, Integer::sum);
            }
        }
        return count;
    }

    /** Token 1 has the label wherever it counts, four times in ten; what is left out is no lack of it. */
    @Test
    void whatIsLeftOutSaysNothingOfATokenId() {
        int[] of = new int[20];
        int[] values = new int[20];
        for (int i = 0; i < 20; i++) {
            of[i] = 1 + i / 10;
            values[i] = i % 10 >= 4 ? Label.LEFT_OUT : i < 10 ? 1 : 0;
        }
        SampledLabels labels = labels(new int[][] {of}, new int[][] {values}, new int[0]);
        boolean[] out = labels.leftOut();
        assertThat(text(out)).isEqualTo("00001111110000111111");
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 30; seed++) {
            boolean[] has = labels.otherTokens(new SplittableRandom(seed));
            seen.add(text(has));
        }
        assertThat(seen).containsExactlyInAnyOrder("11111111110000000000", "00000000001111111111");
    }

    @Test
    void aLabelThatLeavesNothingOut() {
        SampledLabels labels = labels(new int[][] {{1, 2}}, new int[][] {{0, 1}}, new int[0]);
        assertThat(labels.leftOut()).containsExactly(false, false);
    }

    /** Half of the positions of each token: each draw is of the position by itself. */
    @Test
    void aRateIsDrawnAtEachPosition() {
        int[] of = new int[400];
        int[] has = new int[400];
        for (int i = 0; i < of.length; i++) {
            of[i] = i % 2;
            has[i] = i / 2 % 2;
        }
        boolean[] drawn =
                labels(new int[][] {of}, new int[][] {has}, new int[0]).otherTokens(new SplittableRandom(1));
        Map<Integer, Integer> count = counted(of, drawn);
        assertThat(count.get(0)).isBetween(75, 125);
        assertThat(count.get(1)).isBetween(75, 125);
    }
}
