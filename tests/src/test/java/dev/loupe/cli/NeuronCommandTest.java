package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page about one neuron of a tiny model, from a text of its own words. */
class NeuronCommandTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
    private static final int WORDS = 60;

    @TempDir
    Path folder;

    private Path model;
    private Path text;

    @BeforeEach
    void write() throws IOException {
        model = Files.createDirectories(folder.resolve("a model"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GPT2.resolve(name), model.resolve(name));
        }
        StringBuilder vocabulary = new StringBuilder("\"<unk>\": 0");
        for (int i = 1; i <= WORDS; i++) {
            vocabulary.append(", \"w").append(i).append("\": ").append(i);
        }
        Files.writeString(model.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "normalizer": null, "added_tokens": [],
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {%s}}}
                """.formatted(vocabulary));
        Random random = new Random(1);
        StringBuilder words = new StringBuilder();
        for (int document = 0; document < 60; document++) {
            for (int i = 0; i < 16; i++) {
                words.append('w').append(1 + random.nextInt(WORDS)).append(' ');
            }
            words.append("\n\n");
        }
        text = Files.writeString(folder.resolve("my \"text\".txt"), words);
    }

    private Spoken neuron(String... more) {
        List<String> words = new ArrayList<>(List.of("neuron", model.toString()));
        words.addAll(List.of(more));
        words.addAll(List.of("--out", folder.resolve("out").toString(), "--keep", "0"));
        return Spoken.of(words.toArray(String[]::new));
    }

    @Test
    void thePageAndItsSpecAreWritten() throws IOException {
        Spoken spoken =
                neuron("L1N5", "--text", text.toString(), "--tokens", "800", "--edited", "160", "--window", "16");
        assertThat(spoken.exit()).as(spoken.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(spoken.out()).contains("When does neuron L1N5 of a model fire", "follows.alignment", "weights ");
        Path page = folder.resolve("out/a model-L1N5/report.html");
        assertThat(Files.readString(page)).contains("top 1 of 20", "Loss without another neuron of its layer");
        // The spec alone makes the same page.
        Path spec = folder.resolve("out/a model-L1N5.yaml");
        Spoken again = Spoken.of(
                "run",
                spec.toString(),
                "--data",
                folder.toString(),
                "--out",
                folder.resolve("again").toString());
        assertThat(again.exit()).as(again.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(folder.resolve("again/a model-L1N5/results.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("out/a model-L1N5/results.safetensors"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L1H5 | --tokens 800 | a neuron is written like L3N110",
                "L1N999 | --tokens 800 --window 16 --edited 160 | L1N999 does not exist",
                "L1N5 | --tokens 4 | --tokens and --edited at least --window",
                "L1N5 | --variant x | --data and --variant are for specs"
            })
    void whatCannotBeIsTold(String name, String options, String said) {
        List<String> words = new ArrayList<>(List.of(name, "--text", text.toString()));
        words.addAll(List.of(options.split(" ")));
        Spoken spoken = neuron(words.toArray(String[]::new));
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err()).contains(said);
    }

    @Test
    void aTextThatIsNotThereIsTold() {
        assertThat(neuron("L1N5", "--text", folder.resolve("none").toString()).err())
                .contains("--text: there is no file");
        assertThat(neuron("L1N5").exit()).isEqualTo(ExitCode.INPUT_WRONG);
    }
}
