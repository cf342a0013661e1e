package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingAheadTest {
    @TempDir
    Path folder;

    private String told(String models) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model: %s
                dataset: {generator: modular-pairs, modulus: 59, operation: add}
                measure: {m: {evaluate: accuracy, model: one}}
                """.formatted(models));
        Experiment experiment = new SpecFile(
                        file, folder, null, List.of(), new ModelCatalog(List.of(Specs.HOME.resolve("models"))))
                .check()
                .experiment();
        return TrainingAhead.of(experiment, folder.resolve("cache"));
    }

    /** The card's 5,000 steps, three seeds one after another, whichever of its checkpoints are read; untrained twins need none. */
    @Test
    void weightsThatAreMissingAreAnnouncedWithTheirSteps() throws IOException {
        assertThat(
                        told(
                                "{one: {card: mod-add-59, seeds: [0, 1, 2], checkpoints: [0, 16]}, two: {reinitialise: one, seeds: [5]}}"))
                .startsWith(
                        "trained by the first run, into the cache: mod-add-59, seeds 0, 1 and 2, 15000 training steps\n")
                .contains("memory of the training above the idle runtime: about ")
                .doesNotContain("in all");
        assertThat(told("{one: {card: mod-add-59, seeds: [7]}, two: {card: mod-add-wd0, seeds: [7]}}"))
                .contains("mod-add-59, seed 7, 5000 training steps\n", "mod-add-wd0, seed 7, ", "\nin all ");
    }

    @Test
    void nothingIsAnnouncedWhereWeightsLieBesideTheirCard() throws IOException {
        assertThat(told("{one: {card: mod-sub-59, seeds: [0]}}")).isEmpty();
    }

    /** What a training begins with is trained before it, and its seeds are announced once. */
    @Test
    void weightsThatATrainingBeginsWithAreAnnouncedFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("tuned.yaml"), """
                loupe: 1
                model: {again: {card: lang-a-b-a, seeds: [7]}, same: {card: lang-a-then-a, seeds: [7]}}
                dataset: {generator: planted-language, registers: [a], rows: 4, seed: 1}
                metric: loss
                measure: {m: {evaluate: default, model: again}}
                """);
        Experiment experiment = new SpecFile(
                        file, folder, null, List.of(), new ModelCatalog(List.of(Specs.HOME.resolve("models"))))
                .check()
                .experiment();
        assertThat(TrainingAhead.of(experiment, folder.resolve("cache")).lines().limit(4))
                .extracting(line -> line.replaceAll(".*cache: |, seed 7, .*", ""))
                .containsExactly("lang-a-1l", "lang-a-then-b", "lang-a-b-a", "lang-a-then-a");
    }
}
