package dev.loupe.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands of the program. To add one: write its class, and one line here. */
final class Commands {
    private Commands() {}

    static List<CommandEntry> all() {
        return List.of(
                new CommandEntry("run", "Run specs, print the answer, write the report.", s -> new RunCommand(s)),
                new CommandEntry("validate", "Check specs; print every problem.", s -> new ValidateCommand(s)),
                new CommandEntry("explain", "Show what a spec would run.", s -> new ExplainCommand(s)),
                new CommandEntry("rows", "Show the rows of a spec's datasets in tokens.", s -> new RowsCommand(s)),
                new CommandEntry("report", "Make the page of a finished run again.", s -> new ReportCommand()),
                new CommandEntry("gallery", "One page over all runs of a folder.", s -> new GalleryCommand()),
                new CommandEntry("list", "What there is to use.", s -> new ListCommand(s)),
                new CommandEntry("schema", "The JSON Schema of specs.", s -> new SchemaCommand(s)),
                new CommandEntry("trace", "Write what a model's hooks see on given tokens.", s -> new TraceCommand(s)),
                new CommandEntry("pull", "Download public models.", s -> new PullCommand(s)),
                new CommandEntry(
                        "generate", "Go on with a text, with edits inside the model.", s -> new GenerateCommand(s)),
                new CommandEntry("train", "Make the weights of models by their cards.", s -> new TrainCommand(s)),
                new CommandEntry(
                        "doctor", "Show versions, devices, folders; say what is missing.", s -> new DoctorCommand(s)),
                new CommandEntry("bench", "Measure our own speed.", s -> new BenchCommand(s)));
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
