package dev.loupe.backend;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A gradient collector beside which this process opens no other: the engine allows one, and threads wait for it. */
final class OneAtATime implements GradientCollector {
    private static final ReentrantLock OPEN = new ReentrantLock();

    private final GradientCollector collector;

    private OneAtATime(GradientCollector collector) {
        this.collector = collector;
    }

    static GradientCollector open(Supplier<GradientCollector> engine) {
        OPEN.lock();
        try {
            return new OneAtATime(engine.get());
        } catch (RuntimeException | Error e) {
            OPEN.unlock();
            throw e;
        }
    }

    @Override
    public void backward(NDArray target) {
        collector.backward(target);
    }

    @Override
    public void zeroGradients() {
        collector.zeroGradients();
    }

    @Override
    public void close() {
        try {
            collector.close();
        } finally {
            OPEN.unlock();
        }
    }
}
