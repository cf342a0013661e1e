package dev.loupe.dataset.prompt;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptsTest {

    @TempDir
    private Path folder;

    private PairedRows pairs(String json, String options) throws IOException {
        Files.writeString(folder.resolve("p.json"), json);
        return bind(Prompts.class, "{generator: prompts, file: p.json, " + options + "}")
                .pairs(new Sources(folder, 1000, new WordEncoder()));
    }

    @Test
    void textsAndIdsAreRead() throws IOException {
        PairedRows text = pairs("""
                {"prompts": [{"clean": "Mary saw John", "corrupt": "Ann saw John", "answers": [" run", " go"], "wrong_answers": [" fly"]}],
                 "word_idxs": {"subject": 0}}
                """, "bos: 7");
        assertThat(text.clean().tokens()[0]).hasSize(4).startsWith(7);
        assertThat(text.clean().positions().get("subject")).containsExactly(1);
        assertThat(text.clean().positions().get("END")).containsExactly(3);
        assertThat(text.clean().columns()).containsOnlyKeys("answer", "wrong");
        assertThat(text.clean().ids("answer", 0))
                .hasSize(2)
                .startsWith(text.clean().columns().get("answer")[0]);
        assertThat(text.clean().target(0, 3)).isEqualTo(text.clean().columns().get("answer")[0]);
        assertThat(text.firstDifference(0)).isEqualTo(1);
        PairedRows ids = pairs(
                "{\"prompts\": [{\"clean\": [1, 2], \"corrupt\": [3, 2], \"answers\": [4], \"wrong_answers\": [5]}]}",
                "bos: none");
        assertThat(ids.corrupted().tokens()[0]).containsExactly(3, 2);
        assertThat(ids.clean().columns().get("wrong")).containsExactly(5);
    }

    @Test
    void promptsMayHaveUnlikeNumbersOfAnswers() throws IOException {
        PairedRows pairs = pairs("""
                {"prompts": [{"clean": [1], "corrupt": [2], "answers": [4, 5, 6], "wrong_answers": [7]},
                             {"clean": [3], "corrupt": [2], "answers": [8], "wrong_answers": [9, 4]}]}
                """, "bos: none");
        assertThat(pairs.clean().ids("answer", 0)).containsExactly(4, 5, 6);
        assertThat(pairs.corrupted().ids("answer", 1)).containsExactly(8);
        assertThat(pairs.clean().ids("wrong", 1)).containsExactly(9, 4);
    }

    @Test
    void wordIndicesThatCountABeginOfTextAreMoved() throws IOException {
        String file = """
                {"seq_labels": [%s"Who", "saw", "Whom"], "word_idxs": {"who": %d, "whom": %d%s},
                 "prompts": [{"clean": "Mary saw John", "corrupt": "Ann saw John", "answers": [" run"], "wrong_answers": [" fly"]}]}
                """;
        PairedRows counted = pairs(file.formatted("\"BOS\", ", 1, 3, ", \"starts\": 0"), "bos: 7");
        assertThat(counted.clean().positions().get("who")).containsExactly(1);
        assertThat(counted.clean().positions().get("whom")).containsExactly(3);
        assertThat(counted.clean().positions().get("starts")).containsExactly(0);
        PairedRows none = pairs(file.formatted("\"BOS\", ", 1, 3, ""), "bos: none");
        assertThat(none.clean().positions().get("whom")).containsExactly(2);
        assertThat(pairs(file.formatted("", 0, 2, ""), "bos: 7")
                        .clean()
                        .positions()
                        .get("whom"))
                .containsExactly(3);
        refused(file.formatted("\"BOS\", ", 1, 3, ", \"starts\": 0"), "rows have none here");
        refused(file.formatted("\"And\", ", 1, 3, ""), "seq_labels names 4 tokens, but prompts[0].clean has 3");
    }

    @Test
    void whatIsWrongIsLocated() {
        String answers = "\"answers\": [4], \"wrong_answers\": [5]";
        refused("{", "is not valid JSON");
        refused("{\"prompts\": []}", "`prompts` must be a list with at least one prompt");
        refused("", "is empty");
        refused("[]", "has no key `prompts`");
        refused("{\"prompts\": [{\"clean\": [1], \"corrupt\": [2]}]}", "prompts[0].answers");
        refused(
                "{\"prompts\": [{\"clean\": [1], \"corrupt\": [2, 3], " + answers + "}]}",
                "row 0 has 1 tokens, but its corrupted counterpart 2");
        refused(
                "{\"prompts\": [{\"clean\": [1], \"corrupt\": [5000], " + answers + "}]}",
                "prompts[0].corrupt[0] is 5000");
        refused(
                "{\"prompts\": [{\"clean\": [1], \"corrupt\": [2], " + answers + "}], \"word_idxs\": {\"S\": 4}}",
                "word_idxs.S is 4");
        refused(
                "{\"prompts\": [{\"clean\": \"a b\", \"corrupt\": \"a c\", \"answers\": [\" Bartholomew\"], \"wrong_answers\": [5]}]}",
                "one is needed");
    }

    @Test
    void aSlipInAKeyIsNamedAndKeysOfOnesOwnAreFree() throws IOException {
        refused(
                "{\"prompts\": [\n{\"clean\": [1], \"corrupted\": [2], \"answers\": [4], \"wrong_answers\": [5]}]}",
                "line 2, prompts[0] has a key `corrupted`; did you mean `corrupt`?");
        refused(
                "{\"prompts\": [{\"clean\": [1], \"corrupt\": [2], \"answer\": [4], \"wrong_answers\": [5]}]}",
                "prompts[0] has a key `answer`; did you mean `answers`?");
        refused("{\"prompt\": []}", "the file has a key `prompt`; did you mean `prompts`?");
        String whole =
                "{\"prompts\": [{\"clean\": [1], \"corrupt\": [2], \"answers\": [4], \"wrong_answers\": [5]%s}]%s}";
        refused(whole.formatted("", ", \"word_idx\": {\"S\": 0}"), "did you mean `word_idxs`?");
        assertThat(pairs(whole.formatted(", \"id\": 7", ", \"source\": \"mine\""), "bos: none")
                        .clean()
                        .tokens())
                .hasNumberOfRows(1);
    }

    private void refused(String json, String message) {
        assertThatThrownBy(() -> pairs(json, "bos: none"))
                .as(json)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message);
    }
}
