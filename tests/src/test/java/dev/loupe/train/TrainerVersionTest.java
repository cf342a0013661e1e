package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.card.CardFile;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights say which version of the training step made them, so a step whose bytes change must get another version. The
 * short training runs in a process of its own, with the kernels that every processor of this kind has; oneDNN alone, which
 * some products of the step go through, still takes the widest vectors of the processor.
 */
class TrainerVersionTest {
    /** As two kinds of processors gave them; the second has AVX2 and no wider vectors. */
    private static final List<String> BYTES_OF_VERSION_2 = List.of(
            "720d01ee842cab4bd902ce18850fdd706b187f915e4906d8ae7a5505a0213ab1",
            "eb189507e4224c5c17862f4ae4e88b749893fe3c45f6eb01706ef291bc4a0f66");

    private static final String CARD = """
            card: trained
            title: a model for this test
            architecture:
              transformer: {n_layers: 2, d_model: 8, n_heads: 2, d_mlp: 16, n_ctx: 8, d_vocab: 9, act_fn: gelu, normalization_type: LN}
            recipe:
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: 40
              optimizer: {kind: adamw, learning-rate: 1e-2, weight-decay: 0.01}
              schedule: {warmup: 20, decay: cosine}
              clip: 1
              seeds: [5]
            """;

    @TempDir
    Path folder;

    /** The child's main: trains, and prints what the numbers are. */
    public static final class Child {
        public static void main(String[] arguments) {
            CardFile card = CardFile.read(Path.of(arguments[0]));
            WeightsFiles files = new WeightsFiles(card, Path.of(arguments[1]));
            try (NDManager manager = NDManager.newBaseManager()) {
                new TrainedModels(manager, Engine.getInstance()::newGradientCollector)
                        .train(files, List.of(5L), Path.of(arguments[1]), Progress.silent(), new StopSignal());
            }
            SafetensorsFile weights = SafetensorsFile.open(files.last(5));
            System.out.println("bytes " + Sha256.of(to -> weights.names().forEach(name -> weights.stored(name, to))));
            System.out.println(WeightsFiles.made(files.last(5)));
        }
    }

    @Test
    void aStepWhoseBytesChangeHasAnotherVersion() throws Exception {
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"),
                "the bytes are known for x86-64 alone, and this is " + System.getProperty("os.arch"));
        Path card = Files.writeString(folder.resolve("card.yaml"), CARD);
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                card.toString(),
                folder.resolve("weights").toString());
        child.environment().put("OMP_NUM_THREADS", "1");
        child.environment().put("ATEN_CPU_CAPABILITY", "default");
        child.environment().put("MKL_CBWR", "COMPATIBLE");
        Process process = child.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(said)
                .as("the training step gives other bytes: raise Trainer.VERSION and write down what it gives now")
                .containsAnyOf(BYTES_OF_VERSION_2.stream()
                        .map(bytes -> "bytes " + bytes)
                        .toArray(String[]::new))
                .contains("version " + Trainer.VERSION);
        assertThat(Trainer.VERSION).isEqualTo(2);
    }
}
