package dev.loupe.train;

import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.model.identity.CardIdentity;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a group of seeds that train together: weights as {@link WeightsFiles}, and one rolling snapshot beside them
 * ({@code resume-SEEDS-IDENTITY.safetensors}) that {@link #finished} removes. A snapshot of another recipe or another
 * group of seeds has another name and is never resumed from.
 */
final class FileKeeper implements Keeper {
    private static final String MOMENT = "moment.";
    private final WeightsFiles files;
    private final List<Long> seeds;
    private final Blueprint blueprint;
    private final int instances;
    private final int size;

    FileKeeper(WeightsFiles files, List<Long> seeds, Blueprint blueprint) {
        this.files = files;
        this.seeds = seeds;
        this.blueprint = blueprint;
        this.instances = seeds.size() * blueprint.instancesPerSeed();
        this.size = blueprint.layout().size();
    }

    private String identities() {
        return seeds.stream()
                .map(seed -> CardIdentity.of(files.file(), seed).hash())
                .collect(Collectors.joining(","));
    }

    private Path file() {
        String named = seeds.stream().map(String::valueOf).collect(Collectors.joining("_"));
        return files.folder()
                .resolve("resume-" + named + "-"
                        + CardIdentity.of(files.file(), seeds.get(0)).brief() + ".safetensors");
    }

    @Override
    public @Nullable TrainingSnapshot resume() {
        if (!Files.exists(file())) {
            return null;
        }
        SafetensorsFile in = SafetensorsFile.open(file());
        if (!identities().equals(in.metadata().get(WeightsFiles.IDENTITY))) {
            return null;
        }
        int expected = instances * size;
        Map<String, float[]> moments = new LinkedHashMap<>();
        for (String name : in.names()) {
            if (name.startsWith(MOMENT)) {
                moments.put(name.substring(MOMENT.length()), numbers(in, name, expected));
            }
        }
        long step = in.tensor("step").longs()[0];
        if (step < 0 || step > files.card().recipe().steps()) {
            throw new EnvironmentException(file() + " says that " + step + " steps were done, of "
                    + files.card().recipe().steps() + "; remove it to restart the training");
        }
        float[] losses = in.tensor("losses").floats();
        return new TrainingSnapshot(step, numbers(in, "parameters", expected), moments, losses);
    }

    private float[] numbers(SafetensorsFile in, String name, int expected) {
        Tensor tensor = in.tensor(name);
        if (tensor.size() != expected) {
            throw new EnvironmentException(file() + ": '" + name + "' has " + tensor.size() + " numbers, the model has "
                    + expected + "; remove the file to restart the training");
        }
        return tensor.floats();
    }

    @Override
    public void save(TrainingSnapshot snapshot) {
        long[] shape = {instances, size};
        SafetensorsWriter out = new SafetensorsWriter()
                .metadata(WeightsFiles.IDENTITY, identities())
                .longs("step", new long[] {1}, new long[] {snapshot.step()})
                .floats("parameters", shape, snapshot.parameters())
                .floats("losses", new long[] {snapshot.losses().length / instances, instances}, snapshot.losses());
        snapshot.moments().forEach((name, values) -> out.floats(MOMENT + name, shape, values));
        try {
            out.write(file());
        } catch (ClosedByInterruptException e) {
            // The snapshot before it is whole.
            throw new CancelledException();
        } catch (IOException e) {
            throw new EnvironmentException("training cannot save its state to " + file() + ": " + Reason.of(e), e);
        }
    }

    @Override
    public void checkpoint(long step, float[] parameters) {
        int each = parameters.length / seeds.size();
        for (int i = 0; i < seeds.size(); i++) {
            float[] own = Arrays.copyOfRange(parameters, i * each, (i + 1) * each);
            files.write(seeds.get(i), step, blueprint.export(own));
        }
    }

    /** Removes the snapshot: the weights are complete. */
    void finished() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new EnvironmentException(file() + " cannot be removed: " + Reason.of(e), e);
        }
    }
}
