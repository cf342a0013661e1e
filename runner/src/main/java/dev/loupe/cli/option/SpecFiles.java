package dev.loupe.cli.option;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** The specs that a command is given: files, and folders of which every spec is meant. */
public final class SpecFiles {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Specs, or folders: every .yaml file in a folder and below is a spec.")
    private List<Path> named = List.of();

    /**
     * Each spec once, in the order in which they were named; those of a folder by their names. A file that does not exist is
     * left to the command, which says so beside what it says of the others.
     *
     * @throws UserInputException where a folder holds no spec
     */
    public List<Path> all() {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else {
                files.add(path);
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> specs = files.filter(Files::isRegularFile)
                    .filter(SpecFiles::isYaml)
                    .sorted()
                    .toList();
            if (specs.isEmpty()) {
                throw new UserInputException("there is no .yaml file in the folder " + folder);
            }
            return specs;
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static EnvironmentException unreadable(Path folder, Throwable e) {
        return new EnvironmentException(folder + " cannot be read: " + Reason.of(e), e);
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
