package dev.loupe.fuzz;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.dictionary.Dictionary;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.dictionary.StatedHooks;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Transformer;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.tensors.GgufFile;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.TorchFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The kinds of files that Loupe reads from strangers. */
final class FuzzTargets {
    private static final Path RESOURCES = Specs.HOME.resolve("tests/src/test/resources");

    private static final String SPEC = """
            loupe: 1
            id: "6.20"
            title: A spec
            question: Which heads?
            model:
              planted: {plant: heads, vocabulary: 16}
              fresh: {reinitialise: planted, seeds: 0..1}
            dataset:
              repeats: {generator: repeated-tokens, period: 4..7, length: 16, rows: 4, seed: 1}
              pairs: {generator: tokens, ids: [[1, 2, 3]], corrupted: [[1, 5, 3]], answer: [1], wrong: [2]}
            intervention:
              off: {ablate: attn.z, over: [layer, head], with: {mean: {of: repeats, per: position}}}
              found: {patch: attn.z, heads-from: {by: scores.IND, above: 0.4}, from: clean}
            metric:
              late: {loss: {at: second-half}}
              diff: logit-difference
            measure:
              scores: {head-scores: [IND, PREV], dataset: repeats, chance: {shuffled-tokens: {times: 3, seed: 5}}}
              damage: {apply: off, read: late, dataset: repeats}
              both: {apply: found, read: diff, dataset: pairs, as: recovery}
            claims:
              - {say: one, that: {max: scores.IND, where: {layer: 1}}, above: 0.5}
              - {say: two, that: {difference: [{max: damage}, {mean: damage}]}, below: 9, in-at-least: 1}
            report: {answer: "Heads {{top(scores.IND, 2)}}, {{claim(1)}}."}
            variants: {short: {dataset: {repeats: {rows: 2}}}}
            """;

    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [{"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
               "normalized": false, "special": true}],
             "normalizer": null, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
               "use_regex": true}, "post_processor": {"type": "ByteLevel", "add_prefix_space": true,
               "trim_offsets": false, "use_regex": true}, "decoder": {"type": "ByteLevel", "add_prefix_space": true,
               "trim_offsets": true, "use_regex": true},
             "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "",
               "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
               "vocab": {"<s>": 0, "a": 1, "b": 2, "c": 3, "ab": 4, "Ġ": 5, "Ġa": 6}, "merges": [["a", "b"], ["Ġ", "a"]]}}
            """;

    private static final List<String> JSON =
            List.of("{", "}", "[", "]", "\"", ",", ":", "null", "true", "\"a\":", "-1", "1e999", "\\u0000", "\\ud800");

    private FuzzTargets() {}

    /** @param folder takes what belongs beside a mutant */
    static List<FuzzTarget> all(Path folder) throws IOException {
        Path gpt2 = RESOURCES.resolve("parity/gpt2");
        Path llama = RESOURCES.resolve("parity/llama-gqa");
        return List.of(
                spec(),
                config("config.json of GPT-2", gpt2, folder),
                config("config.json of Llama", llama, folder),
                weights(gpt2, folder),
                torch("torch archive", bytes -> bytes),
                torch("torch pickle", FuzzTargets::archived),
                tokenizer(),
                vocabulary("vocab.json", folder),
                vocabulary("merges.txt", folder),
                gguf(),
                dictionary("standard", "cfg.json", folder),
                dictionary("dictionary-learning/MatryoshkaBatchTopKSAE", "config.json", folder),
                dictionary("dictionary-learning/GatedAutoEncoder", "ae.pt", folder),
                dictionary("gemma-scope/layer_1", "params.npz", folder));
    }

    private static FuzzTarget spec() {
        ModelCatalog none = new ModelCatalog(List.of());
        List<String> words = List.of(
                "extends: ",
                "*a",
                "&a ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ": ",
                "\n",
                "~",
                "default",
                "scores.IND",
                "L0H9",
                "attn.pattern",
                "over",
                "window",
                "best: 0",
                "\"\\u0007\"",
                "\t",
                "!!int",
                "%YAML",
                "..",
                "..3",
                "\u202e");
        return new FuzzTarget("spec", List.of(utf8(SPEC)), words, "spec.yaml", folder -> {
            SpecFile file = new SpecFile(folder.resolve("spec.yaml"), folder, null, List.of(), none);
            file.check();
            file.checkVariants();
        });
    }

    private static FuzzTarget config(String name, Path model, Path folder) throws IOException {
        List<String> words = List.of(
                "\"model_type\"",
                "\"rope_scaling\":",
                "\"n_layer\":",
                "\"num_key_value_heads\":",
                "\"quantization_config\":",
                "\"llama\"",
                "\"gpt2\"",
                "\"relu\"",
                "{",
                "}",
                ",",
                "\"",
                "null",
                "-1",
                "0",
                "1e999");
        Path own = Files.createDirectories(folder.resolve(model.getFileName()));
        Files.copy(model.resolve("model.safetensors"), own.resolve("model.safetensors"));
        return new FuzzTarget(
                name,
                List.of(Files.readAllBytes(model.resolve("config.json"))),
                words,
                own.getFileName() + "/config.json",
                at -> logits(own));
    }

    private static FuzzTarget weights(Path model, Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve("weights"));
        Files.copy(model.resolve("config.json"), own.resolve("config.json"));
        List<String> words = List.of("\"F32\"", "\"BF16\"", "\"shape\":", "[0,", "{", "}", "\"", "-1", "99999999999");
        return new FuzzTarget(
                "safetensors",
                List.of(Files.readAllBytes(model.resolve("model.safetensors"))),
                words,
                "weights/model.safetensors",
                at -> {
                    SafetensorsFile file = SafetensorsFile.open(own.resolve("model.safetensors"));
                    file.names().forEach(name -> file.tensor(name).floats());
                    logits(own);
                });
    }

    private static FuzzTarget torch(String name, java.util.function.UnaryOperator<byte[]> wrap) throws IOException {
        Path archive = RESOURCES.resolve("fuzz/tiny.pth");
        List<byte[]> seeds = List.of(name.endsWith("pickle") ? pickle(archive) : Files.readAllBytes(archive));
        List<String> words =
                List.of("cos\nsystem\n", "R", ".", "(", "t", "X\u0001\u0000\u0000\u0000a", "\u0080\u0002", "}", "q");
        return new FuzzTarget(name, seeds, words, "tiny.pth", wrap, folder -> {
            TorchFile file = TorchFile.open(folder.resolve("tiny.pth"));
            file.names().forEach(tensor -> file.tensor(tensor).floats());
        });
    }

    private static FuzzTarget tokenizer() {
        return new FuzzTarget("tokenizer.json", List.of(utf8(TOKENIZER)), JSON, "tokenizer.json", folder -> {
            try (HubTokenizer tokenizer = HubTokenizer.open(folder.resolve("."))) {
                read(tokenizer);
            }
        });
    }

    private static FuzzTarget vocabulary(String file, Path folder) throws IOException {
        Path files = RESOURCES.resolve("tokenizers/bpe-files");
        Path own = Files.createDirectories(folder.resolve("bpe-" + file));
        for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json")) {
            Files.copy(files.resolve(name), own.resolve(name));
        }
        List<byte[]> seeds = List.of(Files.readAllBytes(files.resolve(file)));
        List<String> words = file.endsWith("json") ? JSON : List.of("\n", " ", "#version", "a b", "\u0120", "  ");
        return new FuzzTarget(file, seeds, words, own.getFileName() + "/" + file, at -> {
            try (HubTokenizer tokenizer = HubTokenizer.open(own)) {
                read(tokenizer);
            }
        });
    }

    private static void read(HubTokenizer tokenizer) {
        int[] ids = tokenizer.encode("a ab c abc, naïve").ids();
        tokenizer.decode(ids, false);
        for (int id : ids) {
            tokenizer.display(id);
        }
    }

    private static FuzzTarget dictionary(String name, String file, Path folder) throws IOException {
        Path from = RESOURCES.resolve("dictionaries").resolve(name);
        Path own = Files.createDirectories(folder.resolve("dictionary-" + file));
        for (String other : List.of("cfg.json", "sae_weights.safetensors", "config.json", "ae.pt", "params.npz")) {
            if (Files.exists(from.resolve(other))) {
                Files.copy(from.resolve(other), own.resolve(other));
            }
        }
        List<String> words = List.of(
                "\"d_sae\":",
                "\"k\":",
                "\"dict_size\":",
                "\"threshold\"",
                "resid_post_layer_9999",
                "{",
                "}",
                "\"",
                "null",
                "-1",
                "1e999");
        return new FuzzTarget(
                "dictionary " + file,
                List.of(Files.readAllBytes(from.resolve(file))),
                words,
                own.getFileName() + "/" + file,
                at -> {
                    try (NDManager manager = Backend.cpu()) {
                        StatedHooks stated = StatedHooks.of(
                                "the spec", file.equals("params.npz") ? "blocks.0.hook_resid_post" : "", "");
                        Dictionary read =
                                DictionaryFolder.open(own, stated, null).load(manager);
                        read.code(manager.ones(new Shape(1, read.config().in())))
                                .features();
                    }
                });
    }

    private static FuzzTarget gguf() throws IOException {
        List<byte[]> seeds = List.of(
                Files.readAllBytes(RESOURCES.resolve("gguf/gpt2.gguf")),
                Files.readAllBytes(RESOURCES.resolve("gguf/llama-biased.gguf")));
        List<String> words =
                List.of("GGUF", "gpt2", "llama", ".block_count", "token_embd.weight", "general.architecture");
        return new FuzzTarget("GGUF", seeds, words, "model.gguf", folder -> {
            Path path = folder.resolve("model.gguf");
            GgufFile file = GgufFile.open(path);
            file.names().forEach(file::floats);
            logits(path);
        });
    }

    /** What is accepted gives finite logits, or is refused when it is loaded. */
    private static void logits(Path model) {
        ModelFolder opened = ModelFolder.open(model);
        try (NDManager manager = Backend.cpu();
                Transformer transformer = opened.load(Set.of(), manager)) {
            int length = Math.min(3, opened.config().nCtx());
            NDArray tokens = manager.zeros(new Shape(1, length), DataType.INT64);
            for (float logit : transformer.logits(tokens, manager).toFloatArray()) {
                if (!Float.isFinite(logit)) {
                    throw new UserInputException("the logits of this model are not finite numbers");
                }
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pickle(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.getInputStream(zip.getEntry("tiny/data.pkl")).readAllBytes();
        }
    }

    /** A torch archive around a pickle, with checksums that are right. */
    private static byte[] archived(byte[] pickle) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setMethod(ZipOutputStream.STORED);
            entry(out, "tiny/data.pkl", pickle);
            entry(out, "tiny/byteorder", utf8("little"));
            entry(out, "tiny/version", utf8("3\n"));
            int[] sizes = {24, 8, 24};
            for (int i = 0; i < sizes.length; i++) {
                entry(out, "tiny/data/" + i, new byte[sizes[i]]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
