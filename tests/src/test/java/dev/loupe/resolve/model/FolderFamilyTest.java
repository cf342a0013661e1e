package dev.loupe.resolve.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.resolve.Specs;
import dev.loupe.schema.shape.IntRange;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a training in folders whose names give the step. */
class FolderFamilyTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    @TempDir
    Path series;

    private void checkpoint(String name, String fixture) throws IOException {
        Path to = Files.createDirectories(series.resolve(name));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(PARITY.resolve(fixture).resolve(file), to.resolve(file));
        }
    }

    private ModelFamily family(IntRange... checkpoints) {
        return new FolderFamily("series", series, List.of(), null).of("m", List.of(checkpoints));
    }

    @Test
    void stepsAreInOrderOfTheirNumbersWhateverTheirFoldersAreCalled() throws IOException {
        checkpoint("checkpoint-1000", "gpt2");
        checkpoint("step2", "gpt2");
        checkpoint("global_step10", "gpt2");
        checkpoint("400", "gpt2");
        // Neither is a step: a summary without a model, and the model of the end under a name of its own.
        Files.createDirectories(series.resolve("runs"));
        checkpoint("final", "gpt2");
        ModelFamily family = family(new IntRange(0, 5000));
        assertThat(family.axes()).singleElement().satisfies(axis -> {
            assertThat(axis.name()).isEqualTo("checkpoint");
            assertThat(axis.labels()).containsExactly("2", "10", "400", "1000");
        });
        assertThat(family.units().get(2).ref().label()).isEqualTo("series step 400");
        assertThat(family(new IntRange(10, 10)).units()).hasSize(1);
    }

    @Test
    void aStepThatIsMissingIsAnsweredByTheNearest() throws IOException {
        checkpoint("step100", "gpt2");
        checkpoint("step200", "gpt2");
        assertThatThrownBy(() -> family(new IntRange(150, 150)))
                .hasMessage("`series` has no checkpoint 150; did you mean 100 or 200? There are 2: 100, 200");
        Files.delete(series.resolve("step200/config.json"));
        assertThatThrownBy(() -> family(new IntRange(0, 1000)))
                .hasMessageContaining("no model in ")
                .hasMessageContaining("step200: there is no config.json");
        assertThat(family(new IntRange(0, 100)).units()).hasSize(1);
    }

    @Test
    void twoFoldersOfOneStepAndNamesThatAreNoStepAreRefused() throws IOException {
        checkpoint("step10", "gpt2");
        checkpoint("checkpoint-10", "gpt2");
        assertThatThrownBy(() -> family(new IntRange(0, 100)))
                .hasMessageContaining("has two folders of step 10: checkpoint-10 and step10");
        Files.move(series.resolve("step10"), series.resolve("step1e3"));
        assertThatThrownBy(() -> family(new IntRange(0, 100)))
                .hasMessageContaining("step1e3 does not end in a step: write it as step100 or checkpoint-100");
    }

    @Test
    void checkpointsOfTwoModelsAreNotOneTraining() throws IOException {
        checkpoint("step1", "gpt2");
        checkpoint("step2", "gptj");
        assertThatThrownBy(() -> family(new IntRange(0, 100)))
                .hasMessageContaining("step2 differs from step 1: ")
                .hasMessageContaining("positional_embedding_type");
    }

    @Test
    void aFolderOfCheckpointsAloneAsksForThem() throws IOException {
        assertThatThrownBy(() -> family(new IntRange(0, 100))).hasMessageContaining("a folder for each step");
        checkpoint("step1", "gpt2");
        checkpoint("step20", "gpt2");
        checkpoint("step300", "gpt2");
        assertThatThrownBy(this::family)
                .hasMessageContaining("no model in ")
                .hasMessageContaining("its checkpoints (step1, step20 and 1 more) are chosen by `checkpoints`, as in "
                        + "checkpoints: 1..300");
    }

    /** A network that adds two of three numbers, with one number in all of its matrices. */
    private void network(String name, int hidden, float value) throws IOException {
        Path to = Files.createDirectories(series.resolve(name));
        Files.writeString(
                to.resolve("config.json"),
                "{\"architecture\": {\"pair-mlp\": {\"inputs\": 3, \"hidden\": " + hidden + "}}}");
        SafetensorsWriter writer = new SafetensorsWriter();
        float[] matrix = new float[3 * hidden];
        Arrays.fill(matrix, value);
        for (String parameter : List.of("A", "B")) {
            writer.floats(parameter, new long[] {3, hidden}, matrix);
        }
        writer.floats("U", new long[] {hidden, 3}, matrix);
        writer.write(to.resolve("model.safetensors"));
    }

    @Test
    void networksWithoutTokensHaveCheckpointsToo() throws IOException {
        network("step0", 4, 1);
        network("step20", 4, 2);
        ModelFamily family = family(new IntRange(0, 100));
        assertThat(family.axes())
                .singleElement()
                .satisfies(axis -> assertThat(axis.labels()).containsExactly("0", "20"));
        assertThat(family.units())
                .extracting(unit -> unit.ref().label())
                .containsExactly("series step 0", "series step 20");
        assertThat(family.units().get(0).ref().identity())
                .isNotEqualTo(family.units().get(1).ref().identity());
        network("step40", 5, 1);
        assertThatThrownBy(() -> family(new IntRange(0, 100)))
                .hasMessageContaining("step40 differs from step 0: the network that its config.json describes");
        checkpoint("step30", "gpt2");
        assertThatThrownBy(() -> family(new IntRange(0, 30)))
                .hasMessageContaining("step30 differs from step 0: one is a network without tokens");
    }

    @Test
    void foldersWithOtherNamesAreNamed() throws IOException {
        checkpoint("epoch_1", "gpt2");
        checkpoint("epoch_2", "gpt2");
        checkpoint("epoch_3", "gpt2");
        assertThatThrownBy(() -> family(new IntRange(0, 100)))
                .hasMessageEndingWith(
                        "which has others alone: epoch_1, epoch_2 and 1 more (rename them, so that each name ends in its step)");
    }
}
