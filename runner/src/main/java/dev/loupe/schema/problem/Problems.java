package dev.loupe.schema.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects every problem of a spec, so that all are reported at once. Not for several threads. */
public final class Problems {

    /** A hostile file must not be answered with a million lines. */
    private static final int LIMIT = 1000;

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::mark);

    private final List<Problem> found = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    /** Notes a problem without a suggestion. */
    public void add(SourceLocation mark, String code, String message) {
        add(new Problem(mark, code, message, null));
    }

    /** Notes a problem with what was probably meant, or null. */
    public void add(SourceLocation mark, String code, String message, @Nullable String suggestion) {
        add(new Problem(mark, code, message, suggestion));
    }

    /** Notes a problem at a place that has none yet: what is found later in the same value follows from what was found before. */
    public void addFirst(SourceLocation mark, String code, String message) {
        if (found.stream().noneMatch(problem -> problem.mark().equals(mark))) {
            add(mark, code, message);
        }
    }

    /** Notes a problem; the same problem is kept once, and what comes after the first thousand is dropped. */
    public void add(Problem problem) {
        if (found.size() < LIMIT && !found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Notes all problems of another collection. */
    public void addAll(Iterable<Problem> problems) {
        problems.forEach(this::add);
    }

    /** Notes what should be changed although it can be used as it is. */
    public void warn(SourceLocation mark, String code, String message) {
        notices.add(new Notice(Notice.Level.WARNING, mark, code, message));
    }

    /** Notes what those who ask about a file want to know. */
    public void note(SourceLocation mark, String code, String message) {
        notices.add(new Notice(Notice.Level.NOTE, mark, code, message));
    }

    /** All warnings and notes, each once, in the order they were noted. */
    public List<Notice> notices() {
        return notices.stream().distinct().toList();
    }

    /** Whether nothing is wrong; there may be notices. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int size() {
        return found.size();
    }

    /** All problems, ordered by file, line and column. */
    public List<Problem> sorted() {
        return found.stream().sorted(BY_PLACE).toList();
    }

    /**
     * Does nothing where nothing is wrong.
     *
     * @throws SpecException with all problems
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new SpecException(sorted());
        }
    }

    @Override
    public String toString() {
        return String.join("\n", sorted().stream().map(Problem::toString).toList());
    }
}
