package dev.loupe.dataset.prompt;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final String NAMES = "[Ann, Bob, Cid, Dan]";
    private static final String SLOTS = "slots: {A: " + NAMES + ", B: " + NAMES + "}";
    private static final String WAVED =
            "templates: '{A} met {B} and {A} waved to', " + SLOTS + ", answer: ' {B}', wrong: ' {A}', bos: none, ";

    private final WordEncoder encoder = new WordEncoder();
    private final Sources sources = new Sources(Path.of("."), 1000, encoder);

    private PairedRows pairs(String options) {
        return bind(Templates.class, "{generator: templates, " + options + "}").pairs(sources);
    }

    private String text(int[] tokens) {
        return encoder.decode(tokens, false);
    }

    @Test
    void slotsAreFilledNamedAndAskedFor() {
        TokenRows rows =
                pairs(WAVED + "corruption: {swap: [A, B]}, rows: 12, seed: 2").clean();
        // Four names, two of them different: every prompt that there is.
        assertThat(Arrays.stream(rows.tokens()).map(this::text).distinct()).hasSize(12);
        for (int r = 0; r < 12; r++) {
            String[] words = text(rows.tokens()[r]).split(" ");
            assertThat(words[0]).isEqualTo(words[4]).isNotEqualTo(words[2]);
            assertThat(rows.positions().get("A")[r]).isEqualTo(0);
            assertThat(rows.positions().get("B")[r]).isEqualTo(2);
            assertThat(rows.positions().get("A2")[r]).isEqualTo(4);
            assertThat(rows.positions().get("END")[r]).isEqualTo(6);
            assertThat(encoder.display(rows.columns().get("answer")[r])).isEqualTo(" " + words[2]);
            assertThat(encoder.display(rows.columns().get("wrong")[r])).isEqualTo(" " + words[0]);
            assertThat(rows.target(r, 6)).isEqualTo(rows.columns().get("answer")[r]);
        }
        assertThatThrownBy(() -> pairs(WAVED + "corruption: {swap: [A, B]}, rows: 13, seed: 2"))
                .hasMessageContaining("only 12 different prompts");
    }

    @Test
    void severalAnswersAreAllRight() {
        String several =
                "templates: '{A} met {B} and', " + SLOTS + ", answer: [' {A}', ' {B}'], wrong: [' Eve'], bos: none, ";
        TokenRows rows =
                pairs(several + "corruption: {redraw: B}, rows: 3, seed: 2").clean();
        for (int r = 0; r < 3; r++) {
            String[] words = text(rows.tokens()[r]).split(" ");
            assertThat(Arrays.stream(rows.ids("answer", r)).mapToObj(encoder::display))
                    .containsExactly(" " + words[0], " " + words[2]);
            assertThat(rows.answers(r, 3)).isEqualTo(rows.ids("answer", r));
            assertThat(Arrays.stream(rows.ids("wrong", r)).mapToObj(encoder::display))
                    .containsExactly(" Eve");
        }
    }

    @Test
    void theAnswerOfTheCounterpartIsWrong() {
        String own = "templates: '{A} met {B} and {A} waved to', " + SLOTS + ", answer: ' {B}', bos: none, ";
        PairedRows pairs = pairs(own + "wrong: counterpart, corruption: {redraw: B}, rows: 8, seed: 2");
        for (int r = 0; r < 8; r++) {
            String[] other = text(pairs.corrupted().tokens()[r]).split(" ");
            assertThat(encoder.display(pairs.clean().columns().get("wrong")[r])).isEqualTo(" " + other[2]);
            assertThat(pairs.corrupted().columns().get("wrong"))
                    .isEqualTo(pairs.clean().columns().get("wrong"));
        }
        assertThatThrownBy(() -> pairs(own + "wrong: [counterpart, ' Eve'], corruption: {redraw: B}, rows: 8, seed: 2"))
                .hasMessageContaining("`counterpart` alone");
    }

    @Test
    void rulesChangeTheCounterpartOneAfterTheOther() {
        PairedRows swapped = pairs(WAVED + "corruption: {swap: [A, B]}, rows: 5, seed: 2");
        PairedRows put = pairs(WAVED + "corruption: [{swap: [A, B]}, {put: A, word: '{B}'}], rows: 5, seed: 2");
        PairedRows redrawn = pairs(WAVED + "corruption: {redraw: [A, B]}, rows: 5, seed: 2");
        for (int r = 0; r < 5; r++) {
            String[] clean = text(swapped.clean().tokens()[r]).split(" ");
            String[] other = text(swapped.corrupted().tokens()[r]).split(" ");
            assertThat(new String[] {other[0], other[2], other[4]}).containsExactly(clean[2], clean[0], clean[2]);
            other = text(put.corrupted().tokens()[r]).split(" ");
            assertThat(new String[] {other[0], other[2], other[4]}).containsExactly(clean[0], clean[0], clean[0]);
            other = text(redrawn.corrupted().tokens()[r]).split(" ");
            assertThat(other[0]).isEqualTo(other[4]).isNotIn(clean[0], clean[2]);
            assertThat(other[2]).isNotIn(clean[0], clean[2], other[0]);
            assertThat(swapped.corrupted().columns().get("answer")[r])
                    .isEqualTo(swapped.clean().columns().get("answer")[r]);
        }
    }

    @Test
    void aPairOfUnequalLengthIsShown() {
        String longName = WAVED.replace(NAMES, "[Ann, Bartholomew]");
        assertThatThrownBy(() -> pairs(longName + "corruption: {put: A, word: Bob}, rows: 2, seed: 1"))
                .isInstanceOf(DatasetException.class)
                .hasMessageMatching("\".*\" has \\d+ tokens, but its counterpart \".*\" \\d+: .*equal length");
    }

    @Test
    void formsOfWordsChooseTheContinuation() {
        String keys =
                "templates: 'the {N} near the {A}', forms: {N: [[key, keys], [pen, pens]], A: [[box, boxes], [bag, bags]]}, "
                        + "answer: ' {is|are:N}', wrong: ' {are|is:N}', bos: none, ";
        PairedRows pairs = pairs(keys + "corruption: {form: N}, rows: 16, seed: 2");
        TokenRows rows = pairs.clean();
        // Two words in two forms for each slot: every prompt that there is.
        assertThat(Arrays.stream(rows.tokens()).map(this::text).distinct()).hasSize(16);
        for (int r = 0; r < 16; r++) {
            String[] words = text(rows.tokens()[r]).split(" ");
            String[] other = text(pairs.corrupted().tokens()[r]).split(" ");
            boolean several = words[1].endsWith("s");
            assertThat(encoder.display(rows.columns().get("answer")[r])).isEqualTo(several ? " are" : " is");
            assertThat(encoder.display(rows.columns().get("wrong")[r])).isEqualTo(several ? " is" : " are");
            assertThat(other[1]).isEqualTo(several ? words[1].substring(0, words[1].length() - 1) : words[1] + "s");
            assertThat(other[4]).isEqualTo(words[4]);
        }
        refused(keys + "corruption: {form: B}, rows: 1, seed: 1", "needs slot `B` in `forms`");
        refused(keys.replace("{is|are:N}", "{is|are:B}") + "corruption: {form: N}, seed: 1", "no `forms`");
        refused(keys.replace("{is|are:N}", "{is|are|be:N}") + "corruption: {form: N}, seed: 1", "3 texts");
        refused(keys.replace("[pen, pens]", "[pen]") + "corruption: {form: N}, seed: 1", "same number of forms");
        refused(
                keys.replace("forms:", "slots: {N: [cup]}, forms:") + "corruption: {form: N}, seed: 1",
                "name it in one");
    }

    @Test
    void whatCannotBeIsSaid() {
        String rule = "corruption: {swap: [A, B]}, seed: 1";
        refused(WAVED.replace("{A} met {B}", "{A} met {C}") + rule, "slot `C` has no words");
        refused(WAVED.replace("' {B}'", "'{B}'") + rule, "must begin with the space");
        refused(WAVED + "corruption: {swap: [A]}, seed: 1", "takes two slots");
        refused(WAVED + "corruption: {redraw: D}, seed: 1", "slot `D` has no words");
        refused(WAVED + "corruption: {swap: [A, B]}", "needs `seed`");
        refused(
                WAVED.replace("'{A} met {B} and {A} waved to'", "['{A} met {B} at', '{B} saw {B} at {A}']") + rule,
                "every template must contain the same slots");
        refused(WAVED.replace(NAMES, "[Ann]") + rule, "no different words were found for the slots");
        refused(WAVED.replace(NAMES, "[Ann, Bob]") + "corruption: {redraw: A}, seed: 1, rows: 1", "no word left");
    }

    private void refused(String options, String message) {
        assertThatThrownBy(() -> pairs(options)).as(options).hasMessageContaining(message);
    }
}
