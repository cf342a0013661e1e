package dev.loupe.execute.load;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.plan.Memory;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models of a run, one in memory at a time unless a step compares several: what a plan names is found, trained or planted when it is first needed. */
public final class Models implements ModelSupply, AutoCloseable {
    private final RunRequest request;
    private final Progress progress;
    private final StopSignal stop;
    private final Map<String, ModelInstance> known = new HashMap<>();
    private final Map<String, ModelInstance> needed = new LinkedHashMap<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final FoundWeights found;
    private final String device;
    private static final long LARGE = 50_000_000;
    private final List<LoadedModel> others = new ArrayList<>();
    private @Nullable LoadedModel open;
    private @Nullable String openIdentity;

    public Models(Experiment experiment, RunRequest request, Progress progress, StopSignal stop) {
        this.request = request;
        this.progress = progress;
        this.stop = stop;
        this.found = new FoundWeights(request.cache());
        this.device = Backend.choose(request.device());
        experiment
                .models()
                .values()
                .forEach(f -> f.units().forEach(u -> known.put(u.ref().identity(), u)));
        experiment.measure().values().forEach(measurement -> {
            experiment.family(measurement).units().forEach(this::need);
            measurement.analysis().beside().stream()
                    .map(name -> Objects.requireNonNull(experiment.models().get(name), name))
                    .forEach(family -> family.units().forEach(this::need));
        });
    }

    /** A model in which something is measured or that is run beside one, and those that it is made of. One that lends only its architecture is not needed. */
    private void need(ModelInstance unit) {
        needed.put(unit.ref().identity(), unit);
        if (unit.source() instanceof ModelSource.Derived derived) {
            derived.from().forEach(this::need);
        }
    }

    public void know(Map<String, ModelInstance> units) {
        known.putAll(units);
    }

    /** Where the weights of a model of a plan come from. */
    public ModelInstance source(ModelRef ref) {
        ModelInstance unit = known.get(ref.identity());
        if (unit == null) {
            throw new IllegalStateException("no source for " + ref.label());
        }
        return unit;
    }

    /** Content hash of weights that another machine loaded. */
    public void loadedElsewhere(String label, String hash) {
        hashes.put(label, hash);
    }

    /** {@code cpu} or {@code gpu}. */
    public String device() {
        return device;
    }

    /** Content hashes of the weights that were loaded, by the model's label. */
    public Map<String, String> hashes() {
        return hashes;
    }

    /**
     * The weight files of the models that are trained here, by the model's label; those that are missing are trained first.
     * A recipe alone does not tell the bytes: those that another version made are a little different.
     */
    public Map<String, Path> trained() {
        Map<String, Path> files = new TreeMap<>();
        for (ModelInstance unit : needed.values()) {
            if (unit.source() instanceof ModelSource.Trained source) {
                Path there = found.file(source);
                files.put(unit.ref().label(), there != null ? there : train(source));
            }
        }
        return files;
    }

    private Path train(ModelSource.Trained source) {
        try (NDManager manager = Backend.manager(device)) {
            return new ModelLoading(needed.values(), request, progress, stop, found).trained(source, manager);
        }
    }

    @Override
    public LoadedModel open(ModelRef ref) {
        LoadedModel current = open;
        if (current != null && ref.identity().equals(openIdentity)) {
            return current;
        }
        ModelInstance before = openIdentity == null ? null : known.get(openIdentity);
        close();
        if (before != null) {
            release(before.ref());
        }
        LoadedModel loaded = hashed(ref);
        open = loaded;
        openIdentity = ref.identity();
        return loaded;
    }

    @Override
    public List<LoadedModel> together(List<ModelRef> refs) {
        open(refs.get(0));
        closeOthers();
        for (ModelRef ref : refs.subList(1, refs.size())) {
            others.add(hashed(ref));
        }
        List<LoadedModel> all = new ArrayList<>(List.of(open(refs.get(0))));
        all.addAll(others);
        return all;
    }

    private void closeOthers() {
        others.forEach(LoadedModel::close);
        others.clear();
    }

    private LoadedModel hashed(ModelRef ref) {
        LoadedModel loaded = load(source(ref));
        hashes.put(ref.label(), loaded.hash());
        return loaded;
    }

    private LoadedModel load(ModelInstance unit) {
        NDManager manager = Backend.manager(device);
        try {
            return new ModelLoading(needed.values(), request, progress, stop, found).load(unit, manager);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closeOthers();
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
