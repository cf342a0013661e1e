package dev.loupe.execute.load;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.model.forward.Precision;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Models that stay in memory for all that works in this process: loaded once, shared by work that goes on at the same time, and
 * closed when nobody uses them and another one needs their place.
 */
public final class KeptModels implements AutoCloseable {
    private final int most;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>();

    private static final class Kept {
        private final LoadedModel model;
        private final String hash;
        private int users;

        Kept(LoadedModel model) {
            this.model = model;
            this.hash = model.hash();
        }
    }

    /** @param most how many models are in memory at once, unless more are in use */
    public KeptModels(int most) {
        this.most = most;
    }

    /**
     * Where models come from.
     *
     * @param units by identity
     * @param sent weight files of models that are trained by a recipe
     * @param device {@code cpu} or {@code gpu}
     */
    public record Sources(
            Map<String, ModelInstance> units,
            Map<ModelSource.Trained, Path> sent,
            String device,
            Precision precision) {}

    /** The models that one piece of work uses, until it is closed. Not for several threads. */
    public final class Use implements ModelSupply, AutoCloseable {
        private final Sources sources;
        private final StopSignal stop;
        private final Map<String, Kept> mine = new HashMap<>();
        private final Map<String, String> hashes = new LinkedHashMap<>();

        private Use(Sources sources, StopSignal stop) {
            this.sources = sources;
            this.stop = stop;
        }

        @Override
        public LoadedModel open(ModelRef ref) {
            Kept found = mine.get(ref.identity());
            if (found == null) {
                found = take(ref, sources, stop);
                mine.put(ref.identity(), found);
                hashes.put(ref.label(), found.hash);
            }
            return found.model;
        }

        /** What one piece of work uses stays in memory until its end. */
        @Override
        public List<LoadedModel> together(List<ModelRef> refs) {
            return refs.stream().map(this::open).toList();
        }

        /** Content hashes of the weights that were used, by the model's label. */
        public Map<String, String> hashes() {
            return hashes;
        }

        @Override
        public void close() {
            giveBack(mine.values());
            mine.clear();
        }
    }

    public Use use(Sources sources, StopSignal stop) {
        return new Use(sources, stop);
    }

    private synchronized Kept take(ModelRef ref, Sources sources, StopSignal stop) {
        String key = ref.identity() + " " + sources.device() + " " + sources.precision() + " " + Backend.threads();
        Kept found = kept.remove(key);
        if (found == null) {
            makeRoom();
            found = new Kept(load(ref, sources, stop));
        }
        // The one that was used last stands last.
        kept.put(key, found);
        found.users++;
        return found;
    }

    private void makeRoom() {
        List<String> idle = new ArrayList<>();
        kept.forEach((key, model) -> {
            if (model.users == 0 && kept.size() - idle.size() >= most) {
                idle.add(key);
            }
        });
        for (String key : idle) {
            Kept gone = kept.remove(key);
            if (gone != null) {
                gone.model.close();
            }
        }
        if (!idle.isEmpty()) {
            // Weights lie outside the heap and are given back by a collection alone.
            System.gc();
        }
    }

    private static LoadedModel load(ModelRef ref, Sources sources, StopSignal stop) {
        ModelInstance unit = sources.units().get(ref.identity());
        if (unit == null) {
            throw new IllegalStateException("no source for " + ref.label());
        }
        RunRequest request =
                new RunRequest(Path.of(""), Path.of(""), sources.device(), sources.precision(), false, "", "", 0, null);
        NDManager manager = Backend.manager(sources.device());
        try {
            FoundWeights found = new FoundWeights(request.cache());
            return new ModelLoading(sources.units().values(), request, Progress.silent(), stop, found, sources.sent())
                    .load(unit, manager);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private synchronized void giveBack(Iterable<Kept> used) {
        used.forEach(model -> model.users--);
    }

    @Override
    public synchronized void close() {
        kept.values().forEach(model -> model.model.close());
        kept.clear();
    }
}
