package dev.loupe.execute.batch;

import dev.loupe.explain.Actual;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each step of a plan takes while it runs. Not for several threads. */
public final class Meter {
    private final boolean on;
    private final @Nullable Meter outer;
    private final Map<Integer, Actual> taken = new TreeMap<>();
    private long flops;

    private Meter(boolean on, @Nullable Meter outer) {
        this.on = on;
        this.outer = outer;
    }

    public static Meter on() {
        return new Meter(true, null);
    }

    /** Measures nothing and costs nothing. */
    public static Meter off() {
        return new Meter(false, null);
    }

    /** For a plan that runs inside one step: its work counts here, and its own steps are not told apart. */
    public Meter within() {
        return new Meter(false, this);
    }

    /** By step id. */
    public Map<Integer, Actual> taken() {
        return taken;
    }

    /** A matrix product was made. */
    public void worked(long operations) {
        flops += operations;
        if (outer != null) {
            outer.worked(operations);
        }
    }

    /** A step's batch held so many bytes. */
    public void held(int step, long bytes) {
        if (on) {
            taken.merge(step, new Actual(0, 0, bytes), Actual::plus);
        }
    }

    /** Runs a piece of a step's work. */
    public <T> T of(int step, Supplier<T> work) {
        if (!on) {
            return work.get();
        }
        long before = flops;
        long begun = System.nanoTime();
        T value = work.get();
        taken.merge(step, new Actual((System.nanoTime() - begun) * 1e-9, flops - before, 0), Actual::plus);
        return value;
    }
}
