package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.report.draw.Numbers;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.store.ResultStore;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page about one neuron of a tiny model, from a text of its own words. */
class NeuronCommandTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
    private static final int WORDS = 60;

    /** Whatever its claims came to: text of random words says nothing. */
    private static final ExitCode[] DONE = {ExitCode.CLAIMS_HOLD, ExitCode.CLAIM_REFUTED, ExitCode.CLAIM_UNDECIDED};

    @TempDir
    Path folder;

    private Path model;
    private Path text;

    @BeforeEach
    void write() throws IOException {
        model = Files.createDirectories(folder.resolve("a model"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GPT2.resolve(name), model.resolve(name));
        }
        StringBuilder vocabulary = new StringBuilder("\"<unk>\": 0");
        for (int i = 1; i <= WORDS; i++) {
            vocabulary.append(", \"w").append(i).append("\": ").append(i);
        }
        Files.writeString(model.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "normalizer": null, "added_tokens": [],
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {%s}}}
                """.formatted(vocabulary));
        Random random = new Random(1);
        StringBuilder words = new StringBuilder();
        for (int document = 0; document < 60; document++) {
            for (int i = 0; i < 16; i++) {
                words.append('w').append(1 + random.nextInt(WORDS)).append(' ');
            }
            words.append("\n\n");
        }
        text = Files.writeString(folder.resolve("my \"text\".txt"), words);
    }

    private Spoken neuron(String... more) {
        List<String> words = new ArrayList<>(List.of("neuron", model.toString()));
        words.addAll(List.of(more));
        words.addAll(List.of("--out", folder.resolve("out").toString(), "--keep", "0"));
        return Spoken.of(words.toArray(String[]::new));
    }

    @Test
    void thePageAndItsSpecAreWritten() throws IOException {
        Spoken spoken =
                neuron("L1N5", "--text", text.toString(), "--tokens", "800", "--edited", "160", "--window", "16");
        assertThat(spoken.exit()).as(spoken.err()).isIn(DONE);
        assertThat(spoken.out())
                .contains("When does neuron L1N5 of a model fire", "a rule of tokens tells where it is beyond half of");
        Path page = folder.resolve("out/a model-L1N5/report.html");
        assertThat(Files.readString(page))
                .contains(
                        "top 1 of 20",
                        "follows.alignment",
                        "rule.f1",
                        "context.tokens",
                        "Loss without another neuron of its layer");
        // The spec alone makes the same page.
        Path spec = folder.resolve("out/a model-L1N5.yaml");
        Spoken again = Spoken.of(
                "run",
                spec.toString(),
                "--data",
                folder.toString(),
                "--out",
                folder.resolve("again").toString());
        assertThat(again.exit()).as(again.err()).isEqualTo(spoken.exit());
        assertThat(folder.resolve("again/a model-L1N5/results.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("out/a model-L1N5/results.safetensors"));
    }

    /** The second page reads what the first one kept, whatever its own neuron is; it is the page of a run of its own. */
    @Test
    void anotherNeuronOfTheTextReadsWhatTheFirstOneKept() throws IOException {
        String[] words = {"--text", text.toString(), "--tokens", "800", "--edited", "0", "--window", "16"};
        Path shared = folder.resolve("out/.a model.neurons.work");
        page("L1N5", "out", words);
        List<Path> kept = files(shared);
        assertThat(kept).isNotEmpty();
        Spoken second = page("L1N6", "out", words);
        assertThat(second.out())
                .contains("When does neuron L1N6 of a model fire?")
                .doesNotContain("without another");
        assertThat(files(shared)).containsAll(kept);
        page("L1N6", "alone", words);
        assertThat(folder.resolve("out/a model-L1N6/results.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("alone/a model-L1N6/results.safetensors"));
        assertThat(folder.resolve("out/.a model-L1N6.work")).doesNotExist();
    }

    /** The copy has the same neurons at the same places. */
    @Test
    void thePageSaysWhichNeuronOfAnotherModelIsTheSame() throws IOException {
        Path other = Files.createDirectories(folder.resolve("a \"copy\""));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(model.resolve(name), other.resolve(name));
        }
        String[] words = {"--text", text.toString(), "--tokens", "800", "--edited", "0", "--window", "16"};
        List<String> more = new ArrayList<>(List.of(words));
        more.addAll(List.of("--also", other.toString(), "--also", model.toString()));
        Spoken spoken = page("L1N5", "out", more.toArray(String[]::new));
        assertThat(spoken.out().replaceAll("\\s+", " "))
                .contains(
                        "a neuron of a \"copy\" correlate with its own by 1.0",
                        "a neuron of a model correlate with its own by 1.0");
        Path run = folder.resolve("out/a model-L1N5");
        for (String name : List.of("elsewhere-1", "elsewhere-2")) {
            NamedArray table = new ResultStore()
                    .read(run).artifacts().stream()
                            .filter(a -> a instanceof Quantity q && q.name().equals(name))
                            .map(a -> ((Quantity) a).estimate())
                            .findFirst()
                            .orElseThrow();
            assertThat(table.axis("part").labels())
                    .containsExactly("match", "chance", "excess", "match-layer", "match-neuron");
            assertThat(table.data()[3]).isEqualTo(1);
            assertThat(table.data()[4]).isEqualTo(5);
        }
        Spoken feature =
                neuron("L1F5", "--text", text.toString(), "--dictionary", folder.toString(), "--also", "other");
        assertThat(feature.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(feature.err()).contains("--also");
    }

    /** One document without an empty line, documents with lines that end as on Windows, and a text of a few words. */
    @Test
    void textsOfOtherShapesHaveTheirPages() throws IOException {
        String words = Files.readString(text);
        String[] size = {"--tokens", "800", "--edited", "0", "--window", "16", "--text"};
        for (String shape : new String[] {"whole", "windows", "short"}) {
            String own = switch (shape) {
                case "whole" -> words.replace("\n\n", " ");
                case "windows" -> words.replace("\n", "\r\n");
                default -> words.substring(0, 50);
            };
            List<String> more = new ArrayList<>(List.of(size));
            more.add(Files.writeString(folder.resolve(shape + ".txt"), own).toString());
            Spoken spoken = page("L1N5", shape, more.toArray(String[]::new));
            String spec = Files.readString(folder.resolve(shape + "/a model-L1N5.yaml"));
            assertThat(spec.contains("windows-apart: true")).as(shape).isEqualTo(!shape.equals("windows"));
            assertThat(spec.contains("split-on: \"\\r\\n\\r\\n\"")).as(shape).isEqualTo(shape.equals("windows"));
            if (shape.equals("short")) {
                assertThat(spoken.out().replaceAll("\\s+", " ")).contains("undefined (there is no other text)");
            } else {
                assertThat(spoken.out()).doesNotContain("undefined (there is no other text)");
            }
        }
    }

    private Spoken page(String neuron, String out, String... more) {
        List<String> words = new ArrayList<>(List.of("neuron", model.toString(), neuron));
        words.addAll(List.of(more));
        words.addAll(List.of("--out", folder.resolve(out).toString()));
        Spoken spoken = Spoken.of(words.toArray(String[]::new));
        assertThat(spoken.exit()).as(spoken.err()).isIn((Object[]) DONE);
        return spoken;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void severalNeuronsHaveATableThatLeadsToTheirPages() throws IOException {
        Spoken spoken = neuron(
                "L1N5", "L0N7", "--text", text.toString(), "--tokens", "800", "--edited", "160", "--window", "16");
        assertThat(spoken.exit()).as(spoken.err()).isIn(DONE);
        String table = Files.readString(folder.resolve("out/neurons.html"));
        for (String neuron : new String[] {"L1N5", "L0N7"}) {
            assertThat(folder.resolve("out/a model-" + neuron + "/report.html")).exists();
            assertThat(table).contains("href=\"./a%20model-" + neuron + "/report.html\"");
            assertThat(table)
                    .contains("\"Fires at, share of tokens\">"
                            + Numbers.show(number(neuron, "rule.fires").data()[0]) + "</td>");
            NamedArray effect = number(neuron, "effect.kl");
            assertThat(effect.axes().get(0).labels().get(0) + " "
                            + effect.axes().get(1).labels().get(0))
                    .isEqualTo("zero firing");
            assertThat(table).contains("nats apart\">" + Numbers.show(effect.data()[0]) + "</td>");
        }
        assertThat(neuron("L1N5", "L1N5", "--text", text.toString()).err()).contains("L1N5 is named twice");
    }

    private NamedArray number(String neuron, String name) throws IOException {
        return new ResultStore()
                .read(folder.resolve("out/a model-" + neuron)).artifacts().stream()
                        .filter(artifact ->
                                artifact instanceof Quantity q && q.name().equals(name))
                        .map(artifact -> ((Quantity) artifact).estimate())
                        .findFirst()
                        .orElseThrow();
    }

    /** A dictionary of six features of the residual stream after the last layer. */
    private Path dictionary() throws IOException {
        Path own = Files.createDirectories(folder.resolve("a dictionary"));
        Random random = new Random(2);
        float[][] weights = new float[4][];
        int[] sizes = {32 * 6, 6, 6 * 32, 32};
        for (int i = 0; i < sizes.length; i++) {
            weights[i] = new float[sizes[i]];
            for (int k = 0; k < sizes[i]; k++) {
                weights[i][k] = (float) random.nextGaussian() / 4;
            }
        }
        new SafetensorsWriter()
                .floats("W_enc", new long[] {32, 6}, weights[0])
                .floats("b_enc", new long[] {6}, weights[1])
                .floats("W_dec", new long[] {6, 32}, weights[2])
                .floats("b_dec", new long[] {32}, weights[3])
                .write(own.resolve("sae_weights.safetensors"));
        Files.writeString(own.resolve("cfg.json"), """
                {"architecture": "standard", "d_in": 32, "d_sae": 6, "dtype": "float32", "device": "cpu",
                 "apply_b_dec_to_input": false, "normalize_activations": "none", "reshape_activations": "none",
                 "metadata": {"hook_name": "blocks.1.hook_resid_post", "model_name": "a model"}}
                """);
        return own;
    }

    @Test
    void aDictionaryThatDoesNotSayItsActivationIsToldIt() {
        String npz = Path.of(
                        System.getProperty("loupe.home"), "tests/src/test/resources/dictionaries/gemma-scope/layer_1")
                .toString();
        List<String> words = List.of(
                "L1F3",
                "--dictionary",
                npz,
                "--tokens",
                "800",
                "--edited",
                "0",
                "--window",
                "16",
                "--text",
                text.toString());
        assertThat(neuron(words.toArray(String[]::new)).err()).contains("--reads of `loupe neuron`");
        List<String> told = new ArrayList<>(words);
        told.addAll(List.of("--reads", "blocks.1.hook_resid_post"));
        Spoken spoken = neuron(told.toArray(String[]::new));
        assertThat(spoken.exit()).as(spoken.err()).isIn(DONE);
        assertThat(neuron("L1N3", "--reads", "blocks.1.hook_resid_post", "--text", text.toString())
                        .err())
                .contains("--reads is what the dictionary");
    }

    @Test
    void aFeatureOfADictionaryHasAPageToo() throws IOException {
        String[] size = {"--tokens", "800", "--edited", "160", "--window", "16", "--text", text.toString()};
        List<String> words =
                new ArrayList<>(List.of("L1F3", "--dictionary", dictionary().toString()));
        words.addAll(List.of(size));
        Spoken spoken = neuron(words.toArray(String[]::new));
        assertThat(spoken.exit()).as(spoken.err()).isIn(DONE);
        assertThat(Files.readString(folder.resolve("out/a model-L1F3/report.html")))
                .contains("feature L1F3", "Loss without another feature of its layer");
        words.set(0, "L1N3");
        assertThat(neuron(words.toArray(String[]::new)).err()).contains("L1N3 is a neuron");
        assertThat(neuron("L1F3", "--text", text.toString()).err()).contains("--dictionary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L1H5 | --tokens 800 | a neuron is written like L3N110",
                "L1N999 | --tokens 800 --window 16 --edited 160 | L1N999 does not exist",
                "L1N5 | --tokens 4 | --tokens at least --window, and --edited 0 or at least --window",
                "L1N5 | --variant x | --data and --variant are for specs"
            })
    void whatCannotBeIsTold(String name, String options, String said) {
        List<String> words = new ArrayList<>(List.of(name, "--text", text.toString()));
        words.addAll(List.of(options.split(" ")));
        Spoken spoken = neuron(words.toArray(String[]::new));
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err()).contains(said);
    }

    /** Before anything is read. */
    @Test
    void moreNeuronsThanPagesAreAskedFor() {
        Spoken many = neuron("L1N5", "L1N6", "L1N7", "--text", text.toString(), "--most-pages", "2");
        assertThat(many.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(many.err()).contains("3 neurons are 3 pages", "more than 2", "--most-pages 3");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aTextThatIsNotThereIsTold() {
        assertThat(neuron("L1N5", "--text", folder.resolve("none").toString()).err())
                .contains("--text: there is no file");
        assertThat(neuron("L1N5").exit()).isEqualTo(ExitCode.INPUT_WRONG);
    }
}
