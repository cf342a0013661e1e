package dev.loupe.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.model.folder.ModelFolder;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFolderTest {
    private static final String COMPUTE = "\"compute-mlp\": {\"inputs\": 2, \"hidden\": 3, \"outputs\": 1}";

    @TempDir
    Path folder;

    private void config(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }

    private SafetensorsWriter weights() {
        return new SafetensorsWriter();
    }

    private void write(SafetensorsWriter weights) throws IOException {
        weights.write(folder.resolve("model.safetensors"));
    }

    /** As {@code torch.nn.Linear(2, 3)} and {@code torch.nn.Linear(3, 1)} are saved: [out, in]. */
    private void linearLayers() throws IOException {
        write(weights()
                .floats("fc1.weight", new long[] {3, 2}, new float[] {11, 12, 21, 22, 31, 32})
                .floats("fc1.bias", new long[] {3}, new float[] {1, 2, 3})
                .floats("fc2.weight", new long[] {1, 3}, new float[] {7, 8, 9})
                .floats("fc2.bias", new long[] {1}, new float[] {.5f}));
    }

    @Test
    void namesAndExchangedMatricesAreRead() throws IOException {
        config("{\"architecture\": {" + COMPUTE + "}, \"tensors\": {\"W_in\": \"fc1.weight\", \"b_in\": \"fc1.bias\", "
                + "\"W_out\": \"fc2.weight\", \"b_out\": \"fc2.bias\"}, \"transposed\": [\"W_in\", \"W_out\"]}");
        linearLayers();
        assertThat(NetworkFolder.isIn(folder)).isTrue();
        NetworkFolder opened = NetworkFolder.open(folder);
        assertThat(opened.weights().get("W_in")).containsExactly(11, 21, 31, 12, 22, 32);
        assertThat(opened.weights().get("b_in")).containsExactly(1, 2, 3);
        assertThat(opened.weights().get("W_out")).containsExactly(7, 8, 9);
        assertThat(opened.grid().instances()).isEqualTo(1);
        assertThat(opened.data()).isNull();
    }

    @Test
    void everyTensorThatDoesNotFitIsSaid() throws IOException {
        config("{\"architecture\": {" + COMPUTE + "}, \"tensors\": {\"W_in\": \"fc1.weight\", \"V\": \"fc2.weight\"}}");
        linearLayers();
        assertThatThrownBy(() -> NetworkFolder.open(folder))
                .hasMessageContaining("config.json names [V], but the parameters are [W_in, b_in, W_out, b_out]")
                .hasMessageContaining(
                        "'fc1.weight' has the shape [3, 2], not [2, 3]: rows and columns are exchanged, which "
                                + "`transposed` in config.json says")
                .hasMessageContaining("has no tensor 'b_in' for b_in")
                .hasMessageContaining("tensors that are not part of the network: fc1.bias, fc2.bias, fc2.weight");
    }

    @Test
    void networksSideBySideHaveTheSparsitiesOfTheirData() throws IOException {
        config(
                "{\"architecture\": {\"toy-autoencoder\": {\"features\": 3, \"hidden\": 2}}, \"tensors\": {\"b\": \"b_final\"},"
                        + " \"transposed\": \"W\","
                        + " \"data\": {\"generator\": \"sparse-features\", \"features\": 3, \"sparsity\": [0.5, 0.9]}}");
        float[] w = new float[4 * 3 * 2];
        for (int i = 0; i < w.length; i++) {
            w[i] = i;
        }
        write(weights().floats("W", new long[] {4, 3, 2}, w).floats("b_final", new long[] {4, 3}, new float[12]));
        NetworkFolder opened = NetworkFolder.open(folder);
        assertThat(opened.grid().axes().toString()).isEqualTo("{sparsity=[0.5, 0.9], copy=[0, 1]}");
        assertThat(opened.weights().get("W")).startsWith(0, 2, 4, 1, 3, 5, 6, 8, 10);
    }

    @Test
    void whatIsNoSuchNetworkIsRefused() throws IOException {
        config("{\"architecture\": {\"toy-autoencoder\": {\"features\": 3, \"hiden\": 2}}}");
        write(weights()
                .floats("W", new long[] {2, 3}, new float[6])
                .floats("b", new long[] {3}, new float[] {0, 0, Float.NaN}));
        assertThatThrownBy(() -> NetworkFolder.open(folder))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("hidden");
        config("{\"architecture\": {\"toy-autoencoder\": {\"features\": 3, \"hidden\": 2}}}");
        assertThatThrownBy(() -> NetworkFolder.open(folder).weights()).hasMessageContaining("NaN or infinity in b");
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .hasMessageContaining("describes a network without tokens, not a transformer");
        config("{\"architectures\": [\"GPT2LMHeadModel\"], \"model_type\": \"gpt2\"}");
        assertThat(NetworkFolder.isIn(folder)).isFalse();
    }
}
