package dev.loupe.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands of the program. To add one: write its class, and one line here. */
final class Commands {
    private Commands() {}

    static List<CommandEntry> all() {
        return List.of(
                new CommandEntry(
                        "train", "Make the weights of models by the recipes of their cards.", session -> new TrainCommand(session)),
                new CommandEntry("report", "Make the page of a finished run again.", session -> new ReportCommand()),
                new CommandEntry(
                        "trace", "Write what a model's hooks see on given token ids.", session -> new TraceCommand()));
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
