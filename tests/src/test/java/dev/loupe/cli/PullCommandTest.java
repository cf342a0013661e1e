package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.hub.LocalHub;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.SafetensorsFile;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole tiny model on a hub on this machine: pulled, run and traced, with nothing but the ecosystem's variables set. */
class PullCommandTest {
    private static final Path GPT2 = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/gpt2");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"<unk>": 0, "the": 1, "cat": 2, "sat": 3, "on": 4, "mat": 5},
              "unk_token": "<unk>"}}
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private LocalHub hub;

    @BeforeEach
    void aHubAndACard() throws IOException {
        hub = new LocalHub();
        for (String name : List.of("config.json", "model.safetensors")) {
            hub.with("someone/tiny", name, Files.readAllBytes(GPT2.resolve(name)));
        }
        hub.with("someone/tiny", "tokenizer.json", TOKENIZER.getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/tiny-family.yaml"), """
                card: public
                title: a tiny model
                licence: none
                bos: none
                checkpoints: {in: revision, pattern: "step{step}", steps: [0, 100..300 by 100]}
                models:
                  tiny-gpt2:
                    repository: someone/tiny
                    aliases: tiny
                    config: {n_layers: 2, d_model: 32, n_heads: 4, d_mlp: 64, n_ctx: 24, d_vocab: 61, act_fn: gelu_new}
                """);
        spec("tiny", "{generator: repeated-tokens, period: 4..6, length: 20, rows: 4, seed: 1}");
        environment.put("HF_HOME", folder.resolve("hf").toString());
        environment.put("HF_ENDPOINT", hub.address());
        environment.put("HF_TOKEN", LocalHub.TOKEN);
        environment.put("LOUPE_MODELS", folder.resolve("models").toString());
    }

    @AfterEach
    void noHub() {
        hub.close();
    }

    private void spec(String model, String dataset) throws IOException {
        Files.writeString(
                folder.resolve("spec.yaml"),
                "loupe: 1\nmodel: " + model + "\ndataset: " + dataset + "\nmetric: loss\n");
    }

    private ExitCode loupe(String... words) {
        out.reset();
        err.reset();
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        Session session = new Session(terminal, Progress.silent(), new StopSignal(), environment);
        return new Main(session, Commands.all()).run(List.of(words));
    }

    private ExitCode run() {
        return loupe(
                "run",
                folder.resolve("spec.yaml").toString(),
                "--device",
                "cpu",
                "--out",
                folder.resolve("runs").toString());
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path repository() {
        return folder.resolve("hf/hub/models--someone--tiny");
    }

    private void corpus() throws IOException {
        try (InputStream in = PullCommandTest.class.getResourceAsStream("/parquet/snappy.parquet")) {
            hub.with("datasets/someone/words", "data/train-00000-of-00001-ab.parquet", in.readAllBytes());
        }
        hub.with("datasets/someone/words", "README.md", "not needed".getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("models/my-corpora.yaml"), """
                card: corpus
                title: Words
                corpora:
                  words: {repository: someone/words, licence: CC0, files: data/train-*.parquet, column: meta.lang}
                """);
        spec("tiny", "{generator: text, corpus: words}");
    }

    private Path data() {
        return folder.resolve("hf/hub/datasets--someone--words");
    }

    @Test
    void aCorpusIsPulledOnceAndReadWithoutTheHubAndTheRunSaysItsLicenceAndHash() throws IOException {
        corpus();
        assertThat(loupe("validate", folder.resolve("spec.yaml").toString())).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said()).contains("./loupe pull");
        assertThat(loupe("pull", "tiny", "words")).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("words: someone/words@" + LocalHub.COMMIT.substring(0, 12) + ", licence: CC0");
        Path snapshot = data().resolve("snapshots/" + LocalHub.COMMIT);
        assertThat(snapshot.resolve("README.md")).doesNotExist();
        byte[] bytes = Files.readAllBytes(snapshot.resolve("data/train-00000-of-00001-ab.parquet"));
        assertThat(data().resolve("blobs/" + LocalHub.sha256(bytes))).isRegularFile();
        assertThat(hub.seen)
                .filteredOn(seen -> seen.host().equals("store"))
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.authorization()).isNull());
        hub.close();
        environment.put("HF_HUB_OFFLINE", "1");
        assertThat(loupe("list")).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("words+").contains("someone/words, licence: CC0");
        assertThat(loupe("rows", folder.resolve("spec.yaml").toString()))
                .as(said())
                .isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    @Test
    void aRunFetchesTheCorpusThatItNames() throws IOException {
        corpus();
        Files.writeString(
                folder.resolve("models/my-corpora.yaml"),
                Files.readString(folder.resolve("models/my-corpora.yaml")).replace("meta.lang", "text"));
        byte[] bytes;
        try (InputStream in = PullCommandTest.class.getResourceAsStream("/parquet/snappy.parquet")) {
            bytes = in.readAllBytes();
        }
        hub.failing("/data/train-00000-of-00001-ab.parquet", LocalHub.cutAfter(1000));
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(hub.gets("ab.parquet"))
                .filteredOn(seen -> seen.range() != null && seen.host().equals("store"))
                .hasSize(1);
        assertThat(everyText(folder.resolve("runs")))
                .contains("words (someone/words@" + LocalHub.COMMIT.substring(0, 12) + "), licence: CC0")
                .contains("corpus/words/data/train-00000-of-00001-ab.parquet")
                .contains(LocalHub.sha256(bytes))
                .doesNotContain(LocalHub.TOKEN);
        environment.put("HF_HUB_OFFLINE", "1");
        Files.writeString(
                folder.resolve("spec.yaml"),
                Files.readString(folder.resolve("spec.yaml")).replace("words", "word"));
        assertThat(run()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("there is no corpus `word`; did you mean `words`?");
    }

    @Test
    void aCorpusOfWhichOnlySomeShardsAreThereIsNotWhole() throws IOException {
        corpus();
        hub.with("datasets/someone/words", "data/train-00001-of-00003-ab.parquet", new byte[] {1});
        assertThat(loupe("pull", "words")).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said()).contains("is incomplete after the download");
    }

    /** A dictionary for the model, among others of its repository, and a spec that ablates a feature of it. */
    private byte[] dictionary(String named) throws IOException {
        Path from = GPT2.resolveSibling("../dictionaries/gpt2/resid").normalize();
        byte[] weights = Files.readAllBytes(from.resolve("sae_weights.safetensors"));
        for (String layer : List.of("blocks.1.hook_resid_pre", "blocks.0.hook_resid_pre")) {
            hub.with("someone/saes", layer + "/cfg.json", Files.readAllBytes(from.resolve("cfg.json")));
            hub.with("someone/saes", layer + "/sae_weights.safetensors", weights);
            hub.with("someone/saes", layer + "/sparsity.safetensors", new byte[] {1, 2, 3});
        }
        Files.writeString(folder.resolve("models/my-dictionaries.yaml"), """
                card: dictionary
                title: Dictionaries of a tiny model
                dictionaries:
                  tiny-res-l{layer}:
                    repository: someone/saes
                    licence: CC0
                    layers: 0..1
                    folder: blocks.{layer}.hook_resid_pre
                    reads: blocks.{layer}.hook_resid_pre
                """);
        Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model: {plain: tiny, default: {dictionary: %s, of: plain}}
                dataset: {generator: repeated-tokens, period: 4..6, length: 20, rows: 4, seed: 1}
                metric: loss
                measure: {it: {apply: {ablate: dictionary.features, neurons: [L1F5]}, read: loss, as: change, model: default}}
                """.formatted(named));
        return weights;
    }

    private Path saes() {
        return folder.resolve("hf/hub/models--someone--saes");
    }

    @Test
    void aDictionaryIsPulledByItsCardWithoutTheOthersOfItsRepositoryAndTheRunSaysLicenceAndHash() throws IOException {
        byte[] weights = dictionary("tiny-res-l1");
        assertThat(loupe("validate", folder.resolve("spec.yaml").toString())).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said())
                .contains(
                        "the dictionary tiny-res-l1 (someone/saes) is not on this machine", "./loupe pull tiny-res-l1");
        hub.failing("/blocks.1.hook_resid_pre/sae_weights.safetensors", LocalHub.otherBytes(), LocalHub.cutAfter(100));
        assertThat(loupe("pull", "tiny", "tiny-res-l1")).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("tiny-res-l1: someone/saes@" + LocalHub.COMMIT.substring(0, 12)
                        + ", blocks.1.hook_resid_pre, licence: CC0");
        Path snapshot = saes().resolve("snapshots/" + LocalHub.COMMIT);
        assertThat(snapshot.resolve("blocks.1.hook_resid_pre/sae_weights.safetensors"))
                .isSymbolicLink()
                .hasBinaryContent(weights);
        assertThat(snapshot.resolve("blocks.1.hook_resid_pre/sparsity.safetensors"))
                .doesNotExist();
        assertThat(snapshot.resolve("blocks.0.hook_resid_pre")).doesNotExist();
        assertThat(saes().resolve("blobs/" + LocalHub.sha256(weights))).isRegularFile();
        hub.close();
        environment.put("HF_HUB_OFFLINE", "1");
        assertThat(loupe("list")).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("tiny-res-l0 tiny-res-l1+");
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(everyText(folder.resolve("runs")))
                .contains("dictionary tiny-res-l1 (someone/saes@" + LocalHub.COMMIT.substring(0, 12)
                        + ", blocks.1.hook_resid_pre), licence: CC0")
                .contains("dictionary/tiny-res-l1/sae_weights.safetensors")
                .contains(LocalHub.sha256(weights));
    }

    @Test
    void aRunFetchesADictionaryThatHasNoCard() throws IOException {
        dictionary("{repository: someone/saes, folder: blocks.1.hook_resid_pre}");
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(everyText(folder.resolve("runs")))
                .contains("dictionary someone/saes/blocks.1.hook_resid_pre (someone/saes@")
                .contains("licence: not stated in the spec");
        dictionary("{repository: someone/saes, folder: blocks.2.hook_resid_pre}");
        assertThat(run()).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said()).contains("has no dictionary in its folder", "did you mean the folder blocks.");
        hub.with("someone/other", "layer_1/params.safetensors", new byte[] {1});
        dictionary("{repository: someone/other, folder: layer_1}");
        assertThat(run()).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said()).contains("params.safetensors is in the format of Gemma Scope 2", "save_model(FOLDER)");
        dictionary("{repository: someone/saes, folder: ../../evil}");
        assertThat(run()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("`folder` is a folder of the repository");
    }

    @Test
    void aCardOrTheSpecSaysForWhichActivationADictionaryOfOthersIs() throws IOException {
        dictionary("gemma-l1");
        Path others = GPT2.resolveSibling("../dictionaries").normalize();
        for (String file : List.of(
                "gemma-scope/layer_1/params.npz", "sparsify/layers.1/cfg.json", "sparsify/layers.1/sae.safetensors")) {
            hub.with("someone/others", file, Files.readAllBytes(others.resolve(file)));
        }
        Files.writeString(folder.resolve("models/gemma.yaml"), """
                card: dictionary
                title: Of another trainer
                dictionaries:
                  gemma-l{layer}:
                    repository: someone/others
                    licence: CC0
                    layers: 1
                    folder: gemma-scope/layer_{layer}
                    reads: blocks.{layer}.hook_resid_post
                """);
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(everyText(folder.resolve("runs")))
                .contains("dictionary gemma-l1 (someone/others@")
                .contains("dictionary/gemma-l1/params.npz");
        dictionary("{repository: someone/others, folder: sparsify/layers.1, reads: blocks.1.hook_mlp_out}");
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        dictionary("{repository: someone/others, folder: sparsify/layers.1}");
        assertThat(run()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("reads: blocks.1.hook_resid_post}");
    }

    /** As huggingface_hub leaves it: snapshots are links into blobs, at a place that HF_HUB_CACHE names. */
    @Test
    void aDictionaryThatPythonFetchedIsReadWhereItLies() throws IOException {
        byte[] weights = dictionary("tiny-res-l1");
        assertThat(loupe("pull", "tiny")).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        Path elsewhere = folder.resolve("elsewhere");
        Files.createDirectories(elsewhere);
        Files.move(repository(), elsewhere.resolve("models--someone--tiny"));
        environment.remove("HF_HOME");
        environment.put("HF_HUB_CACHE", elsewhere.toString());
        Path own = elsewhere.resolve("models--someone--saes");
        Path snapshot = own.resolve("snapshots/" + LocalHub.COMMIT + "/blocks.1.hook_resid_pre");
        Files.createDirectories(snapshot);
        Files.createDirectories(own.resolve("blobs"));
        Files.createDirectories(own.resolve("refs"));
        Files.writeString(own.resolve("refs/main"), LocalHub.COMMIT);
        Path from = GPT2.resolveSibling("../dictionaries/gpt2/resid").normalize();
        Files.copy(from.resolve("cfg.json"), own.resolve("blobs/0123456789abcdef0123456789abcdef01234567"));
        Files.write(own.resolve("blobs/" + LocalHub.sha256(weights)), weights);
        Files.createSymbolicLink(
                snapshot.resolve("cfg.json"), Path.of("../../../blobs/0123456789abcdef0123456789abcdef01234567"));
        assertThat(loupe("validate", folder.resolve("spec.yaml").toString())).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        Files.createSymbolicLink(
                snapshot.resolve("sae_weights.safetensors"), Path.of("../../../blobs/" + LocalHub.sha256(weights)));
        hub.close();
        environment.put("HF_HUB_OFFLINE", "1");
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    @Test
    void whatACardSaysOfADictionaryMustBeSo() throws IOException {
        dictionary("tiny-res-l0");
        assertThat(loupe("pull", "tiny", "tiny-res-l0")).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(run()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said())
                .contains("is for blocks.1.hook_resid_pre, but the card of tiny-res-l0 says that it reads "
                        + "blocks.0.hook_resid_pre");
        Path card = folder.resolve("models/my-dictionaries.yaml");
        String text = Files.readString(card);
        dictionary("tiny-res-l1");
        Files.writeString(card, text + "    processing: center-writing\n");
        assertThat(loupe("pull", "tiny-res-l1")).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(run()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("`center_writing_weights`: add `center-writing` in `processing`");
        dictionary("tiny-res-l3");
        assertThat(run()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("there is no dictionary `tiny-res-l3`", "did you mean `tiny-res-l");
    }

    @Test
    void pulledOnceItRunsAndTracesWithoutTheHub() throws IOException {
        assertThat(loupe("pull", "tiny")).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("someone/tiny@" + LocalHub.COMMIT.substring(0, 12))
                .contains(repository().resolve("snapshots").toString());
        hub.close();
        environment.put("HF_HUB_OFFLINE", "1");
        environment.put("HF_ENDPOINT", "http://127.0.0.1:1");
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        String result = everyText(folder.resolve("runs"));
        assertThat(result)
                .contains("someone/tiny@" + LocalHub.COMMIT.substring(0, 12))
                .doesNotContain(LocalHub.TOKEN);
        Path trace = folder.resolve("trace.safetensors");
        ExitCode traced = loupe("trace", "--model", "tiny-gpt2", "--tokens", "1,2,3,4", "--out", trace.toString());
        assertThat(traced).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(loupe("trace", "--model", GPT2.toString(), "--tokens", "1,2,3,4", "--out", trace + "2"))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(SafetensorsFile.open(trace).tensor("logits").floats())
                .containsExactly(SafetensorsFile.open(Path.of(trace + "2"))
                        .tensor("logits")
                        .floats());
        assertThat(loupe("list")).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("tiny-gpt2+").contains("4 checkpoints");
    }

    @Test
    void theFirstRunDownloadsAndChecksDoNot() throws IOException {
        for (String command : List.of("validate", "explain")) {
            assertThat(loupe(command, folder.resolve("spec.yaml").toString()))
                    .as(said())
                    .isEqualTo(ExitCode.CLAIMS_HOLD);
        }
        assertThat(hub.seen).isEmpty();
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(hub.seen).isNotEmpty();
        int asked = hub.seen.size();
        assertThat(run()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(hub.seen).hasSize(asked);
    }

    @Test
    void textIsCheckedWithTheTokenizerBeforeWeightsCome() throws IOException {
        spec("tiny", "{generator: text, text: 'the cat sat on the mat', bos: none}");
        assertThat(loupe("validate", folder.resolve("spec.yaml").toString())).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said()).contains("tokenizer of tiny-gpt2").contains("loupe pull tiny-gpt2");
        assertThat(hub.seen).isEmpty();
        // Only its tokens tell that this text is longer than the model's context.
        spec("tiny", "{generator: text, text: '" + "the cat ".repeat(20) + "', bos: none}");
        assertThat(run()).as(said()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(hub.gets("tokenizer.json")).hasSize(1);
        assertThat(hub.gets("model.safetensors")).isEmpty();
        spec("tiny", "{generator: text, text: 'the cat sat on the mat', bos: none}");
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    @Test
    void aModelThatIsNowhereIsOneSentence() throws IOException {
        environment.put("HF_HUB_OFFLINE", "1");
        assertThat(run()).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said().strip().lines()).hasSize(1);
        assertThat(said())
                .contains(folder.resolve("models").toString())
                .contains(folder.resolve("hf/hub").toString())
                .contains("./loupe pull tiny-gpt2");
        environment.remove("HF_HUB_OFFLINE");
        hub.failing("revision/main", LocalHub.status(403, "X-Error-Code", "GatedRepo"));
        assertThat(run()).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said()).contains("accept its terms at " + hub.address() + "/someone/tiny");
    }

    @Test
    void checkpointsAreCheckedAndFetchedByTheirRevisions() throws IOException {
        assertThat(loupe("pull", "tiny", "--checkpoint", "100,250")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("no checkpoint 250; did you mean 200 or 300?");
        assertThat(loupe("pull", "tinny")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("did you mean `tiny`");
        assertThat(loupe("pull", "tiny-family")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("its models are tiny-gpt2");
        assertThat(hub.seen).isEmpty();
        assertThat(loupe("pull", "tiny", "--checkpoint", "0,150..300"))
                .as(said())
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(repository().resolve("refs")).isDirectoryContaining("glob:**/step{0,200,300}");
        spec(
                "{card: tiny, checkpoints: [0, 200..300]}",
                "{generator: repeated-tokens, period: 4, length: 9, rows: 2, seed: 1}");
        hub.close();
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        spec("{card: tiny, checkpoints: 120}", "{generator: repeated-tokens, period: 4, length: 9, rows: 2, seed: 1}");
        assertThat(loupe("validate", folder.resolve("spec.yaml").toString())).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said()).contains("spec.yaml:2:34").contains("did you mean 100 or 200?");
    }

    @Test
    void aCardThatDescribesAnotherShapeIsFoundOut() throws IOException {
        Path card = folder.resolve("models/tiny-family.yaml");
        Files.writeString(card, Files.readString(card).replace("n_layers: 2", "n_layers: 3"));
        assertThat(run()).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(said())
                .contains("the card of tiny-gpt2 does not describe someone/tiny")
                .contains("n_layers is 3 in the card and 2 in config.json")
                .doesNotContain("ModelShape");
    }

    @Test
    void aRepositoryOfWeightsAloneIsWhatItsCardSays() throws IOException {
        Path solu = GPT2.resolveSibling("tl-solu");
        hub.with("someone/toy", "toy_v3_final.pth", Files.readAllBytes(solu.resolve("model_final.pth")));
        Files.writeString(folder.resolve("models/toys.yaml"), """
                card: public
                title: weights and nothing else
                licence: none
                bos: none
                files: []
                weights: [model_final.pth, "*final.pth"]
                models:
                  toy:
                    repository: someone/toy
                    config: {n_layers: 2, d_model: 32, d_head: 8, n_heads: 4, d_mlp: 48, n_ctx: 24, d_vocab: 61, act_fn: solu_ln}
                """);
        Path trace = folder.resolve("trace.safetensors");
        assertThat(loupe("trace", "--model", "toy", "--tokens", "7,8,9", "--out", trace.toString()))
                .as(said())
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(loupe("trace", "--model", solu.toString(), "--tokens", "7,8,9", "--out", trace + "2"))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(Files.readAllBytes(trace)).isEqualTo(Files.readAllBytes(Path.of(trace + "2")));
        spec("toy", "{generator: repeated-tokens, period: 4, length: 9, rows: 2, seed: 1}");
        assertThat(run()).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    @Test
    void killedInTheMiddleItGoesOn() throws Exception {
        assumeFalse(File.separatorChar == '\\', "signals are sent with kill");
        byte[] weights = Files.readAllBytes(GPT2.resolve("model.safetensors"));
        hub.failing("model.safetensors", hub.stallAfter(3000));
        Process pull = process("pull", "tiny");
        Path part = repository().resolve("blobs").resolve(LocalHub.sha256(weights) + ".incomplete");
        await().atMost(PATIENCE).until(() -> Files.exists(part) && Files.size(part) == 3000);
        pull.destroyForcibly();
        assertThat(pull.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(repository().resolve("snapshots")).doesNotExist();
        assertThat(part).hasSize(3000);
        assertThat(loupe("pull", "tiny")).as(said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(hub.gets("model.safetensors"))
                .extracting(LocalHub.Seen::range)
                .contains("bytes=3000-");
        assertThat(part).doesNotExist();
        assertThat(repository().resolve("snapshots/" + LocalHub.COMMIT + "/model.safetensors"))
                .hasBinaryContent(weights);
    }

    @Test
    void twoProcessesShareOneDownload() throws Exception {
        List<Process> both = List.of(process("pull", "tiny"), process("pull", "tiny"));
        for (Process one : both) {
            assertThat(one.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(one.exitValue()).isZero();
        }
        assertThat(hub.gets("model.safetensors"))
                .filteredOn(s -> s.host().equals("store"))
                .hasSize(1);
    }

    private Process process(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dloupe.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.loupe.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("process.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HF_") || name.startsWith("LOUPE_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String everyText(Path below) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().endsWith(".safetensors"))
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
