package dev.loupe.report.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.report.rating.Ratings.Choice;
import dev.loupe.result.Provenance;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two measurements of six neurons with five examples each; the token at the peak names its neuron. */
public class RatingFormTest {
    private static final RatingForm.Size SIZE = new RatingForm.Size(4, 5, 3, 7);

    private static TokenText.Passage passage(String arm, int neuron, int example, String kind) {
        List<TokenText.Token> tokens = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String text = i == 3 ? arm + neuron : " w" + example + i;
            // One arm's activations are ten times as large, and negative elsewhere: neither may show.
            double value = arm.equals("solu") ? (i == 3 ? 40 : -8) : (i == 3 ? 4 : 0);
            tokens.add(new TokenText.Token(text, neuron * 100 + example * 10 + i, value, Double.NaN, List.of()));
        }
        return new TokenText.Passage(
                "L0N" + neuron + ", " + kind + " " + (example + 1) + " of 5: 4 at token 3 of row 1", tokens);
    }

    private static TokenText shown(String arm) {
        List<TokenText.Passage> passages = new ArrayList<>();
        for (int neuron = 0; neuron < 6; neuron++) {
            for (int example = 0; example < 5; example++) {
                passages.add(passage(arm, neuron, example, "top"));
                passages.add(passage("low", neuron, example, "lowest"));
            }
        }
        return new TokenText(arm + "@a model, seed 0", arm, "", "activation", passages);
    }

    /** A run that shows both. */
    public static RunResult run() {
        Provenance nowhere = new Provenance(
                "an identity",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                "",
                "cpu",
                "float32",
                Map.of(),
                0,
                "",
                "");
        return new RunResult(
                "",
                "t",
                "q",
                "",
                "",
                List.of(),
                List.of(shown("gelu"), shown("solu")),
                nowhere,
                "",
                List.of(),
                "",
                "",
                Map.of());
    }

    private static String peak(RatingForm.Passage passage) {
        return passage.tokens().get(3).runs().get(0).text();
    }

    @Test
    void cardsShowOneNeuronOrNoTwoOfOne() {
        RatingForm form = RatingForm.of(Map.of("a run", run()), SIZE);
        assertThat(form.cards()).hasSize(11);
        assertThat(form.key().cards().stream()
                        .collect(Collectors.groupingBy(RatingKey.Subject::group, Collectors.counting())))
                .isEqualTo(Map.of("gelu", 4L, "solu", 4L, RatingKey.MIXTURE, 3L));
        for (int c = 0; c < 11; c++) {
            RatingKey.Subject subject = form.key().cards().get(c);
            List<String> peaks = form.cards().get(c).passages().stream()
                    .map(RatingFormTest::peak)
                    .toList();
            assertThat(peaks).hasSize(5);
            if (subject.group().equals(RatingKey.MIXTURE)) {
                assertThat(new HashSet<>(peaks)).hasSize(5);
            } else {
                String neuron = subject.neuron()
                        .substring("L0N".length(), subject.neuron().indexOf('@'));
                assertThat(peaks).containsOnly(subject.group() + neuron);
            }
        }
    }

    @Test
    void nothingOnACardSaysWhoseItIs() {
        RatingForm form = RatingForm.of(Map.of("a run", run()), SIZE);
        Set<List<String>> colours = new HashSet<>();
        form.cards()
                .forEach(card -> card.passages()
                        .forEach(passage -> colours.add(passage.tokens().stream()
                                .map(RatingForm.Token::step)
                                .toList())));
        assertThat(colours).hasSize(1);
        assertThat(form.cards().stream().map(RatingForm.Card::number))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(RatingForm.of(Map.of("a run", run()), SIZE).id()).isEqualTo(form.id());
        assertThat(RatingForm.of(Map.of("a run", run()), new RatingForm.Size(4, 5, 3, 8))
                        .id())
                .isNotEqualTo(form.id());
    }

    @Test
    void tooFewNeuronsForAMixtureAreRefused() {
        assertThatThrownBy(() -> RatingForm.of(Map.of("a run", run()), new RatingForm.Size(4, 13, 3, 7)))
                .hasMessageContaining("12 neurons");
    }

    @Test
    void ratingsComeToShares() throws Exception {
        List<RatingKey.Subject> cards = new ArrayList<>();
        for (int c = 0; c < 6; c++) {
            cards.add(new RatingKey.Subject(c < 3 ? "gelu" : "solu", "L0N" + c));
        }
        RatingKey key = new RatingKey("f", cards);
        JsonNode first = new ObjectMapper()
                .readTree(
                        "{\"form\": \"f\", \"rater\": \"Ann\", \"ratings\": {\"1\": \"one\", \"2\": \"none\", \"4\": \"one\", \"5\": \"one\", \"6\": \"several\"}}");
        Ratings ann = Ratings.of(first, key);
        assertThat(RatedShares.of(key, ann)).isEqualTo(Map.of("gelu", new Share(1, 2), "solu", new Share(2, 3)));
        Ratings bob = new Ratings(
                "f",
                "Bob",
                Map.of(1, Choice.ONE, 2, Choice.ONE, 3, Choice.ONE, 4, Choice.ONE, 5, Choice.NONE, 6, Choice.NONE));
        // Of five common cards both say one at two, Ann alone at one, Bob alone at one, neither at one.
        assertThat(RatedShares.agreement(ann, bob)).contains(new Share(3, 5));
        assertThat(RatedShares.kappa(ann, bob)).isEqualTo((.6 - .52) / .48, within(1e-12));
        assertThatThrownBy(() -> Ratings.of(first, new RatingKey("g", cards)))
                .hasMessageContaining("of form f, and the key is of form g");
        assertThatThrownBy(() -> Ratings.of(first, new RatingKey("f", cards.subList(0, 5))))
                .hasMessageContaining("card 6");
    }
}
