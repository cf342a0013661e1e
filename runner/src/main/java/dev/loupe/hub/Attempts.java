package dev.loupe.hub;

import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tries again what failed for the moment, after pauses that grow; gives up after a few attempts without progress. */
final class Attempts {
    private static final long LOOK_MILLIS = 100;

    /** Without any connection there is little to wait for. */
    private static final int UNREACHABLE = 3;

    private static final String KEPT = ". The downloaded part is kept: run the same command again to resume";
    private static final String NO_NETWORK =
            ": check the network and HF_ENDPOINT; behind a proxy, LOUPE_JAVA_OPTS=\"-Dhttps.proxyHost=HOST"
                    + " -Dhttps.proxyPort=PORT\" names it";

    private final RetryPolicy patience;
    private final StopSignal stop;
    private final Progress progress;

    Attempts(RetryPolicy patience, StopSignal stop, Progress progress) {
        this.patience = patience;
        this.stop = stop;
        this.progress = progress;
    }

    /** One attempt. */
    interface Work<T> {
        T run() throws IOException, InterruptedException;

        /** How far all attempts together have come; more than before the attempt is progress. */
        default long reached() {
            return 0;
        }
    }

    /**
     * @param what for people, as in "gpt2/config.json"
     * @throws EnvironmentException after the last attempt, with the last trouble
     */
    <T> T at(String what, Work<T> work) throws IOException {
        int failed = 0;
        long best = work.reached();
        while (true) {
            try {
                return work.run();
            } catch (TransientHubException e) {
                failed = work.reached() > best ? 1 : failed + 1;
                best = Math.max(best, work.reached());
                Duration asked = e.asked();
                if (asked != null && asked.compareTo(patience.longestPause()) > 0) {
                    throw new EnvironmentException(
                            what + ": " + e.getMessage() + "; the hub asks to wait " + asked.toSeconds() + " s" + KEPT,
                            e);
                }
                if (failed >= (e.unreachable() ? UNREACHABLE : patience.attempts())) {
                    String advice = e.unreachable() ? NO_NETWORK : KEPT;
                    throw new EnvironmentException(
                            what + ": " + e.getMessage() + ", " + failed + " times in a row" + advice, e);
                }
                progress.note("waiting: " + e.getMessage());
                pause(asked != null && !asked.isNegative() ? asked : patience.before(failed - 1));
                progress.note("");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
    }

    private void pause(Duration length) {
        CountDownLatch never = new CountDownLatch(1);
        long until = System.nanoTime() + length.toNanos();
        try {
            for (long left = length.toNanos(); left > 0; left = until - System.nanoTime()) {
                stop.check();
                boolean unused = never.await(Math.min(left, LOOK_MILLIS * 1_000_000), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }
}
