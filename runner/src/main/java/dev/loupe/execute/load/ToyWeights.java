package dev.loupe.execute.load;

import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.ToyParameter;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of networks without tokens from a file: [instance, ...shape] by name, in the shape of the widest network. */
final class ToyWeights {
    private ToyWeights() {}

    /** @throws WeightsException where the file does not hold this grid, or a number is not finite */
    static Map<String, float[]> read(Path path, ToyGrid grid) {
        SafetensorsFile file = SafetensorsFile.open(path);
        List<String> problems = new ArrayList<>();
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (ToyParameter parameter : grid.widest().parameters()) {
            String name = parameter.name();
            if (!file.names().contains(name)) {
                problems.add("has no " + name);
                continue;
            }
            Tensor tensor = file.tensor(name);
            List<Long> shape = new ArrayList<>();
            shape.add((long) grid.instances());
            shape.addAll(parameter.shape());
            List<Long> found = Arrays.stream(tensor.shape()).boxed().toList();
            if (!found.equals(shape)) {
                problems.add(name + " is " + found + ", not " + shape);
                continue;
            }
            float[] values = tensor.floats();
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    problems.add("NaN or infinity in " + name);
                    break;
                }
            }
            weights.put(name, values);
        }
        if (!problems.isEmpty()) {
            throw new WeightsException(path, problems);
        }
        return weights;
    }
}
