package dev.loupe.dataset.prompt;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GreaterThanTest {

    private final WordEncoder encoder = new WordEncoder();
    private final Sources sources = new Sources(Path.of("."), 1000, encoder);

    private PairedRows pairs(String options) {
        return bind(GreaterThan.class, "{generator: greater-than, " + options + "}")
                .pairs(sources);
    }

    @Test
    void everyYearAboveIsAnAnswerAndNoOther() {
        PairedRows pairs = pairs("rows: 300, bos: 7, seed: 4");
        TokenRows rows = pairs.clean();
        for (int r = 0; r < 300; r++) {
            int[] tokens = rows.tokens()[r];
            String text = encoder.decode(Arrays.copyOfRange(tokens, 1, tokens.length), false);
            int year = Integer.parseInt(
                    encoder.display(tokens[rows.positions().get("YY")[r]]).strip());
            String century =
                    encoder.display(tokens[rows.positions().get("XX1")[r]]).strip();
            assertThat(text)
                    .contains(" lasted from the year " + century + (year < 10 ? "0" : "") + year + " to the year "
                            + century);
            assertThat(year).isBetween(2, 98);
            assertThat(Integer.parseInt(century)).isBetween(11, 17);
            assertThat(numbers(rows.ids("answer", r))).containsExactlyElementsOf(range(year + 1, 100));
            assertThat(numbers(rows.ids("wrong", r))).containsExactlyInAnyOrderElementsOf(range(0, year + 1));
            assertThat(numbers(new int[] {rows.columns().get("wrong")[r]})).containsExactly(year);
            assertThat(rows.positions().get("END")[r])
                    .isEqualTo(tokens.length - 1)
                    .isEqualTo(rows.positions().get("XX2")[r]);
            int[] other = pairs.corrupted().tokens()[r];
            int at = rows.positions().get("YY")[r];
            assertThat(encoder.display(other[at])).isEqualTo("01");
            assertThat(IntStream.range(0, tokens.length).filter(i -> tokens[i] != other[i]))
                    .containsExactly(at);
            assertThat(pairs.corrupted().ids("answer", r)).isEqualTo(rows.ids("answer", r));
        }
        assertThat(Arrays.stream(rows.tokens()).map(Arrays::toString).distinct())
                .hasSize(300);
    }

    @Test
    void allPromptsAreReachedAndNotOneMore() {
        assertThat(pairs("nouns: [war], centuries: 17, rows: 97, seed: 1")
                        .clean()
                        .rows())
                .isEqualTo(97);
        assertThatThrownBy(() -> pairs("nouns: [war], centuries: 17, rows: 98, seed: 1"))
                .hasMessageContaining("the 97 different prompts");
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> pairs("rows: 5")).hasMessageContaining("needs `seed`");
        assertThatThrownBy(() -> pairs("nouns: [demonstration], seed: 1"))
                .hasMessageContaining("not one token of this model with a space before: demonstration");
        assertThatThrownBy(() -> pairs("centuries: 8..9, seed: 1")).hasMessageContaining("10 to 99");
    }

    private Iterable<Integer> numbers(int[] ids) {
        return IntStream.of(ids)
                .mapToObj(id -> Integer.parseInt(encoder.display(id)))
                .toList();
    }

    private static Iterable<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
