package dev.loupe.model.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of strangers: what is not exactly a dictionary that can be computed is refused by name. */
class DictionaryFolderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** A copy of a fixture with another configuration. */
    private Path changed(String fixture, Consumer<ObjectNode> change) throws IOException {
        Path from = DictionaryTest.FOLDER.resolve(fixture);
        ObjectNode config = (ObjectNode) JSON.readTree(from.resolve("cfg.json").toFile());
        change.accept(config);
        Files.writeString(folder.resolve("cfg.json"), JSON.writeValueAsString(config));
        Files.write(
                folder.resolve("sae_weights.safetensors"), Files.readAllBytes(from.resolve("sae_weights.safetensors")));
        return folder;
    }

    private static ObjectNode about(ObjectNode config) {
        return (ObjectNode) config.get("metadata");
    }

    private void refused(String fixture, Consumer<ObjectNode> change, String... words) throws IOException {
        Path changed = changed(fixture, change);
        assertThatThrownBy(() -> DictionaryFolder.open(changed)).hasMessageContainingAll(words);
    }

    @Test
    void otherArchitecturesAreRefusedByName() throws IOException {
        assertThatThrownBy(() -> DictionaryFolder.open(DictionaryTest.FOLDER.resolve("matching_pursuit")))
                .hasMessageContainingAll("'architecture' is 'matching_pursuit'", "jumprelu", "'residual_threshold'");
        refused("standard", c -> c.put("architecture", "temporal"), "'architecture' is 'temporal'");
        refused("topk", c -> c.put("architecture", "matryoshka_batchtopk"), "save_inference_model(FOLDER)");
        assertThatThrownBy(
                        () -> DictionaryFolder.open(DictionaryTest.FOLDER.resolve("saelens-6/matryoshka-checkpoint")))
                .hasMessageContaining("save_inference_model(FOLDER)")
                .hasMessageNotContaining("not known");
        assertThatThrownBy(() -> DictionaryFolder.open(DictionaryTest.FOLDER.resolve("saelens-3/finetuned")))
                .hasMessageContaining("'finetuning_scaling_factor' is true");
    }

    @Test
    void everyKeyIsObeyedOrKnownToChangeNothing() throws IOException {
        refused("standard", c -> c.put("frobnicate", 1), "'frobnicate' is not known");
        refused("standard", c -> c.put("normalize_activations", "covariance_whitening"), "covariance_whitening");
        refused("standard", c -> c.put("reshape_activations", "hook_z"), "must be none");
        refused("standard", c -> about(c).put("hook_head_index", 3), "'hook_head_index' is 3");
        refused("transcoder", c -> about(c).put("hook_head_index_out", 1), "'hook_head_index_out' is 1");
        refused("standard", c -> about(c).put("hook_name", "blocks.0.hook_resid_nowhere"), "hook_resid_nowhere");
        refused("standard", c -> about(c).remove("hook_name"), "'hook_name' is missing");
        refused("transcoder", c -> about(c).remove("hook_name_out"), "'hook_name_out' is missing");
        refused("transcoder", c -> c.put("apply_b_dec_to_input", true), "a transcoder cannot obey");
        refused(
                "transcoder",
                c -> about(c).put("hook_name_out", "blocks.3.hook_mlp_out"),
                "in layer 0 and 'hook_name_out' in layer 3");
        assertThat(DictionaryFolder.open(changed("standard", c -> {
                            c.put("l1_coefficient", 2.5);
                            c.putNull("frobnicate");
                            about(c).put("anything", "goes");
                        }))
                        .config()
                        .features())
                .isEqualTo(24);
    }

    @Test
    void sizesAreCheckedAgainstTheWeights() throws IOException {
        refused("standard", c -> c.put("d_sae", 2_000_000_000), "'d_sae' must be a whole number from 1 to 4194304");
        refused("standard", c -> c.put("d_sae", 25), "W_enc is [8, 24], not [8, 25]", "b_enc is [24], not [25]");
        refused("standard", c -> c.put("d_in", -8), "'d_in'");
        refused("standard", c -> c.put("d_in", 8.5), "'d_in'");
        refused("topk", c -> c.put("k", 25), "'k' must be a whole number from 1 to 'd_sae', is 25");
        refused("topk", c -> c.put("k", 0), "'k'");
        refused("standard", c -> c.put("architecture", "jumprelu"), "has no threshold");
        refused("jumprelu", c -> c.put("architecture", "standard"), "has threshold, which a dictionary of its");
    }

    @Test
    void allProblemsAreToldAtOnce() throws IOException {
        refused(
                "standard",
                c -> {
                    c.put("frobnicate", 1);
                    c.put("d_in", "eight");
                    c.put("apply_b_dec_to_input", "yes");
                },
                "'frobnicate'",
                "'d_in'",
                "'apply_b_dec_to_input'");
    }

    @Test
    void numbersThatAreNoneAreRefused() throws IOException {
        Path broken = changed("standard", c -> {});
        Path weights = broken.resolve("sae_weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(weights, bytes);
        try (NDManager manager = Backend.cpu()) {
            assertThatThrownBy(() -> DictionaryFolder.open(broken).load(manager))
                    .hasMessageContaining("NaN or infinity in");
        }
        Files.write(weights, "not tensors at all".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> DictionaryFolder.open(broken)).hasMessageContaining("safetensors");
        Files.delete(weights);
        assertThatThrownBy(() -> DictionaryFolder.open(broken))
                .hasMessageContaining("there is no sae_weights.safetensors");
    }

    /** As SAELens wrote it before version 6: one flat object, with everything that training needed. */
    @Test
    void flatFilesAreRead() throws IOException {
        Path flat = changed("standard", c -> {
            c.remove("metadata");
            c.remove("architecture");
            c.remove("reshape_activations");
            c.remove("apply_b_dec_to_input");
            c.put("normalize_activations", false);
            c.put("hook_point", "blocks.1.hook_resid_pre");
            c.put("hook_point_layer", 1);
            c.putNull("hook_point_head_index");
            c.put("model_name", "gpt2-small");
            c.put("activation_fn_str", "relu");
            c.put("lr", 0.0004);
        });
        DictionaryConfig config = DictionaryFolder.open(flat).config();
        assertThat(config.reads().name()).isEqualTo("blocks.1.hook_resid_pre");
        assertThat(config.centred()).isTrue();
        assertThat(config.model()).isEqualTo("gpt2-small");
        assertThat(config.processing()).isNull();
        refused(
                "standard",
                c -> {
                    c.remove("metadata");
                    c.put("hook_point", "blocks.1.hook_resid_pre");
                    c.put("hook_point_layer", 2);
                },
                "'hook_point_layer' is 2");
        refused(
                "standard",
                c -> {
                    c.remove("metadata");
                    c.put("hook_point", "blocks.1.hook_resid_pre");
                    c.put("activation_fn", "tanh-relu");
                    c.put("finetuning_scaling_factor", true);
                },
                "tanh-relu",
                "finetuning_scaling_factor");
    }

    /** SAELens centres where a file of version 6 does not say whether to, and never does in a transcoder. */
    @Test
    void whatAFileLeavesOutIsWhatSaeLensTakes() throws IOException {
        assertThat(DictionaryFolder.open(changed("standard", c -> c.remove("apply_b_dec_to_input")))
                        .config()
                        .centred())
                .isTrue();
        assertThat(DictionaryFolder.open(changed("transcoder", c -> c.remove("apply_b_dec_to_input")))
                        .config()
                        .centred())
                .isFalse();
    }

    /** As in files of SAELens before version 2: a factor for each feature. */
    @Test
    void factorsOfFeaturesAreOneOrRefused() throws IOException {
        Path scaled = changed("standard", c -> {});
        Path weights = scaled.resolve("sae_weights.safetensors");
        byte[] own = Files.readAllBytes(weights);
        Files.write(weights, with(own, "scaling_factor", 24, 1));
        assertThat(DictionaryFolder.open(scaled).config().features()).isEqualTo(24);
        Files.write(weights, with(own, "scaling_factor", 24, 1.5f));
        assertThatThrownBy(() -> DictionaryFolder.open(scaled))
                .hasMessageContaining("scaling_factor is not 1 for every");
        Files.write(weights, with(own, "other", 24, 1));
        assertThatThrownBy(() -> DictionaryFolder.open(scaled)).hasMessageContaining("has other, which a dictionary");
    }

    private static byte[] with(byte[] file, String name, int size, float value) throws IOException {
        ByteBuffer old = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) old.getLong(0);
        ObjectNode header = (ObjectNode) JSON.readTree(new String(file, 8, length, StandardCharsets.UTF_8));
        int end = file.length - 8 - length;
        ObjectNode added = header.putObject(name);
        added.put("dtype", "F32");
        added.putArray("shape").add(size);
        added.putArray("data_offsets").add(end).add(end + 4 * size);
        byte[] text = JSON.writeValueAsBytes(header);
        ByteBuffer all = ByteBuffer.allocate(8 + text.length + end + 4 * size).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(text.length).put(text).put(file, 8 + length, end);
        for (int i = 0; i < size; i++) {
            all.putFloat(value);
        }
        return all.array();
    }

    @Test
    void formatsOfOthersAreNamedWithWhatToDo() throws IOException {
        for (String[] one : new String[][] {
            {"params.safetensors", "Gemma Scope 2"},
            {"ae.pt", "dictionary_learning"},
            {"sae.safetensors", "sparsify, and its cfg.json is missing"},
            {"layer0.sae.pt", "layer0.sae.pt is in the format of PyTorch"}
        }) {
            Path foreign = Files.createDirectories(folder.resolve("foreign-" + one[0]));
            Files.writeString(foreign.resolve(one[0]), "");
            assertThatThrownBy(() -> DictionaryFolder.open(foreign))
                    .hasMessageContainingAll(one[1], "there is no cfg.json", "save_model(FOLDER)");
        }
    }

    private Path learned(String name, Consumer<ObjectNode> change) throws IOException {
        Path from = DictionaryTest.FOLDER.resolve("dictionary-learning").resolve(name);
        ObjectNode config =
                (ObjectNode) JSON.readTree(from.resolve("config.json").toFile());
        change.accept((ObjectNode) config.get("trainer"));
        Files.writeString(folder.resolve("config.json"), JSON.writeValueAsString(config));
        Files.write(folder.resolve("ae.pt"), Files.readAllBytes(from.resolve("ae.pt")));
        return folder;
    }

    @Test
    void dictionariesOfDictionaryLearningSayWhatTheyAreFor() throws IOException {
        DictionaryConfig config =
                DictionaryFolder.open(learned("BatchTopKSAE", c -> {})).config();
        assertThat(config.reads().name()).isEqualTo("blocks.0.hook_resid_post");
        assertThat(config.model()).isEqualTo("tiny");
        assertThat(config.processing()).isEmpty();
        Path elsewhere = learned("AutoEncoder", c -> c.put("submodule_name", "mlp_layer_0"));
        assertThatThrownBy(() -> DictionaryFolder.open(elsewhere))
                .hasMessageContainingAll("'submodule_name' is \"mlp_layer_0\"", "write a card with `reads`");
        HookPoint stated = HookPoint.of(Site.MLP_OUT, 0);
        assertThat(DictionaryFolder.open(elsewhere, new StatedHooks("x", stated, null), null)
                        .config()
                        .reads())
                .isEqualTo(stated);
        assertThatThrownBy(() -> DictionaryFolder.open(learned("AutoEncoder", c -> {
                    c.put("dict_class", "AutoEncoderNew");
                    c.put("dict_size", 0);
                    c.put("layer", 2);
                })))
                .hasMessageContainingAll("'dict_class' is \"AutoEncoderNew\"", "'dict_size'", "'layer' is 2");
        assertThatThrownBy(() -> DictionaryFolder.open(learned("AutoEncoder", c -> c.put("dict_size", 25))))
                .hasMessageContaining("encoder.weight is [24, 8], not [25, 8] as config.json says");
        assertThatThrownBy(() ->
                        DictionaryFolder.open(learned("AutoEncoder", c -> c.put("dict_class", "GatedAutoEncoder"))))
                .hasMessageContainingAll("has no b_gate", "has b_enc, which");
    }
}
