package dev.loupe.execute;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.failure.StopSignal;
import dev.loupe.plan.Memory;
import dev.loupe.plan.ModelRef;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.ModelUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models of a run, one in memory at a time: what a plan names is found, trained or planted when it is first needed. */
final class Models implements ModelSupply, AutoCloseable {
    private final RunRequest request;
    private final Progress progress;
    private final StopSignal stop;
    private final Map<String, ModelUnit> known = new HashMap<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final String device;
    private static final long LARGE = 50_000_000;
    private @Nullable LoadedModel open;
    private @Nullable String openIdentity;

    Models(Experiment experiment, RunRequest request, Progress progress, StopSignal stop) {
        this.request = request;
        this.progress = progress;
        this.stop = stop;
        this.device = Backend.choose(request.device());
        experiment
                .models()
                .values()
                .forEach(f -> f.units().forEach(u -> known.put(u.ref().identity(), u)));
    }

    void know(Map<String, ModelUnit> units) {
        known.putAll(units);
    }

    String device() {
        return Backend.describe(device);
    }

    /** Content hashes of the weights that were loaded, by the model's label. */
    Map<String, String> hashes() {
        return hashes;
    }

    @Override
    public LoadedModel open(ModelRef ref) {
        LoadedModel current = open;
        if (current != null && ref.identity().equals(openIdentity)) {
            return current;
        }
        ModelUnit before = openIdentity == null ? null : known.get(openIdentity);
        close();
        if (before != null) {
            release(before.ref());
        }
        ModelUnit unit = known.get(ref.identity());
        if (unit == null) {
            throw new IllegalStateException("no source for " + ref.label());
        }
        LoadedModel loaded = load(unit);
        hashes.put(ref.label(), loaded.hash());
        open = loaded;
        openIdentity = ref.identity();
        return loaded;
    }

    private LoadedModel load(ModelUnit unit) {
        NDManager manager = Backend.manager(device);
        try {
            return new ModelLoading(known.values(), request, progress, stop).load(unit, manager);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public void close() {
        LoadedModel current = open;
        if (current != null) {
            open = null;
            current.close();
        }
    }

    /** Weights lie outside the heap and are given back by a collection alone, which nothing else may call for in time. */
    private void release(ModelRef closed) {
        if (Memory.weights(closed) > LARGE) {
            System.gc();
        }
    }
}
