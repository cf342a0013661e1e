package dev.loupe.model.config;

import dev.loupe.failure.UserInputException;
import java.util.List;

/** A model configuration that contradicts itself or asks for what is not supported: all problems at once. */
public final class ConfigException extends UserInputException {
    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
