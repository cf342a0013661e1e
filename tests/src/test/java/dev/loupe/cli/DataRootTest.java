package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files outside the folder of the spec, in one folder that is named once. */
class DataRootTest {
    @TempDir
    Path folder;

    private Path spec;
    private Path data;

    @BeforeEach
    void files() throws IOException {
        spec = Files.writeString(
                Files.createDirectories(folder.resolve("specs")).resolve("a.yaml"), """
                loupe: 1
                model: {plant: control}
                dataset: {generator: prompts, file: rows.jsonl}
                metric: logit-difference
                """);
        data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("rows.jsonl"), "{}\n");
    }

    private Spoken validate(Map<String, String> environment, String... more) {
        String[] words = new String[2 + more.length];
        words[0] = "validate";
        words[1] = spec.toString();
        System.arraycopy(more, 0, words, 2, more.length);
        return Spoken.with(200, environment, words);
    }

    /** Found, it is read, and then says what is wrong with it. */
    @Test
    void theOptionAndTheVariableNameTheFolder() {
        assertThat(validate(Map.of()).err()).contains("`rows.jsonl` is not a file in " + spec.getParent());
        assertThat(validate(Map.of(), "--data", data.toString()).err()).doesNotContain("is not a file");
        assertThat(validate(Map.of("LOUPE_DATA", data.toString())).err()).doesNotContain("is not a file");
        assertThat(validate(
                                Map.of("LOUPE_DATA", data.toString()),
                                "--data",
                                spec.getParent().toString())
                        .err())
                .as("the option goes before the variable")
                .contains("is not a file");
    }

    @Test
    void nothingOutsideItIsRead() throws IOException {
        for (String name :
                new String[] {"../data/rows.jsonl", data.resolve("rows.jsonl").toString()}) {
            Files.writeString(spec, Files.readString(spec).replaceFirst("file: [^}]*", "file: " + name));
            Spoken said = validate(Map.of(), "--data", data.toString());
            assertThat(said.exit()).isEqualTo(ExitCode.INPUT_WRONG);
            assertThat(said.err()).contains("`" + name + "` is outside the folder of the spec");
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        assertThat(validate(Map.of(), "--data", data + "x").err())
                .contains("--data " + data + "x: there is no such folder");
        assertThat(validate(Map.of("LOUPE_DATA", data + "x")).err()).contains("LOUPE_DATA " + data + "x: there is no");
    }
}
