package dev.loupe.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecDifferencesTest {
    @Test
    void everyPathThatDiffersIsNamedOnce() {
        String first = """
                model: {a: {card: x, seeds: [0, 1]}}
                measure: {scores: {head-scores: [IND], chance: null}}
                claims:
                - {say: it holds, above: 0.4}
                """;
        String second = """
                model: {a: {card: x, seeds: [0, 2]}, b: {card: y}}
                measure: {scores: {head-scores: [IND], chance: null}}
                claims:
                - {say: it holds, above: 0.5}
                - {say: more, above: 1}
                """;
        assertThat(SpecDifferences.of(List.of(first, second)))
                .containsExactly(
                        new SpecDifferences.Row("model.a.seeds", List.of("[0, 1]", "[0, 2]")),
                        new SpecDifferences.Row("claims[0].above", List.of("0.4", "0.5")),
                        new SpecDifferences.Row("model.b.card", List.of("", "y")),
                        new SpecDifferences.Row("claims[1].say", List.of("", "more")),
                        new SpecDifferences.Row("claims[1].above", List.of("", "1")));
    }

    @Test
    void equalSpecsDifferNowhere() {
        assertThat(SpecDifferences.of(List.of("{a: 1, b: {}}", "{b: {}, a: 1}")))
                .isEmpty();
    }
}
