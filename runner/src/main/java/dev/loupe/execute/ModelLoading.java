package dev.loupe.execute;

import ai.djl.ndarray.NDManager;
import dev.loupe.failure.StopSignal;
import dev.loupe.model.InitialWeights;
import dev.loupe.model.TlWeights;
import dev.loupe.model.TransformerConfig;
import dev.loupe.resolve.ModelSource;
import dev.loupe.resolve.ModelUnit;

/** From a model's source to weights in memory. */
final class ModelLoading {
    private final RunRequest request;
    private final Progress progress;
    private final StopSignal stop;
    private final String device;

    ModelLoading(RunRequest request, Progress progress, StopSignal stop, String device) {
        this.request = request;
        this.progress = progress;
        this.stop = stop;
        this.device = device;
    }

    /** Loads; everything is made below {@code manager}, which the loaded model owns from then on. */
    LoadedModel load(ModelUnit unit, NDManager manager) {
        TransformerConfig config = unit.config();
        if (config == null) {
            throw new IllegalStateException(unit.ref().label() + " is no transformer");
        }
        if (unit.source() instanceof ModelSource.Untrained fresh) {
            return new TransformerInMemory(
                    unit.ref().shape(), config, TlWeights.of(InitialWeights.draw(config, fresh.seed())), manager);
        }
        throw new IllegalStateException("no way to load " + unit.ref().label());
    }
}
