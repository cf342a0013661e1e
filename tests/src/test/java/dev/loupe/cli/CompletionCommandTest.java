package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.loupe.cli.terminal.CommandEntry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, read by the shells themselves where they are installed. */
class CompletionCommandTest {
    @TempDir
    Path folder;

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        String script = Spoken.of("completion", "bash").out();
        assertThat(script).contains("--skip-missing", "bashcompinit");
        assertThat(shell(
                        "bash",
                        script,
                        "compopt() { :; }; COMP_WORDS=(loupe migr); COMP_CWORD=1; _complete_loupe; echo ${COMPREPLY[@]}; "
                                + "COMP_WORDS=(loupe run --skip); COMP_CWORD=2; _complete_loupe; echo ${COMPREPLY[@]}"))
                .containsExactly("migrate", "--skip-missing");
    }

    @Test
    void fishCompletesCommandsOptionsAndValues() throws Exception {
        String script = Spoken.of("completion", "fish").out();
        Commands.own().stream()
                .map(CommandEntry::name)
                .forEach(name ->
                        assertThat(script).contains("complete -c loupe -n __fish_use_subcommand -f -a " + name));
        assertThat(script).contains("-f -a 'bash zsh fish'", "-l skip-missing", "spec\\'s own folder");
        assertThat(shell("fish", script, "complete -C 'loupe migr'; complete -C 'loupe run --skip'"))
                .satisfiesExactly(
                        command -> assertThat(command).startsWith("migrate\t"),
                        option -> assertThat(option).startsWith("--skip-missing\t"));
    }

    @Test
    void zshReadsTheScriptOfBash() throws Exception {
        assertThat(shell(
                        "zsh",
                        Spoken.of("completion", "zsh").out(),
                        "whence -w _complete_loupe",
                        "autoload -Uz compinit; compinit -u; "))
                .containsExactly("_complete_loupe: function");
    }

    private List<String> shell(String name, String script, String then, String... first)
            throws IOException, InterruptedException {
        assumeThat(installed(name))
                .as(name + " is not installed on this machine")
                .isTrue();
        Path file = Files.writeString(folder.resolve("completion"), script);
        Process process = new ProcessBuilder(name, "-c", String.join("", first) + "source " + file + "; " + then)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines().toList();
    }

    private static boolean installed(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
