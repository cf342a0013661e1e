package dev.loupe.cli.terminal;

import dev.loupe.text.Columns;
import dev.loupe.text.VisibleText;
import java.io.PrintStream;

/** The running stage as one line of a terminal, redrawn in place. A stage of some length leaves a line behind. */
public final class BarRenderer implements StageRenderer {
    private static final String REDRAW = "\r\u001b[K";
    private static final int BAR_CELLS = 24;
    private static final int SHORTEST_NAME = 12;
    private static final double WORTH_A_LINE_SECONDS = 2;

    private final PrintStream target;
    private final int columns;
    private String drawn = "";

    public BarRenderer(PrintStream target, int columns) {
        this.target = target;
        this.columns = columns;
    }

    @Override
    public void began(StageState state) {
        draw(line(state));
    }

    @Override
    public void ticked(StageState state) {
        draw(line(state));
    }

    @Override
    public void ended(StageState state) {
        draw("");
        if (state.elapsedSeconds() >= WORTH_A_LINE_SECONDS) {
            target.println(VisibleText.line(state.name()) + ": done in " + state.elapsed());
        }
    }

    /** One column short of the edge: some terminals wrap on the last one and a redraw would leave lines behind. */
    private String line(StageState state) {
        int room = columns - 1;
        String left = state.left();
        String time = left.isEmpty() ? state.elapsed() + " elapsed" : left;
        String progress = " " + bar(state) + state.count() + (state.count().isEmpty() ? "" : "  ") + time;
        String name = VisibleText.line(state.name());
        int forName = Math.max(SHORTEST_NAME, room - Columns.of(progress));
        String line = shortened(name, forName) + progress;
        String note = state.note().isEmpty() ? "" : "  " + VisibleText.line(state.note());
        return Columns.cut(Columns.of(line + note) <= room ? line + note : line, room);
    }

    private static String bar(StageState state) {
        if (state.total() <= 0) {
            return "";
        }
        int full = (int) Math.round(BAR_CELLS * state.share());
        return "[" + "#".repeat(full) + ".".repeat(BAR_CELLS - full) + "] ";
    }

    /** A long name gives way to the bar. */
    private static String shortened(String name, int most) {
        return Columns.of(name) <= most ? name : Columns.cut(name, most - 3) + "...";
    }

    private void draw(String line) {
        if (!line.equals(drawn)) {
            target.print(REDRAW + line);
            target.flush();
            drawn = line;
        }
    }
}
