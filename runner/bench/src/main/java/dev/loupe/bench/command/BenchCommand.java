package dev.loupe.bench.command;

import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.backend.Backend;
import dev.loupe.bench.MemoryBench;
import dev.loupe.bench.Ratio;
import dev.loupe.bench.ToyBench;
import dev.loupe.bench.TrainBench;
import dev.loupe.bench.TrainingMemoryBench;
import dev.loupe.cli.option.Home;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Version;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.text.Count;
import dev.loupe.train.TrainedModels;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loupe bench}: our own speed as ratios. Numbers, no judgement: it ends well whatever it measures. */
@Command(
        name = "bench",
        description = "Measure speed and memory of Loupe, as ratios to a plain loop or another library, and its pages.")
final class BenchCommand implements Callable<ExitCode> {
    private static final String CARD = "induction-2l";
    private static final String PAIRS = "mod-add-59";
    private static final String GRID = "toy-dropout-sgd";

    /** What can be measured, and the options that each takes. */
    enum What {
        train("--pairs", "--steps", "--device", "--out"),
        toys("--pairs", "--steps", "--device", "--out", "--peer"),
        forward("--model", "--pairs", "--device", "--out", "--peer"),
        memory("--model", "--card", "--steps"),
        sweeps("--rounds", "--peer", "--against", "--only", "--rules", "--work", "--out"),
        parity("--model", "--device", "--out"),
        neurons("--model", "--peer", "--rounds"),
        pages("--model", "--only", "--rounds", "--out");

        private final Set<String> options;

        What(String... options) {
            this.options = Set.of(options);
        }
    }

    private final Session session;

