package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTargetTest {
    private static ProbeTarget target(int[][] tokens, Label label) {
        TokenRows rows = new TokenRows(
                tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of(), Map.of("l", label), new int[0]);
        return new ProbeTarget(
                rows,
                "l",
                IntStream.range(0, tokens.length)
                        .flatMap(r -> IntStream.range(0, tokens[r].length).map(p -> r))
                        .toArray(),
                Arrays.stream(tokens)
                        .flatMapToInt(row -> IntStream.range(0, row.length))
                        .toArray());
    }

    /** Numbers 2, 3, none, 1 in the first row, 4 alone in the second. */
    private static ProbeTarget ordinal() {
        return target(new int[][] {{5, 6, 7, 5}, {6}}, Label.ordinal(new int[][] {{2, 3, Label.NONE, 1}, {4}}));
    }

    @Test
    void anOrdinalCountsWhereItHasANumber() {
        ProbeTarget target = ordinal();
        assertThat(target.ordinal()).isTrue();
        assertThat(target.own()).containsExactly(2, 3, 0, 1, 4);
        assertThat(IntStream.range(0, 5).filter(target::counts).toArray()).containsExactly(0, 1, 3, 4);
        assertThat(target.positive()).containsExactly(true, true, false, true, true);
        assertThat(target(new int[][] {{5, 6}}, Label.ordinal(new int[][] {{0, 1}}))
                        .positive())
                .containsExactly(false, true);
    }

    @Test
    void aLabelCountsWhereItIsNotLeftOut() {
        ProbeTarget target = target(new int[][] {{5, 6, 7}}, Label.flag(new int[][] {{1, Label.LEFT_OUT, 0}}));
        assertThat(target.ordinal()).isFalse();
        assertThat(target.own()).containsExactly(1, 0, 0);
        assertThat(IntStream.range(0, 3).filter(target::counts).toArray()).containsExactly(0, 2);
        assertThat(target.positive()).containsExactly(true, false, false);
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            seen.add(Arrays.toString(target.moved(new SplittableRandom(seed))));
        }
        assertThat(seen).as("a label goes where another one is known").containsExactly("[0.0, 0.0, 1.0]");
    }

    /** The numbers of a row turn around among the positions that have one; a single one stays. */
    @Test
    void anOrdinalIsShiftedInsideItsDocument() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            seen.add(Arrays.toString(ordinal().moved(new SplittableRandom(seed))));
        }
        assertThat(seen).containsExactlyInAnyOrder("[3.0, 1.0, 0.0, 2.0, 4.0]", "[1.0, 2.0, 0.0, 3.0, 4.0]");
        double[] two = target(new int[][] {{5, 6}}, Label.ordinal(new int[][] {{1, 2}}))
                .moved(new SplittableRandom(1));
        assertThat(two).as("two are exchanged").containsExactly(2, 1);
    }

    /** Each token id has one value, which is one of the label's: what does not count gives none. */
    @Test
    void theControlTaskIsOfTokensAndOfValuesThatCount() {
        Set<Double> seen = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            double[] control = ordinal().controlTask(new SplittableRandom(seed));
            assertThat(control[0]).isEqualTo(control[3]);
            assertThat(control[1]).isEqualTo(control[4]);
            Arrays.stream(control).forEach(seen::add);
        }
        assertThat(seen).containsExactlyInAnyOrder(1.0, 2.0, 3.0, 4.0);
        Label mark = Label.flag(new int[][] {{1, Label.LEFT_OUT, Label.LEFT_OUT, 1}});
        assertThat(target(new int[][] {{5, 6, 7, 8}}, mark).controlTask(new SplittableRandom(1)))
                .as("as often positive as where it counts")
                .containsExactly(1, 1, 1, 1);
        Label none = Label.flag(new int[][] {{Label.LEFT_OUT, Label.LEFT_OUT}});
        assertThat(target(new int[][] {{5, 6}}, none).controlTask(new SplittableRandom(1)))
                .containsExactly(0, 0);
    }

    /**
     * Token 5 is 1 or 3 and token 6 is 6 or 8 where they are counted, so that they say 2 and 7; token 9, which is not counted
     * there, the mean of 4.5.
     */
    @Test
    void tokensTellTheirMean() {
        int[][] tokens = new int[1][48];
        int[][] values = new int[1][48];
        int[] train = IntStream.range(0, 8).toArray();
        int[] test = IntStream.range(8, 48).toArray();
        for (int i = 0; i < 48; i++) {
            tokens[0][i] = i % 2 == 0 ? 5 : 6;
            values[0][i] = i % 2 == 0 ? (i % 4 == 0 ? 1 : 3) : (i % 4 == 1 ? 6 : 8);
        }
        tokens[0][47] = 9;
        double left = 0;
        double mean = 0;
        for (int i : test) {
            double said = i == 47 ? 4.5 : i % 2 == 0 ? 2 : 7;
            left += (values[0][i] - said) * (values[0][i] - said);
            mean += values[0][i] / 40.0;
        }
        double all = 0;
        for (int i : test) {
            all += (values[0][i] - mean) * (values[0][i] - mean);
        }
        assertThat(target(tokens, Label.ordinal(values)).tokens(train, test)).isEqualTo(1 - left / all, within(1e-12));
        int[][] marks = new int[1][48];
        for (int i = 0; i < 48; i++) {
            marks[0][i] = tokens[0][i] == 5 ? 1 : 0;
        }
        assertThat(target(tokens, Label.flag(marks)).tokens(train, test)).isEqualTo(1);
    }
}
