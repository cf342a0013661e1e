package dev.loupe.cli.terminal;

import dev.loupe.text.Seconds;
import java.util.Locale;

/**
 * A stage as it stands at one moment.
 *
 * @param name what runs
 * @param total units in it, 0 when not known
 * @param done units behind it
 * @param note a few words of the work's own, maybe empty
 * @param elapsedNanos time since it began
 */
public record StageState(String name, long total, long done, String note, long elapsedNanos) {
    private static final long SECOND = 1_000_000_000L;

    /** Share of the work that is done, from 0 to 1; 0 when the total is not known. */
    double share() {
        return total <= 0 ? 0 : Math.min(1, (double) done / total);
    }

    double elapsedSeconds() {
        return (double) elapsedNanos / SECOND;
    }

    /** {@code 1290/3000 43 %}, or only the count when the total is not known. */
    public String count() {
        if (total <= 0) {
            return done == 0 ? "" : Long.toString(done);
        }
        return String.format(Locale.ROOT, "%d/%d %d %%", done, total, (int) (100 * share()));
    }

    /** {@code 16 s left}, from the speed so far; empty while nothing can be said. */
    public String left() {
        if (total <= 0 || done <= 0 || done >= total || elapsedNanos < SECOND) {
            return "";
        }
        return Seconds.of(elapsedSeconds() * (total - done) / done) + " left";
    }

    String elapsed() {
        return Seconds.of(elapsedSeconds());
    }
}
