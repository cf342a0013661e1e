package dev.loupe.cli;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.cli.option.ModelFolders;
import dev.loupe.cli.option.PrecisionOption;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.StreamedText;
import dev.loupe.execute.generate.Generation;
import dev.loupe.execute.generate.Sampling;
import dev.loupe.failure.UserInputException;
import dev.loupe.intervention.Intervention;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Precision;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.resolve.TextEdits;
import dev.loupe.schema.Binder;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe generate MODEL TEXT}: continues a text; the new tokens go to standard output as they come. */
@Command(name = "generate", description = "Continue a prompt with interventions applied.")
final class GenerateCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name or folder of a model with a tokenizer.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The text to continue.")
    private String text = "";

    @Option(names = "--tokens", paramLabel = "N", description = "Tokens to add. Default: ${DEFAULT-VALUE}.")
    private int tokens = 50;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Sampling temperature. Default: greedy decoding, the most probable token.")
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Sample from the K most probable tokens only.")
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Sample from the smallest set of tokens with a total probability of P (nucleus sampling).")
    private @Nullable Double topP;

    @Option(names = "--seed", paramLabel = "S", description = "Sampling seed. Default: 0.")
    private @Nullable Long seed;

    @Option(
            names = "--bos",
            paramLabel = "true|false|ID",
            description = "Whether to prepend the BOS token, or the id of one. Default: as the tokenizer specifies.")
    private @Nullable String bos;

    @Option(
            names = "--edit",
            paramLabel = "YAML",
            description = "An intervention of the spec language, with a text in place of the name of a dataset, such as"
                    + " '{ablate: attn.z, heads: [L5H1]}' or"
                    + " '{steer: resid_pre, toward: I love it, away: I hate it, layer: 9, by: 2}'; can be repeated.")
    private List<String> edits = List.of();

    @Mixin
    private PrecisionOption dtype = new PrecisionOption();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device: auto, cpu or gpu. Default: " + "${DEFAULT-VALUE}.")
    private String device = "auto";

    @Mixin
    private ModelFolders models = new ModelFolders();

    GenerateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() {
        Sampling sampling = sampling();
        Precision precision = dtype.precision();
        Path folder = folder();
        ModelFolder opened = ModelFolder.open(folder);
        TextEdits what = edits(opened);
        try (HubTokenizer tokenizer = HubTokenizer.open(folder);
                NDManager manager = Backend.manager(Backend.choose(device))) {
            tokenizer.readFor(opened.config().dVocab());
            Integer first = begin(tokenizer, opened.config().dVocab());
            if (first != null) {
                tokenizer.check(first, "the BOS token");
            }
            Set<Integer> ends = tokenizer.bounds().ends();
            int[] prompt = encode(tokenizer, first, text);
            say(folder, tokenizer, prompt, sampling);
            if (!opened.prefix().isEmpty()) {
                session.terminal().err().println("Weights: " + opened.origin());
            }
            session.progress().stage("loading " + folder.getFileName(), 0);
            try (Transformer transformer = opened.load(EnumSet.noneOf(Processing.class), manager, precision)) {
                session.progress().done();
                Generation generation =
                        new Generation(transformer, what, t -> encode(tokenizer, first, t), sampling, tokens, ends);
                StreamedText streamed = new StreamedText(
                        ids -> tokenizer.decode(ids, false),
                        prompt,
                        session.terminal().out());
                Generation.End end;
                try {
                    end = generation.run(text, streamed::add, manager, session.stop());
                } finally {
                    streamed.end();
                }
                if (end == Generation.End.CONTEXT) {
                    session.terminal()
                            .err()
                            .println("Stopped: the text has reached the context length of the model, "
                                    + opened.config().nCtx() + " positions.");
                }
            }
        }
        return ExitCode.CLAIMS_HOLD;
    }

    private Sampling sampling() {
        if (tokens < 1) {
            throw new UserInputException("--tokens must be at least 1, not " + tokens);
        }
        if (temperature == null && (topK != null || topP != null || seed != null)) {
            throw new UserInputException(
                    "--top-k, --top-p and --seed apply to sampling: add --temperature, such as --temperature 1");
        }
        try {
            return temperature == null
                    ? Sampling.GREEDY
                    : new Sampling(
                            temperature, topK == null ? 0 : topK, topP == null ? 1 : topP, seed == null ? 0 : seed);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private Path folder() {
        Path here = Path.of(model);
        if (ModelFolder.isIn(here)) {
            return here;
        }
        Path found = models.catalog(session).folder(model);
        if (found != null) {
            return found;
        }
        List<String> names = models.catalog(session).names();
        String near = DidYouMean.to(model, names);
        throw new UserInputException("no model with weights is here under the name \"" + model + "\""
                + (near == null ? "" : "; did you mean " + near + "?")
                + (near == null ? ". It" : " It") + " is a folder, or the name of one in --models or LOUPE_MODELS.");
    }

    private TextEdits edits(ModelFolder opened) {
        List<Intervention> interventions = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            interventions.add(Binder.bind(YamlTree.parse(edits.get(i), "--edit " + (i + 1)), Intervention.class)
                    .value());
        }
        try {
            return TextEdits.of(interventions, opened.config());
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable Integer begin(HubTokenizer tokenizer, int vocabulary) {
        String wish = bos;
        if (wish == null) {
            return tokenizer.ownBos();
        }
        if (wish.equals("false")) {
            return null;
        }
        Integer own = tokenizer.ownBos();
        Integer named = own != null ? own : tokenizer.bounds().begin();
        if (wish.equals("true") && named == null) {
            throw new UserInputException("--bos true: the model's files name no BOS token; give its id");
        }
        if (wish.equals("true")) {
            return named;
        }
        if (!wish.matches("\\d{1,9}") || Integer.parseInt(wish) >= vocabulary) {
            throw new UserInputException(
                    "--bos must be true, false or an id from 0 to " + (vocabulary - 1) + ", not " + wish);
        }
        return Integer.valueOf(wish);
    }

    private static int[] encode(HubTokenizer tokenizer, @Nullable Integer first, String of) {
        IntStream begin = first == null ? IntStream.empty() : IntStream.of(first);
        return IntStream.concat(begin, IntStream.of(tokenizer.encode(of).ids())).toArray();
    }

    /** What was read, token by token, since a begin of text changes the answer. */
    private void say(Path folder, HubTokenizer tokenizer, int[] prompt, Sampling sampling) {
        PrintStream err = session.terminal().err();
        StringBuilder shown = new StringBuilder();
        for (int id : prompt) {
            shown.append(shown.isEmpty() ? "" : "|").append(tokenizer.display(id));
        }
        String how = sampling.temperature() == 0
                ? "greedy"
                : String.format(
                        Locale.ROOT,
                        "temperature %s, top-k %s, top-p %s, seed %d",
                        sampling.temperature(),
                        sampling.topK() == 0 ? "all" : sampling.topK(),
                        sampling.topP(),
                        sampling.seed());
        err.println(folder.getFileName() + ", " + how + "; " + Count.of(prompt.length, "token") + " read: " + shown);
        for (String edit : edits) {
            err.println("edited: " + VisibleText.line(edit));
        }
    }
}
