package dev.loupe.model.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features and reconstructions against those that SAELens 6.54.12 computes from the same files. */
class DictionaryTest {
    static final Path FOLDER = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/dictionaries");

    /** The reference of `standard-bf16` was computed in bfloat16, which has 8 bits. */
    @ParameterizedTest
    @CsvSource({
        "standard, 1e-5",
        "standard-nobdec, 1e-5",
        "standard-layernorm, 1e-5",
        "standard-constantnorm, 1e-5",
        "standard-expectedaverage, 1e-5",
        "standard-bf16, 0.04",
        "gated, 1e-5",
        "gated-nobdec, 1e-5",
        "jumprelu, 1e-5",
        "jumprelu-nobdec, 1e-5",
        "topk, 1e-5",
        "topk-rescaled, 1e-5",
        "abstopk, 1e-5",
        "transcoder, 1e-5",
        "skip_transcoder, 1e-5",
        "jumprelu_transcoder, 1e-5",
        "jumprelu_skip_transcoder, 1e-5",
    })
    void computesWhatSaeLensComputes(String name, double tolerance) {
        same(FOLDER.resolve(name), StatedHooks.NOTHING, tolerance);
    }

    /** What a version wrote against what the same version computes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "saelens-3/topk-layernorm",
                "saelens-3/gated-layernorm",
                "saelens-3/jumprelu-constantnorm",
                "saelens-4/standard-z",
                "saelens-4/jumprelu-nobdec",
                "saelens-5/topk",
                "saelens-5/gated-nobdec",
                "saelens-6/batchtopk-inference",
                "saelens-6/matryoshka-inference",
                "saelens-6/jumprelu-checkpoint",
                "saelens-6/topk-checkpoint",
            })
    void computesWhatEachVersionComputes(String name) {
        computesWhatSaeLensComputes(name, 1e-5);
    }

    /** What the classes of dictionary_learning 0.1.0 compute from the weights that they saved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AutoEncoder",
                "GatedAutoEncoder",
                "JumpReluAutoEncoder",
                "AutoEncoderTopK",
                "BatchTopKSAE",
                "MatryoshkaBatchTopKSAE",
            })
    void computesWhatDictionaryLearningComputes(String name) {
        computesWhatSaeLensComputes("dictionary-learning/" + name, 1e-5);
    }

    /** What PyTorch computes from them, see make_others.py. */
    @ParameterizedTest
    @CsvSource({
        "gemma-scope/layer_1, blocks.1.hook_resid_post, ''",
        "gemma-scope/transcoder, blocks.1.ln2.hook_normalized, blocks.1.hook_mlp_out",
        "sparsify/layers.1.mlp, blocks.1.hook_mlp_out, ''",
        "sparsify/layers.1, blocks.1.hook_resid_post, ''",
    })
    void computesWhatTheirTrainersCompute(String name, String reads, String writes) {
        same(FOLDER.resolve(name), StatedHooks.of("the test", reads, writes), 1e-5);
    }

    private static void same(Path folder, StatedHooks stated, double tolerance) {
        try (NDManager manager = Backend.cpu()) {
            Dictionary dictionary = DictionaryFolder.open(folder, stated, null).load(manager);
            SafetensorsFile reference = SafetensorsFile.open(folder.resolve("reference.safetensors"));
            Dictionary.Code code = dictionary.code(array(reference.tensor("input"), manager));
            near(code.features(), reference.tensor("features"), tolerance);
            near(code.reconstruction(code.features()), reference.tensor("output"), tolerance);
        }
    }

    static NDArray array(Tensor tensor, NDManager manager) {
        return manager.create(tensor.floats(), new Shape(tensor.shape()));
    }

    static void near(NDArray own, Tensor reference, double tolerance) {
        assertThat(own.getShape().getShape()).isEqualTo(reference.shape());
        float[] values = own.toFloatArray();
        float[] wanted = reference.floats();
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as("number %d", i).isCloseTo(wanted[i], within(tolerance));
        }
    }
}
