package dev.loupe.cli.reference;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A completion script for the shell fish: one line for each command, and for each option of each command. */
public final class FishCompletion {
    private FishCompletion() {}

    /** @param program what the user types before a command */
    public static String of(String program, CommandSpec root) {
        StringBuilder script = new StringBuilder();
        String line = "complete -c " + program;
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            String summary = String.join(" ", spec.usageMessage().description());
            script.append(line)
                    .append(" -n __fish_use_subcommand -f -a ")
                    .append(command.getKey())
                    .append(" -d ")
                    .append(quoted(summary))
                    .append('\n');
            for (PositionalParamSpec parameter : spec.positionalParameters()) {
                if (parameter.type().isEnum()) {
                    script.append(line)
                            .append(" -n '__fish_seen_subcommand_from ")
                            .append(command.getKey())
                            .append("' -f -a ")
                            .append(quoted(constants(parameter.type())))
                            .append('\n');
                }
            }
            for (OptionSpec option : spec.options()) {
                script.append(line)
                        .append(" -n '__fish_seen_subcommand_from ")
                        .append(command.getKey())
                        .append('\'')
                        .append(names(option))
                        .append(values(option))
                        .append(" -d ")
                        .append(quoted(String.join(" ", option.description())))
                        .append('\n');
            }
        }
        return script.toString();
    }

    private static String names(OptionSpec option) {
        return List.of(option.names()).stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    /** Files are completed after an option that takes one, the known values after one that has them. */
    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (option.auxiliaryTypes()[0].isEnum()) {
            return " -x -a " + quoted(constants(option.auxiliaryTypes()[0]));
        }
        return option.auxiliaryTypes()[0] == Path.class ? " -r" : " -x";
    }

    private static String constants(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        String plain = text.replace("${DEFAULT-VALUE}", "as shown by --help");
        return "'" + plain.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
