package dev.loupe.cli;

import dev.loupe.cli.option.GlobalOptions;
import dev.loupe.cli.run.NeuronCommand;
import dev.loupe.cli.run.RunCommand;
import dev.loupe.cli.run.WatchCommand;
import dev.loupe.cli.terminal.CommandEntry;
import dev.loupe.cli.terminal.CommandModule;
import dev.loupe.cli.terminal.Session;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands: the program's own, and those of modules that are there. To add one: write its class, and one line here. */
final class Commands {
    private Commands() {}

    static List<CommandEntry> all() {
        Stream<CommandEntry> further =
                ServiceLoader.load(CommandModule.class).stream().flatMap(module -> module.get().commands().stream());
        return Stream.concat(own().stream(), further).toList();
    }

    /** The program's own, which every build has. */
    static List<CommandEntry> own() {
        return List.of(
                new CommandEntry("new", "Write a short spec for a kind of question.", s -> new NewCommand(s)),
                new CommandEntry("run", "Run specs, print the answers and write the reports.", s -> new RunCommand(s)),
                new CommandEntry("neuron", "Write a page about one neuron.", s -> new NeuronCommand(s)),
                new CommandEntry("watch", "Run a spec again at each save.", s -> new WatchCommand(s)),
                new CommandEntry("validate", "Check specs and print all problems.", s -> new ValidateCommand(s)),
                new CommandEntry("explain", "Show the plan of a spec and its cost.", s -> new ExplainCommand(s)),
                new CommandEntry("rows", "Show dataset rows of a spec as tokens.", s -> new RowsCommand(s)),
                new CommandEntry("report", "Regenerate the report of a finished run.", s -> new ReportCommand(s)),
                new CommandEntry("compare", "Compare two or more finished runs.", s -> new CompareCommand(s)),
                new CommandEntry(
                        "gallery", "Write an overview page of all runs in a folder.", s -> new GalleryCommand(s)),
                new CommandEntry(
                        "rate",
                        "Write a form to judge neurons blindly, or score filled-in forms.",
                        s -> new RateCommand(s)),
                new CommandEntry(
                        "list",
                        "List experiments, models and keywords, or document one keyword.",
                        s -> new ListCommand(s)),
                new CommandEntry("schema", "Print the JSON Schema of specs.", s -> new SchemaCommand(s)),
                new CommandEntry(
                        "completion", "Print completion for bash, zsh or fish.", s -> new CompletionCommand(s)),
                new CommandEntry("migrate", "Rewrite specs to use the current keys.", s -> new MigrateCommand(s)),
                new CommandEntry("trace", "Write activations of a model on given tokens.", s -> new TraceCommand(s)),
                new CommandEntry("pull", "Download public models from the hub.", s -> new PullCommand(s)),
                new CommandEntry(
                        "generate", "Continue a prompt with interventions applied.", s -> new GenerateCommand(s)),
                new CommandEntry("train", "Train models from their cards.", s -> new TrainCommand(s)),
                new CommandEntry(
                        "doctor",
                        "Show versions, devices and folders, and what is missing.",
                        s -> new DoctorCommand(s)));
    }

    /** The whole command line with every one of these commands for real, for what documents or completes it. */
    static CommandLine whole(List<CommandEntry> entries, Session session) {
        CommandLine root = new CommandLine(new GlobalOptions());
        hangOn(root, entries, session, entries.stream().map(CommandEntry::name).toList());
        return root;
    }

    /**
     * Hangs the commands on the root: the asked one for real, the others only with what the overview needs, so that
     * {@code --help} and the light commands load no class of the heavy ones.
     *
     * @param words what the user typed
     */
    static void hangOn(CommandLine root, List<CommandEntry> entries, Session session, List<String> words) {
        for (CommandEntry entry : entries) {
            Object command = words.contains(entry.name()) ? entry.make().apply(session) : CommandSpec.create();
            CommandLine line = new CommandLine(command);
            line.getCommandSpec().usageMessage().description(entry.summary());
            root.addSubcommand(entry.name(), line);
        }
    }
}
