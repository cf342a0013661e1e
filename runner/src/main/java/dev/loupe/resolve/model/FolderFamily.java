package dev.loupe.resolve.model;

import dev.loupe.model.card.CheckpointSteps;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.network.NetworkFolder;
import dev.loupe.model.weights.ModelFiles;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Coordinates;
import dev.loupe.schema.shape.IntRange;
import dev.loupe.spec.ModelChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model in a folder of this disk, or the checkpoints of one, each in a folder below.
 *
 * @param label what people call it
 * @param bos of its card, null where it has none
 */
record FolderFamily(String label, Path folder, List<ModelChoice.Processing> processing, PublicCard.@Nullable Bos bos) {
    /**
     * One model, or one for each of some training steps.
     *
     * @throws IllegalArgumentException where there is no such model or step, or where checkpoints are not of one model
     */
    ModelFamily of(String name, List<IntRange> checkpoints) {
        if (checkpoints.isEmpty()) {
            return ModelFamily.of(name, List.of(single()));
        }
        TreeMap<Integer, Path> steps = StepFolders.in(folder);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(
                    "`checkpoints` needs a folder for each step, such as step100 or checkpoint-100, in " + folder
                            + ", which has " + StepFolders.others(folder));
        }
        String written = steps.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
        List<ModelInstance> units = new ArrayList<>();
        for (int step : new CheckpointSteps(label, List.copyOf(steps.keySet()), written).chosen(checkpoints)) {
            units.add(checkpoint(step, Objects.requireNonNull(steps.get(step)), units));
        }
        return ModelFamily.of(name, units);
    }

    private ModelInstance single() {
        if (!ModelFolder.isIn(folder)) {
            TreeMap<Integer, Path> steps = StepFolders.in(folder);
            throw new IllegalArgumentException(nothingIn(folder)
                    + (steps.isEmpty()
                            ? ""
                            : "; its checkpoints (" + StepFolders.described(steps)
                                    + ") are chosen by `checkpoints`, as in checkpoints: " + steps.firstKey() + ".."
                                    + steps.lastKey()));
        }
        return NetworkFolder.isIn(folder) ? network(folder, label) : transformer(folder, label);
    }

    private static String nothingIn(Path folder) {
        return "no model in " + folder + ": there is no config.json and no .gguf file"
                + (Files.isRegularFile(folder.resolve("adapter_config.json"))
                        ? ", but an adapter; merge it into its base (merge_and_unload of peft) and save that"
                        : "");
    }

    private ModelInstance checkpoint(int step, Path its, List<ModelInstance> before) {
        if (!ModelFolder.isIn(its)) {
            throw new IllegalArgumentException(nothingIn(its));
        }
        String called = label + " step " + step;
        ModelInstance unit = (NetworkFolder.isIn(its) ? network(its, called) : transformer(its, called))
                .at(Coordinates.of("checkpoint", Integer.toString(step)));
        if (!before.isEmpty()) {
            String difference = difference(unit, before.get(0));
            if (difference != null) {
                throw new IllegalArgumentException("checkpoints of one training have one configuration, but "
                        + its.getFileName() + " differs from step "
                        + before.get(0).at().labels().get("checkpoint") + ": " + difference);
            }
        }
        return unit;
    }

    /** What a checkpoint has otherwise than the first one, null where both are of one training. */
    private static @Nullable String difference(ModelInstance unit, ModelInstance first) {
        ToyUnit toy = unit.source().toy();
        ToyUnit other = first.source().toy();
        if (toy != null && other != null) {
            return toy.equals(other)
                    ? null
                    : !toy.grid().equals(other.grid()) ? "the network that its config.json describes" : "`data`";
        }
        if (toy != null || other != null) {
            return "one is a network without tokens";
        }
        TransformerConfig its = Objects.requireNonNull(unit.config());
        TransformerConfig theirs = Objects.requireNonNull(first.config());
        return its.equals(theirs) ? null : String.join(", ", its.differences(theirs));
    }

    private ModelInstance transformer(Path its, String called) {
        ModelFolder opened = ModelFolder.open(its);
        TransformerConfig config = opened.config();
        ModelRef ref = new ModelRef(
                called
                        + (opened.origin().equals("model.safetensors") ? "" : " from " + opened.origin())
                        + ModelResolver.described(processing),
                opened.weightsHash() + "-" + ConfigHash.of(config) + ModelResolver.processing(processing),
                ModelShapes.of(config, opened.tied() && processing.isEmpty()));
        ModelSource source = new ModelSource.Folder(ModelFiles.in(its), processing);
        return new ModelInstance(label, Coordinates.NONE, ref, source, config, tokenizer(its), bos);
    }

    /** Beside the weights, or beside all checkpoints. */
    private @Nullable Path tokenizer(Path its) {
        return HubTokenizer.isIn(its) ? its : HubTokenizer.isIn(folder) ? folder : null;
    }

    private ModelInstance network(Path its, String called) {
        if (!processing.isEmpty()) {
            throw new IllegalArgumentException("`processing` is for transformers; " + label + " has no tokens");
        }
        NetworkFolder opened = NetworkFolder.open(its);
        ToyUnit toy = new ToyUnit(opened.grid(), opened.data());
        ModelRef ref = new ModelRef(called, "network-" + opened.identity(), toy.shape());
        return new ModelInstance(label, ref, new ModelSource.Network(its, toy), null);
    }
}
