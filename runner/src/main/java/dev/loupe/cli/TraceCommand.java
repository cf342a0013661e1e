package dev.loupe.cli;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.cli.option.ModelFolders;
import dev.loupe.cli.option.PrecisionOption;
import dev.loupe.cli.option.PublicNames;
import dev.loupe.cli.run.Downloads;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.execute.Trace;
import dev.loupe.failure.UserInputException;
import dev.loupe.hook.HookPattern;
import dev.loupe.hub.HubSnapshot;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.ModelFiles;
import dev.loupe.model.weights.Processing;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loupe trace}: activations of a model on given token ids, as safetensors. */
@Command(name = "trace", description = "Write activations of a model on given token ids to a file.")
public final class TraceCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "A folder with config.json and weights, a .gguf file, or a model name.")
    private @Nullable String model;

    @Option(
            names = "--tokens",
            required = true,
            paramLabel = "IDS",
            description = "Token ids: commas within a row, semicolons between rows, such as 1,2,3;4,5,6.")
    private @Nullable String tokens;

    @Option(
            names = "--processing",
            split = ",",
            paramLabel = "STEP",
            description =
                    "Weight processing: fold-ln, center-writing, center-unembed, fold-value-biases. Default: none.")
    private List<String> processing = List.of();

    @Option(
            names = "--hooks",
            paramLabel = "GLOB",
            description =
                    "Hook points to write, such as attn.z or 'blocks.*.attn.hook_z'; can be repeated. Default: all.")
    private List<String> hooks = List.of();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The safetensors file to write.")
    private @Nullable Path out;

    @Mixin
    private PrecisionOption dtype = new PrecisionOption();

    @Option(names = "--device", paramLabel = "DEVICE", description = "The device: cpu or gpu. Default: cpu.")
    private String device = "cpu";

    @Mixin
    private ModelFolders folders = new ModelFolders();

    private final Session session;

    TraceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (model == null || tokens == null || out == null) {
            throw new UserInputException("trace needs --model, --tokens and --out");
        }
        Trace trace = new Trace(files(model), rows(tokens), steps(), patterns(), dtype.precision());
        ModelFolder opened = ModelFolder.open(trace.model());
        try (NDManager manager = Backend.manager(device)) {
            int written = trace.write(opened, out, manager);
            session.terminal()
                    .out()
                    .println(VisibleText.line(out.toString()) + ": " + written
                            + (written == 1 ? " hook point" : " hook points") + " and the logits");
            if (!opened.prefix().isEmpty()) {
                session.terminal().out().println(VisibleText.line("Weights: " + opened.origin()));
            }
        }
        return ExitCode.CLAIMS_HOLD.code();
    }

    /** A path as it is; else a folder or a public model of that name, downloaded where it is not at hand. */
    private ModelFiles files(String name) throws IOException {
        Path path = Path.of(name);
        if (Files.exists(path) || name.contains("/") || name.contains("\\")) {
            return ModelFiles.in(path);
        }
        ModelCatalog catalog = folders.catalog(session);
        Path folder = catalog.folder(name);
        if (folder != null) {
            return ModelFiles.in(folder);
        }
        CardFile card = catalog.card(name);
        if (card != null && card.card() instanceof TrainedCard) {
            throw new UserInputException(
                    name + " is trained by Loupe and has no config.json: trace reads folders in hub layout and GGUF "
                            + "files");
        }
        PublicChoice choice = PublicNames.find(catalog, name);
        HubSnapshot found = catalog.downloaded(choice);
        return (found != null ? found : new Downloads(session).model(choice)).files();
    }

    private static int[][] rows(String text) {
        try {
            return Arrays.stream(text.strip().split(";", -1))
                    .map(row -> Arrays.stream(row.split(",", -1))
                            .mapToInt(id -> Integer.parseInt(id.strip()))
                            .toArray())
                    .toArray(int[][]::new);
        } catch (NumberFormatException e) {
            throw new UserInputException("--tokens: expected ids such as 1,2,3;4,5,6 (" + e.getMessage() + ")", e);
        }
    }

    private Set<Processing> steps() {
        Set<Processing> out = EnumSet.noneOf(Processing.class);
        for (String word : processing) {
            Processing step = Processing.named(word.strip());
            if (step == null) {
                throw new UserInputException("--processing: '" + word
                        + "' is not one of fold-ln, center-writing, center-unembed, fold-value-biases");
            }
            out.add(step);
        }
        return out;
    }

    private List<HookPattern> patterns() {
        try {
            return hooks.stream().map(HookPattern::new).toList();
        } catch (IllegalArgumentException e) {
            throw new UserInputException("--hooks: " + e.getMessage(), e);
        }
    }
}
