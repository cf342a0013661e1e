package dev.loupe.cli.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: what every command understands. */
@Command(
        name = "loupe",
        mixinStandardHelpOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "A declarative experiment runner for mechanistic interpretability.",
        optionListHeading = "%nOptions of every command:%n",
        commandListHeading = "%nCommands (loupe COMMAND --help lists the options):%n")
public final class GlobalOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    public boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    public boolean version;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "Print without colours (like NO_COLOR).")
    public boolean noColor;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error instead of writing it to a file.")
    public boolean debug;
}
