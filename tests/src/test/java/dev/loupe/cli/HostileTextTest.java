package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.text.HiddenCharacters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec whose every text tries to act on the terminal and the page: names, titles, claims, the file's own name. */
class HostileTextTest {
    /** Clears a screen, sets a title, ends a line and begins another, turns the writing around, hides. */
    private static final String HOSTILE =
            "a\\e[2J\\e]0;pwn\\a\\n  HOLDS  forged\\r\\u202E\\u2066\\u200b\\u2028\\x9b31m\\U000E0041\\ufeff\\u0301z";

    private static final String SPEC = "loupe: 1\ntitle: \"T\"\nid: \"T\"\nquestion: \"T\"\n"
            + "model:\n  \"T\": {plant: heads, vocabulary: 16, context: 32}\n"
            + "dataset:\n  \"T\": {generator: repeated-tokens, period: 4..7, length: 16, bos: 15, rows: 8, seed: 45}\n"
            + "measure:\n  \"T\": {head-scores: [IND], model: \"T\", dataset: \"T\", title: \"T\"}\n"
            + "  see: {attention: 2, model: \"T\", dataset: \"T\"}\n"
            + "claims:\n  - {say: \"T\", that: {max: see2}, above: 0.5}\n"
            + "report: {answer: \"T\", notes: \"T\"}\n";

    /** A verdict that the program did not write itself: it would stand where a verdict stands. */
    private static final Pattern FORGED = Pattern.compile("(?m)^\\s*HOLDS\\s+forged");

    @TempDir
    Path folder;

    private Path spec(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void isHarmless(String printed) {
        assertThat(printed.codePoints().filter(c -> c != '\n' && HiddenCharacters.hides(c)))
                .as("hidden characters in %s", printed)
                .isEmpty();
        assertThat(FORGED.matcher(printed).find()).as(printed).isFalse();
    }

    @Test
    void nothingOfARunActs() throws IOException {
        Path spec =
                spec("h.yaml", SPEC.replace("{max: see2}", "{max: \"T.IND\"}").replace("T", HOSTILE));
        Path runs = folder.resolve("runs");
        for (List<String> words : List.of(
                List.of("validate"), List.of("explain"), List.of("rows"), List.of("run", "--out", runs.toString()))) {
            String[] line = new String[words.size() + 1];
            words.toArray(line);
            line[words.size()] = spec.toString();
            Spoken spoken = Spoken.of(line);
            assertThat(spoken.exit())
                    .as(spoken.err())
                    .isIn(ExitCode.CLAIMS_HOLD, ExitCode.CLAIM_REFUTED, ExitCode.CLAIM_UNDECIDED);
            isHarmless(spoken.out());
            isHarmless(spoken.err());
        }
        assertThat(Spoken.of("gallery", runs.toString()).exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        for (Path page : List.of(runs.resolve("h/report.html"), runs.resolve("index.html"))) {
            assertThat(Files.readString(page)
                            .codePoints()
                            .filter(c -> c != '\n' && c != '\t' && HiddenCharacters.hides(c)))
                    .as("hidden characters in %s", page)
                    .isEmpty();
        }
    }

    @Test
    void nothingOfAMistakeActs() throws IOException {
        for (String wrong : List.of(
                SPEC.replace("{max: see2}", "{max: \"T.none\"}").replace("T", HOSTILE),
                "loupe: 1\n\"" + HOSTILE + "\": 1\n",
                "loupe: 1\nmodel: {card: \"" + HOSTILE + "\"}\n",
                SPEC.replace("plant: heads", "plant: \"" + HOSTILE + "\""))) {
            Spoken spoken = Spoken.of("validate", spec("w.yaml", wrong).toString());
            assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
            isHarmless(spoken.out());
            isHarmless(spoken.err());
        }
    }

    @Test
    void nothingOfACommandLineActs() throws IOException {
        String evil = "a\u001b[2J\n  HOLDS  forged\u202e";
        Path named = Files.writeString(folder.resolve(evil + ".yaml"), "loupe: 1\nnonsense: 1\n");
        Path good = spec("good.yaml", SPEC.replace("{max: see2}", "{max: \"T.IND\"}"));
        for (String[] words : List.of(
                new String[] {evil},
                new String[] {"run", "--" + evil},
                new String[] {"run", evil},
                new String[] {"run", good.toString(), "--set", evil + "=1"},
                new String[] {"run", good.toString(), "--variant", evil},
                new String[] {"run", good.toString(), "--models", evil},
                new String[] {"validate", named.toString()},
                new String[] {"validate", named.toString(), good.toString()},
                new String[] {"rows", good.toString(), "--dataset", evil},
                new String[] {"rows", good.toString(), "--rows", evil},
                new String[] {"explain", good.toString(), "--format", evil},
                new String[] {"report", evil},
                new String[] {"list", evil},
                new String[] {"pull", evil},
                new String[] {"train", evil},
                new String[] {"generate", evil, "x"},
                new String[] {"trace", "--model", evil, "--tokens", evil, "--out", folder + "/t"})) {
            Spoken spoken = Spoken.of(words);
            assertThat(spoken.exit()).as(spoken.err()).isIn(ExitCode.INPUT_WRONG, ExitCode.SURROUNDINGS_FAIL);
            isHarmless(spoken.out());
            isHarmless(spoken.err());
        }
    }
}
