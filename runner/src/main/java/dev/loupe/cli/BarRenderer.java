package dev.loupe.cli;

import java.io.PrintStream;

/** The running stage as one line of a terminal, redrawn in place. A stage of some length leaves a line behind. */
final class BarRenderer implements StageRenderer {
    private static final String REDRAW = "\r\u001b[K";
    private static final int BAR_CELLS = 24;
    private static final double WORTH_A_LINE_SECONDS = 2;

    private final PrintStream target;
    private final int columns;
    private String drawn = "";

    BarRenderer(PrintStream target, int columns) {
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
            target.println(state.name() + ": done in " + state.elapsed());
        }
    }

    private String line(StageState state) {
        StringBuilder line = new StringBuilder(state.name()).append(' ');
        if (state.total() > 0) {
            int full = (int) Math.round(BAR_CELLS * state.share());
            line.append('[')
                    .append("#".repeat(full))
                    .append(".".repeat(BAR_CELLS - full))
                    .append("] ");
        }
        line.append(state.count());
        String left = state.left();
        line.append("  ").append(left.isEmpty() ? state.elapsed() + " gone" : left);
        if (!state.note().isEmpty()) {
            line.append("  ").append(state.note());
        }
        // One column short of the edge: some terminals wrap on the last one and a redraw would leave lines behind.
        return line.length() < columns ? line.toString() : line.substring(0, columns - 1);
    }

    private void draw(String line) {
        if (!line.equals(drawn)) {
            target.print(REDRAW + line);
            target.flush();
            drawn = line;
        }
    }
}
