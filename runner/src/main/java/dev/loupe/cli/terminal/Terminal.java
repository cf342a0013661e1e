package dev.loupe.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the program writes: the answer to {@code out}, everything else to {@code err}. Both are UTF-8 whatever the
 * system's own encoding is, and both are the one way to the terminal: what is not the program's own cannot act on it there
 * (see {@link VisibleOutput}).
 */
public final class Terminal implements Closeable {
    private final PrintStream out;
    private final PrintStream err;
    private final PrintStream styledOut;
    private final PrintStream styledErr;
    private final WatchedOutput sink;
    private final boolean outputIsTerminal;
    private final boolean errorIsTerminal;
    private final boolean color;
    private final int columns;

    /**
     * @param out standard output; buffered, flushed when the command ends
     * @param err standard error; flushed per line
     * @param sink what {@code out} writes to; it knows whether writing failed
     * @param outputIsTerminal whether a person looks at {@code out}
     * @param errorIsTerminal whether a person looks at {@code err}: a progress bar may be drawn there
     * @param color whether colours are wanted and understood
     * @param columns width of the terminal in characters
     */
    public Terminal(
            PrintStream out,
            PrintStream err,
            WatchedOutput sink,
            boolean outputIsTerminal,
            boolean errorIsTerminal,
            boolean color,
            int columns) {
        this.out = VisibleOutput.over(out, false);
        this.err = VisibleOutput.over(err, true);
        this.styledOut = out;
        this.styledErr = err;
        this.sink = sink;
        this.outputIsTerminal = outputIsTerminal;
        this.errorIsTerminal = errorIsTerminal;
        this.color = color;
        this.columns = columns;
    }

    /** Standard output. */
    public PrintStream out() {
        return out;
    }

    /** Standard error. */
    public PrintStream err() {
        return err;
    }

    /** Standard output past the check, for the program's own help with its colours; text of others never goes here. */
    public PrintStream styledOut() {
        return styledOut;
    }

    /** Standard error past the check, for the bar, which moves the cursor; text of others never goes here unescaped. */
    public PrintStream styledErr() {
        return styledErr;
    }

    public WatchedOutput sink() {
        return sink;
    }

    boolean outputIsTerminal() {
        return outputIsTerminal;
    }

    public boolean errorIsTerminal() {
        return errorIsTerminal;
    }

    public boolean color() {
        return color;
    }

    public int columns() {
        return columns;
    }

    private static final int USUAL_COLUMNS = 100;

    /**
     * The real one. The launcher, which can ask the system, says through properties what is a terminal.
     *
     * @param environment for NO_COLOR, TERM and COLUMNS
     * @param noColor whether the user said {@code --no-color}
     */
    public static Terminal ofProcess(Map<String, String> environment, boolean noColor) {
        boolean outputIsTerminal = Boolean.getBoolean("loupe.stdout.terminal");
        boolean errorIsTerminal = Boolean.getBoolean("loupe.stderr.terminal");
        boolean color = outputIsTerminal
                && !noColor
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        WatchedOutput sink = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        return new Terminal(
                new PrintStream(new BufferedOutputStream(sink, 1 << 13), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                sink,
                outputIsTerminal,
                errorIsTerminal,
                color,
                columns(environment));
    }

    private static int columns(Map<String, String> environment) {
        String told = System.getProperty("loupe.columns", environment.getOrDefault("COLUMNS", ""));
        try {
            return Math.max(40, Integer.parseInt(told.strip()));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
    }
}
