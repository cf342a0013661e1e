package dev.loupe.hub;

import dev.loupe.failure.CancelledException;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A few pieces of network work at a time; the first failure ends the others. */
final class Parallel {
    private static final int AT_ONCE = 4;
    private static final long SETTLE_SECONDS = 5;

    private final StopSignal stop;

    Parallel(StopSignal stop) {
        this.stop = stop;
    }

    /** One piece of work. */
    interface Work<A, B> {
        B on(A input) throws IOException;
    }

    <A, B> List<B> each(List<A> inputs, Work<A, B> work) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "download");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<B> done = new ExecutorCompletionService<>(pool);
            List<Future<B>> coming = new ArrayList<>();
            for (A input : inputs) {
                coming.add(done.submit(() -> work.on(input)));
            }
            for (int i = 0; i < inputs.size(); i++) {
                B unused = done.take().get();
            }
            List<B> out = new ArrayList<>();
            for (Future<B> future : coming) {
                out.add(future.get());
            }
            return out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            stop.check();
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
            settle(pool);
        }
    }

    /** Nothing is written any more once the caller goes on. */
    private static void settle(ExecutorService pool) {
        try {
            boolean unused = pool.awaitTermination(SETTLE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
