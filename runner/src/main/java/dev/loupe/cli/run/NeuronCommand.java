package dev.loupe.cli.run;

import dev.loupe.backend.Backend;
import dev.loupe.cli.option.RunOptions;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.execute.keep.SharedFolder;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.dictionary.StatedHooks;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.report.NeuronIndexPage;
import dev.loupe.resolve.SpecFile;
import dev.loupe.result.RunResult;
import dev.loupe.text.TextFile;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe neuron MODEL L12N881 --text FILE}: a page about one neuron, or about each of several, and the spec that makes it. */
@Command(
        name = "neuron",
        defaultValueProvider = NeuronDefaults.class,
        description =
                "Write a page about one neuron, or one feature of a dictionary: the text where it fires, a rule of tokens for it "
                        + "tested on other text, how much of the text it needs, the tokens that it raises, and the loss "
                        + "without it, beside others of its layer. The spec of the page is written too, to be changed "
                        + "and run. The exit code says whether the rule and the loss exceed chance, as for `run`.")
public final class NeuronCommand implements Callable<ExitCode> {
    /** Windows of fewer tokens say too little. */
    private static final int SHORTEST = 8;

    private final Session session;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name or folder of a model with a tokenizer.")
    private String model = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NEURON",
            description =
                    "Layer and neuron, such as L12N881, or with --dictionary layer and feature, such as L6F123. Several get a page "
                            + "each and a table that leads to them, " + NeuronIndexPage.FILE
                            + ". What the model computes on the text is kept in --out, so that a further neuron of the same "
                            + "text takes a fraction of the time.")
    private List<String> neurons = List.of();

    @Option(
            names = "--text",
            paramLabel = "FILE",
            required = true,
            description = "The text: UTF-8, or JSON lines with a key `text`.")
    private Path text = Path.of("");

    @Option(
            names = "--dictionary",
            paramLabel = "DIR",
            description = "Folder of a dictionary, whose feature the page is about.")
    private @Nullable Path dictionary;

    @Option(
            names = "--reads",
            paramLabel = "HOOK",
            description =
                    "The hook point that the dictionary is for, such as blocks.12.hook_resid_post, where its files do not "
                            + "say it.")
    private @Nullable String reads;

    @Option(
            names = "--split-on",
            paramLabel = "TEXT",
            description =
                    "What separates documents. Default: <|endoftext|> where the file has it, otherwise an empty line. "
                            + "A document gives at most one example of a kind.")
    private @Nullable String splitOn;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Tokens of the text that are scanned, about. Default: ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--edited",
            paramLabel = "N",
            defaultValue = "1024",
            description =
                    "Tokens on which the model runs again without the neuron, and 20 times without another one; 0 leaves "
                            + "this part out, which takes most of the time. Default: ${DEFAULT-VALUE}.")
    private int edited;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "128",
            description =
                    "Tokens that the model reads at a time; fewer where most documents are shorter than half of that. "
                            + "Default: ${DEFAULT-VALUE}.")
    private int window;

    @Option(
            names = "--also",
            paramLabel = "MODEL",
            description =
                    "Another model that reads the same tokens, such as another seed or checkpoint, by name or folder: the page "
                            + "says which of its neurons is active most nearly where this one is, beside random "
                            + "mixtures of its neurons. May be repeated; each reads the text once more.")
    private List<String> also = List.of();

    @Option(
            names = "--most-pages",
            paramLabel = "N",
            defaultValue = "100",
            description = "Neurons in one command, each of which gets a page of its own, above which none is made. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int mostPages;

    @Mixin
    private RunOptions options = new RunOptions();

    public NeuronCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        if (neurons.size() > mostPages) {
            throw new UserInputException(neurons.size() + " neurons are " + neurons.size() + " pages, and more than "
                    + mostPages + " are made only where that is asked for: --most-pages " + neurons.size()
                    + ". A spec with `max-activating` of whole `layers` shows many neurons on one page");
        }
        SpecRun run = new SpecRun(session, options, false);
        run.settle();
        Map<String, NeuronSpec> asked = new LinkedHashMap<>();
        for (String neuron : neurons) {
            if (asked.put(neuron, spec(neuron)) != null) {
                throw new UserInputException(neuron + " is named twice");
            }
        }
        options.spec.data = data();
        run.makeOut();
        Backend.startAhead();
        Map<Path, SpecFile.Checked> checked = new LinkedHashMap<>();
        Map<String, Path> files = new LinkedHashMap<>();
        ModelFolder opened = NamedFolder.open(model, options.spec.catalog(session));
        boolean gated = dictionary == null && opened != null && opened.config().gatedMlp();
        if (opened != null) {
            NamedFolder.hashAhead(opened);
        }
        int units = units(opened);
        for (Map.Entry<String, NeuronSpec> one : asked.entrySet()) {
            NeuronSpec spec = one.getValue().among(units);
            Path file = written(one.getKey(), gated ? spec.withGate() : spec);
            SpecFile.Checked first = run.check(file);
            if (!gated && dictionary == null && hasGates(first)) {
                // A model that has to be fetched, or made, is known after its first check.
                gated = true;
                first = run.check(written(one.getKey(), spec.withGate()));
            }
            files.put(one.getKey(), file);
            checked.put(file, first);
        }
        Map<String, RunResult> results = new LinkedHashMap<>();
        Map<String, Path> folders = new LinkedHashMap<>();
        try (SharedFolder shared = SharedFolder.take(options.out.resolve(sharedName(asked)))) {
            if (shared != null) {
                run.share(shared.folder());
            }
            for (Map.Entry<String, Path> one : files.entrySet()) {
                Path file = one.getValue();
                SpecFile.Checked spec = Objects.requireNonNull(checked.get(file));
                results.put(one.getKey(), run.run(file, spec, session.progress()));
                folders.put(one.getKey(), run.folder(file));
                say("Spec: " + file + ", to be run with --data " + data());
            }
        }
        if (results.size() > 1) {
            String title = "Neurons of " + asked.values().iterator().next().name();
            new NeuronIndexPage().write(title, results, folders, options.out);
            say("Table: " + options.out.resolve(NeuronIndexPage.FILE));
        }
        return results.values().stream()
                .map(result -> ExitCode.of(result.verdict()))
                .reduce(ExitCode.CLAIMS_HOLD, ExitCode::worse);
    }

    private static boolean hasGates(SpecFile.Checked spec) {
        return spec.whole().plan().steps().stream()
                .anyMatch(step ->
                        step instanceof LoadModel load && load.model().shape().gated());
    }

    /** The folder in which all pages of a model, or of one of its dictionaries, share what is kept of their texts. */
    private String sharedName(Map<String, NeuronSpec> asked) {
        Path features = dictionary;
        return "." + asked.values().iterator().next().name()
                + (features == null
                        ? ""
                        : "-" + features.toAbsolutePath().normalize().getFileName())
                + ".neurons.work";
    }

    private void say(String line) {
        session.terminal().out().println(VisibleText.line(line));
    }

    private NeuronSpec spec(String neuron) throws IOException {
        if (!Files.isRegularFile(text)) {
            throw new UserInputException("--text: there is no file " + text);
        }
        if (window < SHORTEST || tokens < window || edited < 0 || (edited > 0 && edited < window)) {
            throw new UserInputException("--window must be at least " + SHORTEST
                    + ", --tokens at least --window, and --edited 0 or at least --window");
        }
        if (options.spec.data != null || options.spec.variant != null) {
            throw new UserInputException("--data and --variant are for specs; `neuron` reads the file of --text");
        }
        if (reads != null && dictionary == null) {
            throw new UserInputException("--reads is what the dictionary of --dictionary reads");
        }
        if (!also.isEmpty() && dictionary != null) {
            throw new UserInputException(
                    "--also looks for a neuron in another model, and the page of --dictionary is " + "about a feature");
        }
        NeuronName name;
        try {
            name = NeuronName.parse(neuron);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
        if ((name.kind() == ComponentKind.FEATURE) != (dictionary != null)) {
            throw new UserInputException(
                    dictionary == null
                            ? neuron + " is a feature: name the folder of its dictionary with --dictionary"
                            : neuron + " is a neuron: write a feature of --dictionary, such as L6F123");
        }
        TextShape shape = TextShape.of(text, splitOn);
        return new NeuronSpec(
                model,
                dictionary == null ? null : dictionary.toAbsolutePath().normalize(),
                reads,
                name,
                text,
                shape,
                tokens,
                edited,
                shape.window(window, SHORTEST),
                false,
                NeuronSpec.OTHERS,
                new OtherModelsOfPage(also));
    }

    /** How many neurons a layer has, or features a dictionary; {@code NeuronSpec.OTHERS} and one more where that is not at hand. */
    private int units(@Nullable ModelFolder opened) {
        if (dictionary == null) {
            return opened == null ? NeuronSpec.OTHERS + 1 : opened.config().dMlp();
        }
        try {
            StatedHooks stated = StatedHooks.of("--reads", reads == null ? "" : reads, "");
            return DictionaryFolder.open(dictionary, stated, null).config().features();
        } catch (IllegalArgumentException | UserInputException e) {
            return NeuronSpec.OTHERS + 1; // the check of the spec says what is wrong, and where
        }
    }

    private Path data() {
        Path parent = text.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of(".") : parent;
    }

    private Path written(String neuron, NeuronSpec spec) {
        Path file = options.out.resolve(spec.name() + "-" + neuron + ".yaml");
        try {
            TextFile.write(spec.yaml(), file);
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be written: " + Reason.of(e), e);
        }
        return file;
    }
}
