package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TranslationTest {
    private static TokenRows rows(String options) {
        Translation translation = bind(Translation.class, "{generator: translation, " + options + "}");
        return translation.read(new Sources(Path.of("."), translation.vocabularySize()));
    }

    private static int[][] label(TokenRows rows, String name) {
        return Objects.requireNonNull(rows.labels().get(name)).values();
    }

    @Test
    void oneDictionaryTranslatesEveryWord() {
        for (String order : new String[] {"monotone", "sorted"}) {
            TokenRows rows = rows("order: " + order + ", words: 10, length: 4, rows: 300, seed: 1");
            Map<Integer, Integer> dictionary = new HashMap<>();
            int[][] next = label(rows, "source-of-next");
            int[][] current = label(rows, "source-of-current");
            for (int r = 0; r < 300; r++) {
                int[] x = rows.tokens()[r];
                assertThat(x).hasSize(9);
                assertThat(x[4]).as("SEP").isEqualTo(20);
                assertThat(Arrays.stream(x, 0, 4).distinct().filter(v -> v < 10))
                        .hasSize(4);
                for (int i = 0; i < 4; i++) {
                    int source = x[next[r][4 + i]];
                    assertThat(rows.target(r, 4 + i)).isEqualTo(x[5 + i]).isBetween(10, 19);
                    assertThat(current[r][5 + i]).isEqualTo(next[r][4 + i]);
                    assertThat(dictionary.merge(source, x[5 + i], (a, b) -> a.equals(b) ? a : -1))
                            .isEqualTo(x[5 + i]);
                    if (order.equals("monotone")) {
                        assertThat(next[r][4 + i]).isEqualTo(i);
                    } else if (i > 0) {
                        assertThat(source).isGreaterThan(x[next[r][3 + i]]);
                    }
                }
                assertThat(next[r][8]).isEqualTo(Label.NONE);
                assertThat(current[r][4]).isEqualTo(Label.NONE);
            }
            assertThat(new HashSet<>(dictionary.values())).as("a bijection").hasSize(10);
        }
    }

    @Test
    void theSameLanguageRepeatsTheWords() {
        for (int[] x : rows("order: sorted, into: same, words: 10, length: 4, rows: 50, seed: 1")
                .tokens()) {
            assertThat(Arrays.copyOfRange(x, 5, 9))
                    .containsExactly(Arrays.stream(x, 0, 4).sorted().toArray());
        }
    }

    @Test
    void trainAndTestShareNoSentence() {
        Set<List<Integer>> train = new HashSet<>();
        Set<List<Integer>> test = new HashSet<>();
        String options = "words: 4, length: 3, held-out: 0.3, rows: 400, seed: 3, split: ";
        for (int[] x : rows(options + "train").tokens()) {
            train.add(Arrays.stream(x).boxed().toList());
        }
        for (int[] x : rows(options + "test").tokens()) {
            test.add(Arrays.stream(x).boxed().toList());
        }
        assertThat(train).doesNotContainAnyElementsOf(test);
        assertThat(train.size() + test.size()).isEqualTo(24);
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> rows("words: 4, length: 5, seed: 1")).hasMessageContaining("at most `words`");
        assertThatThrownBy(() -> rows("into: same, world: 2, seed: 1")).hasMessageContaining("`world` has no effect");
    }
}
