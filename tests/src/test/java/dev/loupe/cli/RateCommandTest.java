package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.report.rating.RatingFormTest;
import dev.loupe.result.store.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A form from a stored run, filled in by one who sees through it, and scored. */
class RateCommandTest {
    @TempDir
    Path folder;

    private Path key;

    @BeforeEach
    void form() throws IOException {
        new ResultStore().write(folder.resolve("run"), RatingFormTest.run());
        Spoken spoken = Spoken.of(
                "rate",
                folder.resolve("run").toString(),
                "--neurons",
                "4",
                "--examples",
                "5",
                "--mixtures",
                "3",
                "--out",
                folder.resolve("form").toString());
        assertThat(spoken.exit()).as(spoken.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(spoken.out()).contains("rating.html: 11 cards", "raters must not see it");
        key = folder.resolve("form/rating-key.json");
    }

    private Path ratings(String name, String one) throws IOException {
        JsonNode known = new ObjectMapper().readTree(Files.readAllBytes(key));
        StringBuilder choices = new StringBuilder();
        for (int c = 0; c < 11; c++) {
            String group = known.path("cards").get(c).path("group").asText();
            choices.append(c == 0 ? "" : ", ")
                    .append('"')
                    .append(c + 1)
                    .append("\": \"")
                    .append(group.equals(one) ? "one" : "none")
                    .append('"');
        }
        return Files.writeString(
                folder.resolve(name + ".json"),
                "{\"form\": \"" + known.path("form").asText() + "\", \"rater\": \"" + name + "\", \"ratings\": {"
                        + choices + "}}");
    }

    @Test
    void sharesHaveIntervalsAndRatersAreCompared() throws IOException {
        Path ann = ratings("Ann", "solu");
        Path bob = ratings("Bob", "gelu");
        Spoken spoken = Spoken.of("rate", "--key", key.toString(), ann.toString(), bob.toString());
        assertThat(spoken.exit()).as(spoken.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
        // Wilson: 4 of 4 is 4 / (4 + 1.96^2) = 0.510 at least, 0 of 4 at most 0.490, 0 of 3 at most 0.561.
        assertThat(spoken.out())
                .contains(
                        "Rater Ann judged 11 of 11 cards",
                        "solu: one meaning in 4 of 4, 1.000 (0.510 to 1.000)",
                        "gelu: one meaning in 0 of 4, 0.000 (0.000 to 0.490)",
                        "mixtures: one meaning in 0 of 3, 0.000 (0.000 to 0.561)",
                        "gelu less solu: -1.000 (-1.000 to -0.307)",
                        "Raters Ann and Bob agree on 3 of 11 cards; Cohen's kappa -0.571");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"form\": \"x\", \"ratings\": {}} | it is of form x",
                "[1] | it is not a file that a form saved",
                "{\"form\": | it ends in the middle",
                "{\"form\": \"ID\", \"ratings\": {\"12\": \"one\"}} | it rates card 12, and the form has cards 1 to 11",
                "{\"form\": \"ID\", \"ratings\": {\"1\": \"maybe\"}} | `maybe` is not a choice"
            })
    void whatIsNotARatingOfTheFormIsTold(String content, String said) throws IOException {
        String id = new ObjectMapper()
                .readTree(Files.readAllBytes(key))
                .path("form")
                .asText();
        Path file = Files.writeString(folder.resolve("wrong.json"), content.replace("ID", id));
        Spoken spoken = Spoken.of("rate", "--key", key.toString(), file.toString());
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err()).contains(said);
    }
}
