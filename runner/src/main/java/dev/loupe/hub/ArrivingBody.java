package dev.loupe.hub;

import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of an answer, taken piece by piece by a thread that gives up when nothing arrives for too long. */
final class ArrivingBody implements BodySubscriber<ArrivingBody>, AutoCloseable {
    /** What the connection reports: a piece, the end, or a fault. */
    private record Event(
            List<ByteBuffer> piece, boolean end, @Nullable Throwable fault) {}

    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<ArrivingBody> ready = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<ArrivingBody> getBody() {
        return ready;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
        ready.complete(this);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        events.add(new Event(piece, false, null));
    }

    @Override
    public void onError(Throwable fault) {
        events.add(new Event(List.of(), true, fault));
        ready.complete(this);
    }

    @Override
    public void onComplete() {
        events.add(new Event(List.of(), true, null));
    }

    /**
     * The next piece; null at the end.
     *
     * @throws TransientHubException where the connection breaks, or nothing arrives for {@code stall}
     */
    @Nullable
    List<ByteBuffer> next(Duration stall, StopSignal stop) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            stop.check();
            Event event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (event == null) {
                if (System.nanoTime() - began > stall.toNanos()) {
                    throw new TransientHubException(
                            "no data arrived for " + stall.toMillis() / 1000.0 + " s", (Duration) null);
                }
                continue;
            }
            if (event.fault() != null) {
                throw new TransientHubException("the connection was lost", event.fault());
            }
            if (event.end()) {
                return null;
            }
            Flow.Subscription open = subscription;
            if (open != null) {
                open.request(1);
            }
            return event.piece();
        }
    }

    /** All of it, where it is not longer than {@code limit}. */
    byte[] all(int limit, Duration stall, StopSignal stop) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (List<ByteBuffer> piece = next(stall, stop); piece != null; piece = next(stall, stop)) {
            for (ByteBuffer part : piece) {
                if (out.size() + part.remaining() > limit) {
                    throw new IOException("an answer is longer than " + limit + " bytes");
                }
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                out.write(bytes);
            }
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }
}
