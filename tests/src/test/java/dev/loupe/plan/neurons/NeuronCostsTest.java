package dev.loupe.plan.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.Site;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.result.Axis;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations and bytes of steps about neurons: three layers of width 8 with 32 neurons, 50 outputs, rows of 6 and of 9 tokens. */
class NeuronCostsTest {
    private static final ModelRef MODEL = new ModelRef(
            "m", "m", new ModelShape("transformer", 3, 8, 2, 2, 4, 32, 50, 50, 16, false, false, false, 0, List.of()));
    private static final RowsRef ROWS =
            new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(6, 5), new RowsRef.Bucket(9, 1)));
    private static final List<NeuronName> TWO = List.of(new NeuronName(0, 3), new NeuronName(2, 1));

    private static ShortenContexts shorten(List<NeuronName> neurons, int top, boolean kept, int most) {
        return shorten(neurons, ROWS, top, kept, most);
    }

    private static ShortenContexts shorten(List<NeuronName> neurons, RowsRef rows, int top, boolean kept, int most) {
        return new ShortenContexts(
                1,
                0,
                MODEL,
                rows,
                2,
                Site.MLP_POST,
                neurons,
                List.of(),
                FiringSide.LARGER,
                top,
                new ShortenContexts.Windows(List.of(.5), kept, false, most));
    }

    private static Forward row(int length) {
        RowsRef one = new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(length, 1)));
        return Forward.whole(1, 0, MODEL, one, List.of(Cell.CLEAN), List.of(), LogitsRead.NONE);
    }

    /** Two neurons with three examples each: every length up to the limit is a run, half as long in the mean. */
    @Test
    void everyShorterTextIsARunOfItsOwn() {
        assertThat(shorten(TWO, 3, false, 8).flops()).isEqualTo(2 * 3 * 8 * row(4).flops());
        assertThat(shorten(TWO, 3, false, 64).flops())
                .as("no row is longer than 9")
                .isEqualTo(2 * 3 * 9 * row(4).flops());
        assertThat(shorten(TWO, 3, true, 8).flops())
                .as("tokens that keep their positions")
                .isEqualTo(2 * 3 * 8 * row(9).flops());
        assertThat(shorten(TWO, 3, false, 1).flops()).isEqualTo(2 * 3 * row(1).flops());
        assertThat(shorten(TWO, 3, false, 8).bytes()).isEqualTo(row(9).bytes());
    }

    /** 30,000 neurons with a hundred examples of up to a thousand tokens are more runs than an int counts. */
    @Test
    void manyRunsAreCountedToo() {
        List<NeuronName> many = Collections.nCopies(30_000, new NeuronName(0, 3));
        RowsRef text = new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(1000, 1)));
        assertThat(shorten(many, text, 100, false, 1000).flops()).isEqualTo(3_000_000_000L * row(500).flops());
    }

    private static LiftVocabulary lift(List<NeuronName> neurons, int minCount) {
        return new LiftVocabulary(1, 0, MODEL, ROWS, 2, neurons, List.of(new Axis("neuron", List.of("a"))), minCount);
    }

    /** Products of 32 neurons of 8 numbers in each layer with the tokens that follow often enough, of 50 at most. */
    @Test
    void onlyTokensThatFollowOftenAreMultiplied() {
        // 39 tokens: at most 39 / 3 = 13 tokens occur three times.
        assertThat(lift(TWO, 3).flops()).isEqualTo(2 * 2 * 32 * 8 * 14);
        assertThat(lift(TWO, 3).bytes()).isEqualTo(16 * 32 * 14);
        assertThat(lift(TWO.subList(0, 1), 1).flops()).isEqualTo(2 * 32 * 8 * 40);
        RowsRef more = new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(100, 2)));
        LiftVocabulary all = new LiftVocabulary(1, 0, MODEL, more, 2, TWO, List.of(), 1);
        assertThat(all.bytes()).as("there are no more than 50").isEqualTo(16 * 32 * 50);
    }

    /** Three of the largest, two of the smallest, four at random and six of each of the three strata that two shares part. */
    @Test
    void examplesAreCounted() {
        ExampleCounts counts = new ExampleCounts(3, 2, List.of(.5, .9), 6, 4);
        assertThat(counts.all()).isEqualTo(3 + 2 + 3 * 6 + 4);
        assertThat(counts.samples()).isTrue();
        assertThat(new ExampleCounts(3, 2, List.of(), 6, 0).all()).isEqualTo(5);
        assertThat(new ExampleCounts(3, 2, List.of(), 6, 0).samples()).isFalse();
        assertThat(new ExampleCounts(3, 2, List.of(.5), 0, 0).samples()).isFalse();
        assertThat(new ExampleCounts(3, 2, List.of(.5), 1, 0).samples()).isTrue();
        assertThat(new ExampleCounts(3, 2, List.of(), 0, 1).samples()).isTrue();
    }
}
