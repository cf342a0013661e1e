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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocstringTest {

    private final WordEncoder encoder = new WordEncoder();
    private final Sources sources = new Sources(Path.of("."), 1000, encoder);

    private PairedRows pairs(String options) {
        return bind(Docstring.class, "{generator: docstring, " + options + "}").pairs(sources);
    }

    @Test
    void theDocstringIsAboutToNameTheThirdParameter() {
        TokenRows rows = pairs("rows: 50, before: 2, after: 1, bos: 7, seed: 3").clean();
        for (int r = 0; r < 50; r++) {
            int[] tokens = rows.tokens()[r];
            String text = encoder.decode(Arrays.copyOfRange(tokens, 1, tokens.length), false);
            String a = word(rows, r, "A_def");
            String b = word(rows, r, "B_def");
            String c = word(rows, r, "C_def");
            assertThat(text)
                    .matches("(?s)\ndef \\w+\\(self, \\w+, \\w+," + a + "," + b + "," + c
                            + ", \\w+\\):\n    \"\"\"\\w+ \\w+ \\w+\n\n    :param" + a + ": \\w+ \\w+\n    :param" + b
                            + ": \\w+ \\w+\n    :param");
            assertThat(word(rows, r, "A_doc")).isEqualTo(a);
            assertThat(word(rows, r, "B_doc")).isEqualTo(b);
            assertThat(word(rows, r, "param_2")).isEqualTo("param");
            int end = rows.positions().get("END")[r];
            assertThat(end)
                    .isEqualTo(tokens.length - 1)
                    .isEqualTo(rows.positions().get("param_3")[r]);
            assertThat(encoder.display(rows.target(r, end))).isEqualTo(c);
            assertThat(encoder.display(rows.columns().get("wrong")[r])).isEqualTo(b);
            Set<String> wrong = IntStream.of(rows.ids("wrong", r))
                    .mapToObj(encoder::display)
                    .collect(Collectors.toSet());
            // A and B, three other arguments, five names of the counterpart.
            assertThat(wrong).hasSize(10).contains(a, b).doesNotContain(c);
        }
        assertThat(Arrays.stream(rows.tokens()).map(t -> t.length).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"random-answer, 1", "random-def, 3", "random-doc, 2", "random-random, 5"})
    void counterpartsDifferWhereTheyShould(String corruption, int places) {
        PairedRows pairs = pairs("rows: 30, bos: none, seed: 5, corruption: " + corruption);
        for (int r = 0; r < 30; r++) {
            int[] clean = pairs.clean().tokens()[r];
            int[] other = pairs.corrupted().tokens()[r];
            Set<Integer> changed = IntStream.range(0, clean.length)
                    .filter(i -> clean[i] != other[i])
                    .boxed()
                    .collect(Collectors.toSet());
            int row = r;
            Set<Integer> named = pairs.clean().positions().entrySet().stream()
                    .filter(e -> e.getKey().matches("[ABC]_d.*"))
                    .map(e -> e.getValue()[row])
                    .collect(Collectors.toSet());
            assertThat(changed).hasSize(places);
            assertThat(named).containsAll(changed);
            boolean definition = !corruption.equals("random-doc");
            assertThat(changed.contains(pairs.clean().positions().get("C_def")[r]))
                    .isEqualTo(definition);
            assertThat(changed.contains(pairs.clean().positions().get("B_doc")[r]))
                    .isEqualTo(corruption.equals("random-doc") || corruption.equals("random-random"));
        }
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> pairs("rows: 5")).hasMessageContaining("needs `seed`");
        assertThatThrownBy(() -> pairs("arguments: [a, b, c], seed: 1"))
                .hasMessageContaining("3 given; prompts need at least 12");
        assertThatThrownBy(() -> pairs("words: [characteristic, b, c, d, e, f, g], seed: 1"))
                .hasMessageContaining("with a space before: characteristic");
    }

    private String word(TokenRows rows, int row, String position) {
        return encoder.display(rows.tokens()[row][rows.positions().get(position)[row]]);
    }
}
