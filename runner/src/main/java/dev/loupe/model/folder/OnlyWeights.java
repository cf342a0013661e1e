package dev.loupe.model.folder;

import dev.loupe.model.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The weights of a folder in which no file has one of the usual names: its only file with the ending of one, such as {@code model.pt}. */
final class OnlyWeights {
    private static final Pattern ENDING = Pattern.compile("\\.(safetensors|pt|pth|bin)$");

    /** What the Trainer of transformers writes beside a model. */
    private static final Pattern BESIDE =
            Pattern.compile("(optimizer|scheduler|scaler|training_args|rng_state.*)\\.(pt|pth|bin)");

    private OnlyWeights() {}

    /** @throws WeightsException where there is none, or more than one */
    static Path of(Path folder) {
        List<String> names = names(folder);
        if (names.size() == 1) {
            return folder.resolve(names.get(0));
        }
        throw new WeightsException(
                folder,
                List.of(
                        names.isEmpty()
                                ? "has no weights: looked for model.safetensors, model.safetensors.index.json, model_final.pth, "
                                        + "pytorch_model.bin, and any one file that ends with .safetensors, .pt, .pth or .bin"
                                : "has several files that may be its weights: "
                                        + names.stream().collect(Collectors.joining(", "))
                                        + "; call the right one model.safetensors, or pytorch_model.bin where it is PyTorch's"));
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name ->
                            ENDING.matcher(name).find() && !BESIDE.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new WeightsException(folder, List.of("cannot be read: " + e));
        }
    }
}
