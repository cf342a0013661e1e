package dev.loupe.schema.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A spec cannot be used; its message is one line per problem. */
public final class SpecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The problems, ordered by place. */
    public List<Problem> problems() {
        return problems;
    }
}
