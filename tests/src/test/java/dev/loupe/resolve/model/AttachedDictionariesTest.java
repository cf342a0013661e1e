package dev.loupe.resolve.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether dictionaries fit the models that specs attach them to, and whether specs name what they have. */
class AttachedDictionariesTest {
    private static final Path RESOURCES = Specs.HOME.resolve("tests/src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "{dictionary: resid, of: plain}";

    @TempDir
    Path folder;

    /** A copy of a dictionary for parity/gpt2 under a name, with another configuration. */
    private void dictionary(String from, String name, Consumer<ObjectNode> change) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path source = RESOURCES.resolve("dictionaries/gpt2").resolve(from);
        ObjectNode config =
                (ObjectNode) JSON.readTree(source.resolve("cfg.json").toFile());
        change.accept((ObjectNode) config.get("metadata"));
        Files.writeString(own.resolve("cfg.json"), JSON.writeValueAsString(config));
        Files.copy(source.resolve("sae_weights.safetensors"), own.resolve("sae_weights.safetensors"));
    }

    private SpecFile.Checked checked(String model, String measure) throws IOException {
        Path spec = folder.resolve("spec.yaml");
        Files.writeString(spec, """
                loupe: 1
                model:
                  plain: {folder: %s}
                  default: %s
                dataset: {generator: repeated-tokens, period: 5, length: 12, rows: 4, seed: 1}
                metric: {loss: {}}
                measure: {it: {%s, model: default}}
                """.formatted(RESOURCES.resolve("parity/gpt2"), model, measure));
        return new SpecFile(spec, folder, null, List.of(), new ModelCatalog(List.of()), null).check();
    }

    private void refused(String model, String measure, String... words) {
        assertThatThrownBy(() -> checked(model, measure)).hasMessageContainingAll(words);
    }

    @Test
    void labelsSayForWhomADictionaryWasMade() throws IOException {
        dictionary("resid", "resid", about -> {});
        dictionary("heads", "other", about -> about.put("model_name", "pythia-70m"));
        ModelFamily family =
                Objects.requireNonNull(checked("{dictionary: [resid, other], of: plain}", "evaluate: default")
                        .experiment()
                        .models()
                        .get("default"));
        assertThat(family.first().ref().label())
                .endsWith("parity/gpt2 with dictionaries resid and other (made for pythia-70m)");
        assertThat(family.first().ref().shape().dictionaries()).hasSize(2);
        ModelInstance untrained = family.first().untrained(3);
        assertThat(untrained.ref().label()).startsWith("untrained, seed 3 with dictionaries");
        assertThat(untrained.dictionaries()).hasSize(2);
    }

    @Test
    void aDictionaryMustFitItsModel() throws IOException {
        dictionary("resid", "resid", about -> {});
        dictionary("resid", "deep", about -> about.put("hook_name", "blocks.7.hook_resid_pre"));
        dictionary("resid", "wide", about -> about.put("hook_name", "blocks.1.mlp.hook_post"));
        dictionary("top", "same", about -> {});
        dictionary(
                "top",
                "processed",
                about -> about.putObject("model_from_pretrained_kwargs").put("center_writing_weights", true));
        refused("{dictionary: deep, of: plain}", "evaluate: default", "blocks.7.hook_resid_pre", "does not have");
        refused("{dictionary: wide, of: plain}", "evaluate: default", "of 32 numbers", "has 64");
        refused("{dictionary: [resid, same], of: plain}", "evaluate: default", "both of layer 1");
        refused(
                "{dictionary: processed, of: plain}",
                "evaluate: default",
                "`center_writing_weights`: add `center-writing` in `processing`");
        refused(
                "{dictionary: nowhere, of: plain}",
                "evaluate: default",
                "no dictionary `nowhere`",
                "there is no folder");
        Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(folder.resolve("foreign/ae.pt"), "");
        refused("{dictionary: foreign, of: plain}", "evaluate: default", "no dictionary in", "dictionary_learning");
        refused(
                "{dictionary: \"resid-{seed}\", of: plain}",
                "evaluate: default",
                "names an axis that the models do not have");
    }

