package dev.loupe.cli.terminal;

import dev.loupe.progress.StopSignal;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, and the polite kill: asks the work to stop and gives it a few seconds to leave everything whole. The JVM
 * itself then ends with 128 + the signal's number, which is 130 for Ctrl-C.
 */
public final class Interruption {
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch finished = new CountDownLatch(1);

    /** Watches from now on. */
    public static Interruption watch(StopSignal stop, Thread worker, PrintStream err) {
        Interruption interruption = new Interruption();
        Thread hook = new Thread(() -> interruption.stop(stop, worker, err), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return interruption;
    }

    /** The work is over and has said what it had to say: a shutdown from now on waits for nothing. */
    public void workIsOver() {
        finished.countDown();
    }

    private void stop(StopSignal stop, Thread worker, PrintStream err) {
        if (finished.getCount() == 0) {
            return;
        }
        stop.request();
        worker.interrupt();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("The work did not stop within " + PATIENCE_SECONDS
                        + " s and was ended; what was stored before is complete.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
