package dev.loupe.cli.reference;

import dev.loupe.cli.terminal.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference page of the commands, made from what their help prints. */
public final class CommandText {
    private CommandText() {}

    /**
     * The page.
     *
     * @param root with every command under it for real
     */
    public static String text(CommandSpec root) {
        StringBuilder out = new StringBuilder("# Commands\n\n" + Generated.NOTE + "\n");
        out.append("\n`./loupe COMMAND --help` prints the same.\n");
        root.subcommands().values().forEach(command -> command(out, command.getCommandSpec()));
        out.append("\n## Options of every command\n\n| option | meaning |\n|---|---|\n");
        root.options().forEach(option -> option(out, option));
        out.append("\n## Exit codes\n\n| exit code | meaning |\n|---|---|\n");
        ExitCode.table().forEach((code, meaning) -> out.append(Generated.row(code, meaning)));
        return out.toString();
    }

    private static void command(StringBuilder out, CommandSpec command) {
        out.append("\n## `").append(command.name());
        for (PositionalParamSpec each : command.positionalParameters()) {
            boolean optional = each.arity().min() == 0;
            String label = each.paramLabel() + (each.arity().max() > 1 ? "..." : "");
            out.append(' ').append(optional ? "[" + label + "]" : label);
        }
        out.append("`\n\n")
                .append(meaning(List.of(command.usageMessage().description())))
                .append('\n');
        List<OptionSpec> own = command.options().stream()
                .filter(option -> !option.hidden() && !option.inherited())
                .toList();
        if (own.isEmpty() && command.positionalParameters().isEmpty()) {
            return;
        }
        out.append("\n| option | meaning |\n|---|---|\n");
        command.positionalParameters()
                .forEach(each -> out.append(Generated.row("`" + each.paramLabel() + "`", meaning(each))));
        own.forEach(option -> option(out, option));
    }

    private static void option(StringBuilder out, OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        out.append(Generated.row("`" + String.join(", ", option.names()) + label + "`", meaning(option)));
    }

    private static String meaning(ArgSpec argument) {
        return meaning(List.of(argument.description()));
    }

    private static String meaning(List<String> lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%");
    }
}
