package dev.loupe.cli;

import dev.loupe.cli.reference.FishCompletion;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code loupe completion SHELL}: commands and options at the Tab key. */
@Command(
        name = "completion",
        description = {
            "Print a script that completes commands, options and files at the Tab key.",
            "  bash   loupe completion bash > ~/.local/share/bash-completion/completions/loupe",
            "  zsh    add to ~/.zshrc:  source <(loupe completion zsh)",
            "  fish   loupe completion fish > ~/.config/fish/completions/loupe.fish"
        })
final class CompletionCommand implements Callable<ExitCode> {
    /** A shell that can complete. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    private static final String NAME = "loupe";

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.bash;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() {
        CommandLine root = Commands.whole(Commands.all(), session);
        // The script for bash turns on zsh's own support of such scripts where it runs in zsh.
        session.terminal()
                .out()
                .print(
                        shell == Shell.fish
                                ? FishCompletion.of(NAME, root.getCommandSpec())
                                : AutoComplete.bash(NAME, root));
        return ExitCode.CLAIMS_HOLD;
    }
}
