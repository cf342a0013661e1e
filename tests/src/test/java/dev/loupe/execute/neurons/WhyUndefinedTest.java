package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.DocumentSplit;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten documents of ten positions; the first tokens of all rows are alike in pairs. */
class WhyUndefinedTest {
    private static final int[] ROW = IntStream.range(0, 100).map(i -> i / 10).toArray();

    private final DocumentSplit split = DocumentSplit.of(
            new TokenRows(
                    IntStream.range(0, 10)
                            .mapToObj(r ->
                                    IntStream.range(0, 10).map(p -> 10 * r + p).toArray())
                            .toArray(int[][]::new),
                    new int[0][],
                    Map.of(),
                    Map.of(),
                    Map.of()),
            ROW,
            0.5,
            1);

    private String why(IntPredicate label, boolean withinToken) {
        boolean[] own = new boolean[100];
        IntStream.range(0, 100).forEach(i -> own[i] = label.test(i));
        List<Strata> sides = List.of(side(true, withinToken), side(false, withinToken));
        return new WhyUndefined("it", split, own).of(sides.get(0), sides.get(1), 5);
    }

    private Strata side(boolean train, boolean withinToken) {
        int[] positions = IntStream.range(0, 100)
                .filter(i -> split.training()[i] == train)
                .toArray();
        // Every position has a token id of its own.
        return withinToken ? Strata.by(positions, IntStream.range(0, 100).toArray()) : Strata.one(positions);
    }

    /** Some position of a document on one side. */
    private int document(boolean train) {
        return IntStream.range(0, 100)
                        .filter(i -> split.training()[i] == train)
                        .findFirst()
                        .orElseThrow()
                / 10;
    }

    @Test
    void labelsThatAreConstantOrRareAreCounted() {
        assertThat(why(i -> false, false))
                .isEqualTo(
                        "`it`: of the 50 sampled positions of documents that select, none has it, and 5 are needed (sampled "
                                + "positions with it are in 0 of 10 documents)");
        assertThat(why(i -> true, false)).contains("of documents that select, none lacks it, and 5 are needed");
        int selects = document(true);
        assertThat(why(i -> i == 10 * selects, false))
                .contains("that select, 1 has it, and 5")
                .contains("in 1 of 10 documents");
        assertThat(why(i -> i / 10 != selects || i % 10 > 2, false)).contains("that select, 3 lack it, and 5");
        assertThat(why(i -> i % 10 == 0 && i / 10 < 3, false)).contains("in 3 of 10 documents");
    }

    @Test
    void aLabelOfDocumentsOnOneSideAloneIsSaidSo() {
        int selects = document(true);
        assertThat(why(i -> i / 10 == selects, false))
                .isEqualTo(
                        "`it`: of the 50 sampled positions of documents that test, none has it, and 5 are needed (sampled "
                                + "positions with it are in 1 of 10 documents)");
        assertThat(why(i -> i / 10 == selects && i % 10 < 5, false))
                .as("five are enough")
                .contains("of documents that test, none has it");
        int tests = document(false);
        assertThat(why(i -> i % 10 == 0 && split.training()[i] || i / 10 == tests, false))
                .contains("without one of the test documents no position that has it, or lacks it, is left");
    }

    @Test
    void tokenIdsThatOccurOneWayAloneAreSaidSo() {
        assertThat(why(i -> i % 2 == 0, true))
                .contains(
                        "where only equal token ids are compared, 0 have it and 0 lack it among token ids that occur both ways");
    }
}