    @Test
    void aSpecSaysForWhichActivationADictionaryIs() throws IOException {
        for (String one : List.of(
                "gemma-scope/layer_1/params.npz", "sparsify/layers.1/cfg.json", "sparsify/layers.1/sae.safetensors")) {
            Path own = folder.resolve(one);
            Files.createDirectories(Objects.requireNonNull(own.getParent()));
            Files.copy(RESOURCES.resolve("dictionaries").resolve(one), own);
        }
        ModelFamily family = Objects.requireNonNull(checked(
                        "{dictionary: [{path: gemma-scope/layer_1, reads: blocks.0.hook_resid_post}, {path: sparsify/layers.1, reads: blocks.1.hook_mlp_out}], of: plain}",
                        "apply: {ablate: dictionary.features, neurons: [L0F47, L1F63]}, read: default")
                .experiment()
                .models()
                .get("default"));
        assertThat(family.first().dictionaries().get(0).config().reads().name()).isEqualTo("blocks.0.hook_resid_post");
        assertThat(family.first().ref().label()).endsWith("with dictionaries layer_1 and layers.1");
        refused(
                "{dictionary: gemma-scope/layer_1, of: plain}",
                "evaluate: default",
                "reads: blocks.1.hook_resid_post}");
        refused("{dictionary: {path: gemma-scope/layer_1}, of: plain}", "evaluate: default", "reads");
        refused(
                "{dictionary: {path: nowhere, reads: blocks.0.hook_resid_post}, of: plain}",
                "evaluate: default",
                "there is no folder");
        refused(
                "{dictionary: {path: gemma-scope/layer_1, reads: blocks.1.mlp.hook_post}, of: plain}",
                "evaluate: default",
                "of 32 numbers",
                "has 64");
    }

    @Test
    void featuresAndNeuronsAreNotTakenForEachOther() throws IOException {
        dictionary("resid", "resid", about -> {});
        refused(MODEL, "apply: {ablate: dictionary.features, neurons: [L1N5]}, read: default", "L1N5 is a neuron");
        refused(MODEL, "apply: {ablate: mlp.post, neurons: [L1F5]}, read: default", "L1F5 is a feature");
        refused(MODEL, "apply: {ablate: dictionary.features, neurons: [L1F48]}, read: default", "features 0 to 47");
        refused(
                MODEL,
                "apply: {ablate: dictionary.features, neurons: [L0F5]}, read: default",
                "a dictionary in layer 1");
        refused(
                MODEL,
                "apply: {ablate: dictionary.features, over: [layer, neuron]}, read: default",
                "over: [layer, feature]");
        refused(MODEL, "apply: {ablate: mlp.post, over: [layer, feature]}, read: default", "has no features");
        refused(
                MODEL,
                "apply: {ablate: dictionary.features, layers: [0]}, read: default",
                "in layer 0: its dictionaries are in layers [1]");
        refused(
                "{folder: %s}".formatted(RESOURCES.resolve("parity/gpt2")),
                "apply: {ablate: dictionary.features, over: [layer, feature]}, read: default",
                "attach a dictionary");
        assertThat(checked(MODEL, "apply: {ablate: dictionary.features, over: [layer, feature]}, read: default")
                        .experiment())
                .isNotNull();
    }

    @Test
    void featuresThatAreStillToBeFoundAreInTheLayerOfTheDictionary() throws IOException {
        dictionary("resid", "resid", about -> {});
        String each = "each: {apply: {ablate: dictionary.features, over: [layer, feature]}, read: default";
        for (String found : List.of(
                "apply: {ablate: dictionary.features, neurons-from: {by: each, best: 2}}, read: default",
                "evaluate: {activation: dictionary.features, neurons-from: {by: each, best: 2}}",
                "max-activating: dictionary.features, neurons-from: {by: each, best: 2}, sample: {count: 40, seed: 1}")) {
            assertThat(checked(MODEL, found + ", model: default}, " + each).experiment())
                    .as(found)
                    .isNotNull();
        }
        refused(
                MODEL,
                "apply: {ablate: dictionary.features, neurons-from: {by: each, best: 2, layer: 0}}, read: default, model: default}, "
                        + each,
                "in layer 0: its dictionaries are in layers [1]");
    }

    @Test
    void aRunThatReadsWhatItWritesIsRefused() throws IOException {
        dictionary("resid", "resid", about -> {});
        refused(
                MODEL,
                "apply: {ablate: dictionary.features, neurons: [L1F5]}, read: {activation: dictionary.features, neurons: [L1F6]}",
                "writes");
    }
}
