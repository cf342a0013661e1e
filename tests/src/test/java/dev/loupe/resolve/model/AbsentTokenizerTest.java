package dev.loupe.resolve.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text for a public model of which nothing is on this disk. */
class AbsentTokenizerTest {
    @TempDir
    Path folder;

    private SpecFile spec(String measured) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), """
                loupe: 1
                model: {real: {card: pythia-70m}, fresh: {reinitialise: real, seeds: 0}}
                dataset: {generator: text, text: ["Somebody wrote this."]}
                metric: loss
                measure: {losses: {evaluate: default, model: %s}}
                """.formatted(measured));
        return new SpecFile(
                file, folder, null, List.of(), new ModelCatalog(List.of(folder, Specs.HOME.resolve("models"))));
    }

    private void isAskedFor(String measured) throws IOException {
        assertThatThrownBy(spec(measured)::check)
                .isInstanceOf(AbsentTokenizer.class)
                .hasMessageContaining("is text, but the tokenizer of pythia-70m")
                .hasMessageEndingWith("is not on this machine: `./loupe pull pythia-70m`");
    }

    @Test
    void theModelIsNamedAndHowToHaveIt() throws IOException {
        isAskedFor("real");
    }

    /** It reads the same tokens, and lacks the same. */
    @Test
    void anUntrainedTwinLacksWhatItsModelLacks() throws IOException {
        isAskedFor("fresh");
    }

    /** Where nothing but single steps of it lie in a folder of models, the public model is still meant by its name. */
    @Test
    void checkpointsOfAPublicModelAreNotTheModel() throws IOException {
        Path step = Files.createDirectories(folder.resolve("pythia-70m/step1000"));
        Files.copy(Specs.HOME.resolve("tests/src/test/resources/parity/gpt2/config.json"), step.resolve("config.json"));
        isAskedFor("real");
    }
}
