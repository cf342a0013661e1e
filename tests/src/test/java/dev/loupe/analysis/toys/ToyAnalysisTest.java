package dev.loupe.analysis.toys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.plan.Compute;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Summarise;
import dev.loupe.resolve.Specs;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each analysis of this group plans, none of it run. */
class ToyAnalysisTest {
    @TempDir
    Path folder;

    private static void isComputed(ExecutionPlan plan, String name, Class<?> work) {
        assertThat(((Compute) plan.step(requireNonNull(plan.outputs().get(name)))).computation())
                .as(name)
                .isInstanceOf(work);
    }

    private static void isRead(ExecutionPlan plan, String name, Object reading) {
        assertThat(((Summarise) plan.step(requireNonNull(plan.outputs().get(name)))).reading())
                .as(name)
                .isEqualTo(reading);
    }

    @Test
    void networksWithoutTokensAreComputed() {
        ExecutionPlan plan = Specs.plan(folder, """
                loupe: 1
                model:
                  sums: {plant: fourier-mlp, modulus: 7}
                  logic: {plant: pair-logic, inputs: 3}
                  toy: toy-dropout-sgd
                dataset:
                  pairs: {generator: modular-pairs, modulus: 7, operation: subtract}
                  bits: {generator: feature-pairs, features: 3}
                  features: {generator: sparse-features, features: 20}
                measure:
                  fourier: {fourier: pure, model: sums}
                  embedding: {fourier-spectrum: embedding, model: sums}
                  spectrum: {fourier-spectrum: logits, model: sums, dataset: pairs}
                  logits: {fourier-logits: explained, model: sums, dataset: pairs}
                  ablation: {frequency-ablation: A, model: sums, dataset: pairs}
                  computation: {toy-computation: loss, model: logic, dataset: bits}
                  dropout: {toy-features: dropout-loss, model: toy, dataset: features}
                  basis: {privileged-basis: align, model: toy}
                  rotation: {rotation-test: 10, model: toy, dataset: features}
                """);
        isComputed(plan, "fourier", Fourier.class);
        isComputed(plan, "embedding", FourierSpectrum.OfTables.class);
        isComputed(plan, "spectrum", FourierLogits.Work.class);
        isComputed(plan, "logits", FourierLogits.Work.class);
        isComputed(plan, "ablation", FrequencyAblation.Work.class);
        isComputed(plan, "computation", ToyComputation.Work.class);
        isComputed(plan, "dropout", ToyFeatures.Work.class);
        isComputed(plan, "basis", PrivilegedBasis.class);
        isComputed(plan, "rotation", RotationTest.Work.class);
    }

    /** A model of two layers, seven tokens that are read and seven that are predicted. */
    @Test
    void aTransformerIsReadOnRowsButForItsEmbedding() throws IOException {
        Path own = Files.createDirectories(folder.resolve("two"));
        Files.writeString(own.resolve("config.json"), """
                {"n_layers": 2, "d_model": 4, "n_ctx": 3, "d_head": 4, "n_heads": 1, "d_mlp": 2, "d_vocab": 8, "d_vocab_out": 7,
                 "act_fn": "relu", "normalization_type": null}
                """);
        SafetensorsWriter writer = new SafetensorsWriter();
        TlTensors.of(TransformerConfig.builder(2, 4, 3, 8)
                        .nHeads(1)
                        .dMlp(2)
                        .dVocabOut(7)
                        .normalizationType(Normalization.NONE)
                        .build())
                .forEach((name, shape) -> writer.floats(
                        name, shape, new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)]));
        writer.write(own.resolve("model.safetensors"));
        ExecutionPlan plan = Specs.plan(folder, """
                loupe: 1
                model: two
                dataset: {generator: modular-pairs, modulus: 7, operation: subtract}
                measure:
                  last: {fourier: pure, pairs: {}}
                  first: {fourier: pure, pairs: {}, layer: 0}
                  logits: {fourier-logits: explained}
                  placed: {fourier-logits: explained, pairs: {modulus: 7}}
                  embedding: {fourier-spectrum: embedding, pairs: {modulus: 5}}
                  tables: {fourier-spectrum: neurons, pairs: {}}
                  spectrum: {fourier-spectrum: logits}
                """);
        PairPlaces seven = new PairPlaces("A", "B", "END", 7);
        Fourier pure = new Fourier(List.of(Fourier.What.PURE), Fourier.Operation.ADD, null, PairPlaces.USUAL);
        Fourier lowest = new Fourier(List.of(Fourier.What.PURE), Fourier.Operation.ADD, 0, PairPlaces.USUAL);
        List<FourierLogits.What> explained = List.of(FourierLogits.What.EXPLAINED);
        Map<String, Object> wanted = Map.of(
                "last", new PairNeurons(PairPlaces.USUAL, 1, 7, pure),
                "first", new PairNeurons(PairPlaces.USUAL, 0, 7, lowest),
                "logits", new PairLogits(PairPlaces.USUAL, 7, new FourierLogits(explained, 0, null)),
                "placed", new PairLogits(seven, 7, new FourierLogits(explained, 0, seven)),
                "tables",
                        new PairNeurons(
                                PairPlaces.USUAL,
                                1,
                                7,
                                new FourierSpectrum(FourierSpectrum.Of.NEURONS, null, PairPlaces.USUAL)),
                "spectrum",
                        new PairLogits(
                                PairPlaces.USUAL, 7, new FourierSpectrum(FourierSpectrum.Of.LOGITS, null, null)));
        wanted.forEach((name, reading) -> isRead(plan, name, reading));
        isComputed(plan, "embedding", FourierSpectrum.OfEmbedding.class);
        assertThat(((FourierSpectrum.OfEmbedding) ((Compute)
                                        plan.step(requireNonNull(plan.outputs().get("embedding"))))
                                .computation())
                        .modulus())
                .isEqualTo(5);
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: two
                dataset: {generator: modular-pairs, modulus: 7, operation: subtract}
                measure: {unplaced: {fourier: pure}}
                """)).contains("say where the numbers lie");
    }

    /** An even modulus has a frequency without a sine, and losses without dropout know no dropout. */
    @Test
    void whatHasNoAnswerIsRefused() throws IOException {
        Path own = Files.createDirectories(folder.resolve("even"));
        Files.writeString(
                own.resolve("config.json"), "{\"architecture\": {\"pair-mlp\": {\"inputs\": 4, \"hidden\": 2}}}");
        new SafetensorsWriter()
                .floats("A", new long[] {4, 2}, new float[8])
                .floats("B", new long[] {4, 2}, new float[8])
                .floats("U", new long[] {2, 4}, new float[8])
                .write(own.resolve("model.safetensors"));
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: {even: even, toy: toy-binary}
                dataset: {features: {generator: sparse-features}}
                measure:
                  even: {fourier: pure, model: even}
                  dropout: {toy-features: dropout-loss, model: toy, dataset: features}
                  rotation: {rotation-test: 10, model: toy, dataset: features}
                """))
                .contains("even computes modulo 4")
                .contains("`dropout-loss` needs a card with `dropout`")
                .contains("`rotation-test` needs a toy autoencoder with `dropout`");
    }
}
