package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Families that TransformerLens does not compute, or not so, against transformers' numbers (transformers/make.py), 5e-5 absolute. */
class TransformersFamiliesTest {
    private static final float TOLERANCE = 5e-5f;

    private static Path folder(String name) {
        return Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/transformers", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phi",
                "phi-scaled",
                "stablelm",
                "stablelm-parallel",
                "glm",
                "glm-unbiased",
                "gemma",
                "llama-quick-gelu"
            })
    void logitsAndResidualStreamsAgree(String name) {
        SafetensorsFile expected = SafetensorsFile.open(folder(name).resolve("expected.safetensors"));
        try (NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(folder(name)).load(Set.of(), manager)) {
            Tensor ids = expected.tensor("tokens");
            NDArray tokens = manager.create(ids.longs(), new Shape(ids.shape()));
            List<HookPoint> points = model.hookPoints().stream()
                    .filter(point -> expected.has(point.name()))
                    .toList();
            assertThat(points).hasSize(model.config().nLayers() - 1);
            Captures seen = new Captures(points, manager);
            near(
                    expected.tensor("logits"),
                    model.forward(ForwardRequest.of(tokens), seen, manager).logits());
            points.forEach(point -> near(expected.tensor(point.name()), seen.get(point)));
        }
    }

    /** Folding and centring change logits by the same number at all tokens of a position. */
    @ParameterizedTest
    @ValueSource(strings = {"phi", "phi-scaled", "glm", "gemma", "llama-quick-gelu"})
    void processedWeightsGiveTheSameProbabilities(String name) {
        SafetensorsFile expected = SafetensorsFile.open(folder(name).resolve("expected.safetensors"));
        try (NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(folder(name)).load(Processing.ofTransformerLens(), manager)) {
            Tensor ids = expected.tensor("tokens");
            NDArray logits = model.logits(manager.create(ids.longs(), new Shape(ids.shape())), manager);
            Tensor theirs = expected.tensor("logits");
            NDArray probabilities =
                    manager.create(theirs.floats(), new Shape(theirs.shape())).logSoftmax(-1);
            assertThat(logits.logSoftmax(-1).sub(probabilities).abs().max().getFloat())
                    .isLessThan(TOLERANCE);
        }
    }

    private static void near(Tensor expected, NDArray actual) {
        assertThat(actual.getShape().getShape()).as(expected.name()).containsExactly(expected.shape());
        float[] ours = actual.toFloatArray();
        float[] theirs = expected.floats();
        for (int i = 0; i < ours.length; i++) {
            assertThat(Math.abs(ours[i] - theirs[i]))
                    .as("%s, number %d", expected.name(), i)
                    .isLessThan(TOLERANCE);
        }
    }
}
