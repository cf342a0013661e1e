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
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsTest {

    private final WordEncoder encoder = new WordEncoder();
    private final Sources sources = new Sources(Path.of("."), 1000, encoder);

    private PairedRows pairs(String options) {
        return bind(Facts.class, "{generator: facts, " + options + "}").pairs(sources);
    }

    @Test
    void aSubjectIsReplacedByAnotherOfItsRelation() {
        PairedRows pairs = pairs("bos: 7, seed: 2");
        TokenRows rows = pairs.clean();
        assertThat(rows.rows()).isGreaterThan(30);
        for (int r = 0; r < rows.rows(); r++) {
            int[] clean = rows.tokens()[r];
            int[] other = pairs.corrupted().tokens()[r];
            boolean[] subject = rows.classes().get("subject")[r];
            for (int i = 0; i < clean.length; i++) {
                assertThat(subject[i])
                        .as("%d", i)
                        .isEqualTo(i >= rows.positions().get("subject-first")[r]
                                && i <= rows.positions().get("subject-last")[r]);
                if (!subject[i]) {
                    assertThat(other[i]).isEqualTo(clean[i]);
                }
            }
            assertThat(other).isNotEqualTo(clean);
            Fact asked = fact(clean);
            Fact replaced = fact(other);
            assertThat(replaced.relation()).isEqualTo(asked.relation());
            assertThat(encoder.display(rows.columns().get("answer")[r])).isEqualTo(" " + asked.attribute());
            assertThat(encoder.display(rows.columns().get("wrong")[r])).isEqualTo(" " + replaced.attribute());
            assertThat(replaced.attribute()).isNotEqualTo(asked.attribute());
            assertThat(pairs.corrupted().columns().get("answer")[r])
                    .isEqualTo(rows.columns().get("answer")[r]);
        }
        assertThat(Arrays.stream(rows.tokens()).map(Arrays::toString).distinct())
                .hasSize(rows.rows());
    }

    private Fact fact(int[] tokens) {
        String text = encoder.decode(Arrays.copyOfRange(tokens, 1, tokens.length), false);
        List<Fact> found = CommonFacts.all().stream()
                .filter(fact ->
                        fact.prompt().replace("{subject}", fact.subject()).equals(text))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void factsOfOnesOwn() {
        String own = "facts: [{relation: r, prompt: 'The {subject} lives in', subject: big cat, attribute: Rome},"
                + " {relation: r, prompt: 'The {subject} lives in', subject: old dog, attribute: Oslo},"
                + " {relation: r, prompt: 'The {subject} lives in', subject: emu, attribute: Bonn}], bos: none, seed: 1";
        TokenRows rows = pairs(own).clean();
        // The emu has no partner of its length.
        assertThat(rows.rows()).isEqualTo(2);
        assertThat(rows.positions().get("subject-last")).containsExactly(2, 2);
        assertThat(rows.positions().get("subject+1")).containsExactly(3, 3);
        assertThatThrownBy(() -> pairs(own + ", rows: 3")).hasMessageContaining("2 of 3 facts have a partner");
        assertThatThrownBy(() -> pairs(own.replace("Bonn", "Constantinople")))
                .hasMessageContaining("Constantinople\" is 2 tokens after");
        assertThatThrownBy(() -> pairs("relations: [height], seed: 1")).hasMessageContaining("[height]");
        assertThatThrownBy(() -> pairs(own.replace("The {subject}", "It")))
                .hasMessageContaining("must contain {subject} once");
    }

    @Test
    void otherPartnersLeaveTheFactsAndTheirOrder() {
        PairedRows first = pairs("relations: [capital], bos: none, seed: 2");
        PairedRows second = pairs("relations: [capital], bos: none, seed: 2, other-partners: 5");
        assertThat(second.clean().tokens()).isDeepEqualTo(first.clean().tokens());
        for (int r = 0; r < first.clean().rows(); r++) {
            assertThat(second.corrupted().tokens()[r])
                    .isNotEqualTo(first.corrupted().tokens()[r]);
        }
        String two = "facts: [{relation: r, prompt: 'The {subject} lives in', subject: big cat, attribute: Rome},"
                + " {relation: r, prompt: 'The {subject} lives in', subject: old dog, attribute: Oslo}], bos: none, seed: 1";
        assertThatThrownBy(() -> pairs(two + ", other-partners: 2"))
                .hasMessageContaining("has only one possible partner");
        String three = two.replace(
                "], bos",
                ", {relation: r, prompt: 'The {subject} lives in', subject: wet pig, attribute: Bern},"
                        + " {relation: s, prompt: 'A {subject} eats', subject: emu, attribute: Hay},"
                        + " {relation: s, prompt: 'A {subject} eats', subject: cow, attribute: Oats}], bos");
        assertThat(pairs(three).clean().rows()).isEqualTo(5);
        assertThat(pairs(three + ", min-partners: 2").clean().rows()).isEqualTo(3);
        assertThat(pairs(three + ", min-partners: 2, other-partners: 4").clean().tokens())
                .isDeepEqualTo(pairs(three + ", min-partners: 2").clean().tokens());
    }
}
