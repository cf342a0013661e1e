package dev.loupe.model.weights;

import dev.loupe.failure.UserInputException;
import java.nio.file.Path;
import java.util.List;

/** Weights or a configuration that do not make the model they should: the file and every problem at once. */
public final class WeightsException extends UserInputException {
    private final Path file;
    private final List<String> problems;

    public WeightsException(Path file, List<String> problems) {
        super(file + ": " + String.join("; ", problems));
        this.file = file;
        this.problems = List.copyOf(problems);
    }

    public Path file() {
        return file;
    }

    public List<String> problems() {
        return problems;
    }
}
