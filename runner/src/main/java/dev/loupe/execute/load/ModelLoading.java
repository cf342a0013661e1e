package dev.loupe.execute.load;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Precision;
import dev.loupe.model.network.NetworkFolder;
import dev.loupe.model.table.TableModel;
import dev.loupe.model.weights.FiniteWeights;
import dev.loupe.model.weights.InitialWeights;
import dev.loupe.model.weights.Processing;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.model.weights.WeightProcessing;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.resolve.model.ToyUnit;
import dev.loupe.spec.ModelChoice;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.train.ToyInitialWeights;
import dev.loupe.train.TrainedModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a model's source to weights in memory. */
final class ModelLoading {
    private final Collection<ModelInstance> units;
    private final RunRequest request;
    private final Progress progress;
    private final StopSignal stop;
    private final FoundWeights found;
    private final Map<ModelSource.Trained, Path> sent;

    /**
     * @param units every model of the run: seeds of one card that have to be trained are trained together
     * @param found what was found for models that were loaded before
     */
    ModelLoading(
            Collection<ModelInstance> units,
            RunRequest request,
            Progress progress,
            StopSignal stop,
            FoundWeights found) {
        this(units, request, progress, stop, found, Map.of());
    }

    /** @param sent weight files of models that another machine trained */
    ModelLoading(
            Collection<ModelInstance> units,
            RunRequest request,
            Progress progress,
            StopSignal stop,
            FoundWeights found,
            Map<ModelSource.Trained, Path> sent) {
        this.found = found;
        this.sent = sent;
        this.units = units;
        this.request = request;
        this.progress = progress;
        this.stop = stop;
    }

    /** Loads; everything is made below {@code manager}, which the loaded model owns from then on. */
    LoadedModel load(ModelInstance unit, NDManager manager) {
        ModelSource source = unit.source();
        TransformerConfig config = unit.config();
        if (source instanceof ModelSource.Table table) {
            return new TableInMemory(new TableModel(table.table()), unit.ref().identity(), manager);
        }
        if (!unit.dictionaries().isEmpty() && request.precision() != Precision.F32) {
            throw new UserInputException(
                    "--dtype " + request.precision() + ": a model with a dictionary computes in f32");
        }
        if (config == null && request.precision() != Precision.F32) {
            throw new UserInputException("--dtype " + request.precision() + " is for transformers; "
                    + unit.ref().label() + " is not one and computes in f32");
        }
        if (config == null) {
            ToyUnit toy = toy(unit);
            return new ToyInMemory(toy, toyWeights(source, toy, manager), manager);
        }
        if (source instanceof ModelSource.Trained trained) {
            Path file = trained(trained, manager);
            return processed(unit, config, weights(file, config), file, trained.processing(), manager);
        }
        if (source instanceof ModelSource.Folder folder) {
            ModelFolder opened = ModelFolder.open(folder.files());
            return processed(unit, config, opened.weights(), opened.weightsFile(), folder.processing(), manager);
        }
        if (source instanceof ModelSource.Untrained fresh) {
            TlWeights drawn = InitialWeights.of(config, fresh.seed());
            return processed(unit, config, drawn, null, List.of(), manager);
        }
        if (source instanceof ModelSource.Absent absent) {
            throw new EnvironmentException(absent.choice().label() + " is not on this machine: "
                    + absent.choice().command());
        }
        TlWeights planted = TlWeights.of(((ModelSource.Planted) source).model().weights());
        return processed(unit, config, planted, null, List.of(), manager);
    }

    private static ToyUnit toy(ModelInstance unit) {
        ToyUnit toy = unit.source().toy();
        if (toy == null) {
            throw new IllegalStateException(unit.ref().label() + " is neither a transformer nor a toy network");
        }
        return toy;
    }

    private Map<String, float[]> toyWeights(ModelSource source, ToyUnit toy, NDManager manager) {
        if (source instanceof ModelSource.Trained trained) {
            return ToyWeights.read(trained(trained, manager), toy.grid());
        }
        if (source instanceof ModelSource.Network network) {
            return NetworkFolder.open(network.folder()).weights();
        }
        if (source instanceof ModelSource.UntrainedToy fresh) {
            return ToyInitialWeights.of(toy.grid(), fresh.seed());
        }
        if (source instanceof ModelSource.Derived derived) {
            return derived.how()
                    .of(
                            toy.grid(),
                            derived.from().stream()
                                    .map(unit -> toyWeights(unit.source(), toy(unit), manager))
                                    .toList());
        }
        return ((ModelSource.PlantedToy) source).model().weights();
    }

    /** The file of a model that is trained here, made where it is missing. */
    Path trained(ModelSource.Trained source, NDManager manager) {
        Path there = sent.containsKey(source) ? sent.get(source) : found.file(source);
        if (there != null) {
            return there;
        }
        TrainedModels models = new TrainedModels(manager, Backend.gradients(manager));
        models.ensure(source.card(), seeds(source.card()), request.cache(), progress, stop);
        Path made = found.file(source);
        if (made == null) {
            throw new IllegalStateException("no weights for seed " + source.seed());
        }
        return made;
    }

    /** The seeds of a card that the run asks for, ascending. */
    private List<Long> seeds(CardFile card) {
        return units.stream()
                .map(ModelInstance::source)
                .filter(source -> source instanceof ModelSource.Trained trained
                        && trained.card().equals(card))
                .map(source -> ((ModelSource.Trained) source).seed())
                .distinct()
                .sorted()
                .toList();
    }

    private static TlWeights weights(Path path, TransformerConfig config) {
        SafetensorsFile file = SafetensorsFile.open(path);
        List<String> problems = new ArrayList<>();
        TlTensors.of(config).forEach((name, shape) -> {
            if (!file.names().contains(name)) {
                problems.add("has no " + name);
            } else if (!Arrays.equals(file.tensor(name).shape(), shape)) {
                problems.add(
                        name + " is " + Arrays.toString(file.tensor(name).shape()) + ", not " + Arrays.toString(shape));
            }
        });
        if (!problems.isEmpty()) {
            throw new WeightsException(path, problems);
        }
        return name -> file.tensor(name).floats();
    }

    private LoadedModel processed(
            ModelInstance unit,
            TransformerConfig raw,
            TlWeights weights,
            @Nullable Path file,
            List<ModelChoice.Processing> steps,
            NDManager manager) {
        Set<Processing> set = EnumSet.noneOf(Processing.class);
        steps.forEach(step -> set.add(Processing.valueOf(step.name())));
        WeightProcessing processing = new WeightProcessing(raw, set);
        // A folder's identity is the hash of its files: hashing every number once more would cost seconds.
        String known = unit.source() instanceof ModelSource.Folder ? unit.ref().identity() : null;
        FiniteWeights checked = new FiniteWeights(weights);
        LoadedModel loaded = new TransformerInMemory(
                unit.ref().shape(),
                processing.config(),
                processing.apply(checked),
                known,
                unit.dictionaries(),
                manager,
                request.precision());
        if (file != null && !checked.bad().isEmpty()) {
            loaded.close();
            throw checked.problem(file);
        }
        return loaded;
    }
}
