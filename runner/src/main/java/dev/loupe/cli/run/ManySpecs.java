package dev.loupe.cli.run;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.text.Columns;
import dev.loupe.text.Seconds;
import dev.loupe.text.VisibleText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What became of the specs of one command, and the table that closes it. */
final class ManySpecs {
    /**
     * One spec.
     *
     * @param verdicts claims by verdict, or why it did not run
     * @param page where its page lies, or empty
     */
    record Line(Path file, ExitCode exit, String verdicts, double seconds, String page) {}

    private static final List<String> HEADINGS = List.of("spec", "result", "time", "page");

    private final List<Path> order;
    private final List<Line> lines = new ArrayList<>();

    /** @param order the specs as the user named them, which is how the table lists them */
    ManySpecs(List<Path> order) {
        this.order = order;
    }

    void add(Line line) {
        lines.add(line);
        lines.sort(Comparator.comparing(l -> order.indexOf(l.file())));
    }

    /** The worst of all decides. */
    ExitCode exit() {
        return lines.stream().map(Line::exit).reduce(ExitCode.CLAIMS_HOLD, ExitCode::worse);
    }

    /** @param seconds that all of it took */
    void print(PrintStream out, double seconds) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        for (Line line : lines) {
            rows.add(List.of(
                    VisibleText.line(line.file().toString()),
                    line.verdicts(),
                    time(line.seconds()),
                    VisibleText.line(line.page())));
        }
        rows.add(List.of("all " + lines.size(), "", time(seconds), ""));
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
        out.println();
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(Columns.padded(row.get(i), widths[i])).append("  ");
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static String time(double seconds) {
        return seconds < 10 ? String.format(Locale.ROOT, "%.1f s", seconds) : Seconds.of(seconds);
    }
}
