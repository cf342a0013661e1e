package dev.loupe.cli.terminal;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.text.ByteOrderMark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Problems as a person reads them: each with the line that it is about, and a caret under the place. */
public final class ProblemText {
    /** Specs are no longer; of what is, nothing is shown. */
    private static final int MOST_BYTES = 4 << 20;

    private final Map<String, List<String>> files = new HashMap<>();

    private ProblemText() {}

    public static String of(List<Problem> problems) {
        ProblemText text = new ProblemText();
        return problems.stream().map(text::with).collect(Collectors.joining("\n"));
    }

    private String with(Problem problem) {
        SourceLocation mark = problem.mark();
        List<String> lines = files.computeIfAbsent(mark.file(), ProblemText::lines);
        if (mark.line() > lines.size() || lines.get(mark.line() - 1).isBlank()) {
            return problem.toString();
        }
        SourceLine source = SourceLine.of(lines.get(mark.line() - 1), mark.column());
        String number = Integer.toString(mark.line());
        return problem + "\n  " + number + " | " + source.text() + "\n  " + " ".repeat(number.length()) + " | "
                + " ".repeat(source.caret()) + "^";
    }

    /** The lines of a file; none where there is no such file, as for what the command line changed. */
    private static List<String> lines(String file) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                return List.of();
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                String text = new String(bytes, StandardCharsets.UTF_8);
                return bytes.length > MOST_BYTES
                        ? List.of()
                        : List.of(ByteOrderMark.without(text).split("\r\n|\r|\n", -1));
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }
}