    @Parameters(
            paramLabel = "WHAT",
            description =
                    "train: the trainer compared with a plain loop, and many seeds at once; toys: the trainer of networks "
                            + "without tokens, compared with plain PyTorch if --peer names a Python, and a grid at once; forward: a forward "
                            + "pass, compared with transformers if --peer names a Python; memory: resident memory of "
                            + "loading and running a model; sweeps: patching sweeps compared with the minimum work, and "
                            + "with other libraries if --peer names a Python; parity: the largest differences from "
                            + "reference implementations; neurons: reading every neuron and searching for labels, compared with "
                            + "PyTorch; pages: size and readiness of every page in a headless Chromium.")
    private What what = What.train;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "Number of pairs of each comparison, or of rounds. Default: ${DEFAULT-VALUE}.")
    private int pairs = 9;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Number of steps on each side of a pair; a multiple of 10. Default: ${DEFAULT-VALUE}.")
    private int steps = 100;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device: auto, cpu or gpu. Default: " + "${DEFAULT-VALUE}.")
    private String device = "cpu";

    @Option(names = "--out", paramLabel = "FILE", description = "Write the measurements as JSON to this file.")
    private @Nullable Path out;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "forward, memory, neurons: a folder with weights, or a GGUF file; parity: a folder of fixtures; "
                            + "pages: a folder of runs (default: reports).")
    private @Nullable Path model;

    @Option(
            names = "--peer",
            paramLabel = "PYTHON",
            description =
                    "toys: a Python interpreter with torch; forward, neurons: with torch and transformers (and gguf for a GGUF file); sweeps: "
                            + "also with transformer-lens and nnsight.")
    private @Nullable Path peer;

    @Option(
            names = "--against",
            paramLabel = "PEER",
            split = ",",
            description = "sweeps: only these other libraries, for example TransformerLens; each takes minutes.")
    private Set<String> against = Set.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "sweeps, neurons, pages: number of measured rounds. Default: " + "${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "sweeps: only these sweeps; pages: only pages whose name contains it.")
    private Set<String> only = Set.of();

    @Option(
            names = "--rules",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "sweeps: also measure without each optimizer rule.")
    private boolean rules = true;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "sweeps: folder in which to keep the random weights " + "(0.5 GB).")
    private @Nullable Path work;

    @Option(
            names = "--card",
            paramLabel = "CARD",
            description =
                    "memory: the name or file of a model card, whose training is measured for --steps steps instead.")
    private @Nullable String card;

    @Spec
    private @Nullable CommandSpec command;

    BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        refuseOthers();
        if (rounds < 1) {
            throw new UserInputException("--rounds must be at least 1");
        }
        if (pairs < 1 || steps < 10 || steps % 10 != 0) {
            throw new UserInputException("--pairs must be at least 1 and --steps a multiple of 10");
        }
        if (what == What.forward) {
            if (model == null) {
                throw new UserInputException("bench forward needs --model");
            }
            new ForwardBenchReport(session, model, pairs, device, peer).run(out);
            return ExitCode.CLAIMS_HOLD;
        }
        if (what == What.neurons) {
            if (model == null || peer == null) {
                throw new UserInputException("bench neurons needs --model and --peer");
            }
            new NeuronBenchReport(session, model, rounds, peer).run();
            return ExitCode.CLAIMS_HOLD;
        }
        if (what == What.parity) {
            Path fixtures = model != null ? model : Home.folder().resolve("tests/src/test/resources/parity");
            new ParityBenchReport(session, fixtures, device).run(out);
            return ExitCode.CLAIMS_HOLD;
        }
        if (what == What.pages) {
            Path runs = model != null ? model : Home.folder().resolve("reports");
            new PageBenchReport(session, runs, only, rounds).run(out);
            return ExitCode.CLAIMS_HOLD;
        }
        if (what == What.memory) {
            if ((model == null) == (card == null)) {
                throw new UserInputException("bench memory needs --model, or --card");
            }
            if (model != null && given().contains("--steps")) {
                throw new UserInputException("--steps belongs to bench memory --card");
            }
            if (model == null) {
                trainingMemory(Objects.requireNonNull(card));
            } else {
                memory(model);
            }
            return ExitCode.CLAIMS_HOLD;
        }
        if (what == What.sweeps) {
            new SweepBenchReport(session, rounds, peer, against, only, rules, work, watcher()).run(out);
            return ExitCode.CLAIMS_HOLD;
        }
        String chosen = Backend.choose(device);
        heading(chosen, what == What.toys ? PAIRS + " and " + GRID : CARD);
        List<Ratio> ratios;
        try (NDManager manager = Backend.manager(chosen)) {
            Supplier<GradientCollector> gradients = Backend.gradients(manager);
            ratios = what == What.toys
                    ? new ToyBench(
                                    manager,
                                    gradients,
                                    card(PAIRS),
                                    card(GRID),
                                    pairs,
                                    steps,
                                    Backend.threads(),
                                    watcher(),
                                    session.stop())
                            .run(peer)
                    : new TrainBench(manager, gradients, card(CARD), pairs, steps, watcher(), session.stop()).run();
        }
        session.progress().done();
        if (out != null) {
            write(out, chosen, ratios);
        }
        return ExitCode.CLAIMS_HOLD;
    }

    /** The options on the command line. */
    private List<String> given() {
        return Objects.requireNonNull(command).commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .toList();
    }

    /** An option that a measurement does not read would be without effect. */
    private void refuseOthers() {
        Set<String> all = Arrays.stream(What.values())
                .flatMap(each -> each.options.stream())
                .collect(Collectors.toSet());
        List<String> others = given().stream()
                .map(name -> name.replaceFirst("^--no-", "--"))
                .filter(name -> all.contains(name) && !what.options.contains(name))
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            throw new UserInputException("bench " + what + " does not take " + String.join(", ", others) + ", but "
                    + what.options.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    private static TrainedCard card(String name) {
        return TrainedModels.trained(cardFile(name));
    }

    private static CardFile cardFile(String of) {
        return CardFile.read(
                of.endsWith(".yaml")
                        ? Path.of(of)
                        : CardFile.locate(Home.folder().resolve("models"), of));
    }

    private void trainingMemory(String of) {
        CardFile file = cardFile(of);
        TrainedCard trained = TrainedModels.trained(file);
        List<Long> all = trained.recipe().seeds();
        List<Long> seeds = all.subList(0, Math.min(all.size(), TrainedModels.together(file.name(), trained)));
        try (NDManager manager = Backend.manager("cpu")) {
            TrainingMemoryBench.Measured m = new TrainingMemoryBench(
                            manager, Backend.gradients(manager), file, seeds, steps, Backend::peakBytes, session.stop())
                    .run();
            long above = m.ran() - m.idle();
            PrintStream text = session.terminal().out();
            text.printf(
                    Locale.ROOT,
                    "memory, training %s, %s together; resident, in MB%n%n",
                    file.name(),
                    Count.of(seeds.size(), "seed"));
            text.printf(Locale.ROOT, "%-44s %8.0f%n", "runtime, idle", 1e-6 * m.idle());
            text.printf(Locale.ROOT, "%-44s %8.0f%n", "explain, above idle", 1e-6 * m.predicted());
            text.printf(
                    Locale.ROOT,
                    "%-44s %8.0f   %.2f of what explain says, goal 0.75 to 1.25%n",
                    "peak of " + Count.of(steps, "step") + ", above idle",
                    1e-6 * above,
                    above / (double) m.predicted());
        }
    }

    private void memory(Path of) {
        try (NDManager manager = Backend.manager("cpu")) {
            MemoryBench.Measured m = new MemoryBench(manager, of, 8, 64, Backend::peakBytes).run();
            double share = (m.loaded() - m.idle()) / (double) m.parameters();
            PrintStream text = session.terminal().out();
            text.printf(Locale.ROOT, "memory, %s; resident, in MB%n%n", of.getFileName());
            text.printf(Locale.ROOT, "%-44s %8.0f%n", "weights as float32", 1e-6 * m.parameters());
            text.printf(Locale.ROOT, "%-44s %8.0f%n", "runtime, idle", 1e-6 * m.idle());
            text.printf(
                    Locale.ROOT,
                    "%-44s %8.0f   %.2f of the weights, goal 1.20 %s%n",
                    "peak of loading, above idle",
                    1e-6 * (m.loaded() - m.idle()),
                    share,
                    share <= 1.2 ? "met" : "missed");
            text.printf(Locale.ROOT, "%-44s %8.0f%n", "peak of 8 x 64 tokens, above idle", 1e-6 * (m.ran() - m.idle()));
            text.printf(Locale.ROOT, "%-44s %8.2f%n", "seconds to load", m.seconds());
        }
    }

    private TrainBench.Watcher watcher() {
        return new TrainBench.Watcher() {
            @Override
            public void comparing(String name, int count) {
                session.progress().stage(name, count);
            }

            @Override
            public void pair() {
                session.progress().advance(1);
            }

            @Override
            public void measured(Ratio ratio) {
                print(ratio);
            }
        };
    }

    private void heading(String chosen, String networks) {
        PrintStream text = session.terminal().out();
        text.printf(
                Locale.ROOT,
                "%s, %s; %d pairs of %d steps, measured in turn; network of %s%n%n",
                what,
                Backend.describe(chosen),
                pairs,
                steps,
                networks);
        text.printf(
                Locale.ROOT,
                "%-52s %7s  %-22s %7s  %-21s %s%n",
                "",
                "ratio",
                "pairs (min, med, max)",
                "cpu",
                "ms per step",
                "goal");
    }

    /** As soon as it is known: the whole takes minutes. */
    private void print(Ratio ratio) {
        Ratio.Spread spread = ratio.pairs();
        PrintStream text = session.terminal().out();
        text.printf(
                Locale.ROOT,
                "%-52s %7.3f  %6.3f %6.3f %6.3f   %7.3f  %8.2f / %8.2f   %.2f %s%n",
                ratio.name(),
                ratio.ofMedians(),
                spread.min(),
                spread.median(),
                spread.max(),
                ratio.ofMediansCpu(),
                1e3 * ratio.ourSeconds().median(),
                1e3 * ratio.theirSeconds().median(),
                ratio.goal(),
                ratio.met() ? "met" : "missed");
        text.flush();
    }

    private void write(Path file, String chosen, List<Ratio> ratios) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("loupe", Version.number());
        root.put("device", Backend.describe(chosen));
        root.put("pairs", pairs);
        root.put("steps", steps);
        ArrayNode all = root.putArray("ratios");
        for (Ratio ratio : ratios) {
            ObjectNode node = all.addObject();
            node.put("name", ratio.name());
            node.put("goal", ratio.goal());
            node.put("ratio", ratio.ofMedians());
            node.put("ratio_cpu", ratio.ofMediansCpu());
            node.set("pairs", spread(mapper, ratio.pairs()));
            node.set("seconds_ours", spread(mapper, ratio.ourSeconds()));
            node.set("seconds_theirs", spread(mapper, ratio.theirSeconds()));
        }
        MeasuredFile.write(root, file);
    }

    private static ObjectNode spread(ObjectMapper mapper, Ratio.Spread spread) {
        return mapper.createObjectNode()
                .put("min", spread.min())
                .put("median", spread.median())
                .put("max", spread.max());
    }
}
