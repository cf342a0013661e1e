package dev.loupe.cli.terminal;

import dev.loupe.failure.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, in sentences of the program's own. */
final class UsageWords {
    private static final Map<Class<?>, String> KINDS = Map.of(
            int.class, "a whole number",
            Integer.class, "a whole number",
            long.class, "a whole number",
            Long.class, "a whole number",
            double.class, "a number",
            Double.class, "a number",
            boolean.class, "true or false");

    private UsageWords() {}

    static String of(ParameterException error) {
        String command = error.getCommandLine().getCommandSpec().qualifiedName();
        if (error instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            return word.startsWith("-")
                    ? command + " has no option `" + word + "`"
                    : command + " takes no further argument, but got `" + word + "`";
        }
        if (error instanceof MissingParameterException missing) {
            List<String> names =
                    missing.getMissing().stream().map(UsageWords::named).toList();
            return command + " needs " + String.join(" and ", names);
        }
        ArgSpec argument = error.getArgSpec();
        String value = error.getValue();
        if (argument == null || value == null) {
            return Reason.of(error);
        }
        return named(argument) + ": " + why(error, argument, value);
    }

    private static String why(ParameterException error, ArgSpec argument, String value) {
        Class<?> type = argument.typeInfo().getAuxiliaryTypes()[0];
        if (type == Path.class && error.getCause() instanceof TypeConversionException own) {
            return String.valueOf(own.getMessage());
        }
        if (type.isEnum()) {
            List<String> words =
                    Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
            return "`" + value + "` is not one of " + String.join(", ", words);
        }
        return "`" + value + "` is not " + KINDS.getOrDefault(type, "understood here");
    }

    private static String named(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + (option.paramLabel().isEmpty() ? "" : " " + option.paramLabel())
                : argument.paramLabel();
    }
}
