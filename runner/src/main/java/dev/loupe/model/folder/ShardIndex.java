package dev.loupe.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.model.family.ConfigJson;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.ShardedSource;
import dev.loupe.tensors.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The index of a sharded model ({@code model.safetensors.index.json}): which tensor lies in which file. */
final class ShardIndex {
    private ShardIndex() {}

    /**
     * @throws WeightsException where it names files that are not there, or tensors that are not where it says
     * @throws dev.loupe.tensors.TensorFileException where a shard cannot be trusted
     */
    static TensorSource open(Path index) {
        JsonNode map = ConfigJson.read(index).node("weight_map");
        Map<String, List<String>> files = new TreeMap<>();
        if (map.isObject()) {
            map.properties()
                    .forEach(e -> files.computeIfAbsent(e.getValue().asText(), f -> new ArrayList<>())
                            .add(e.getKey()));
        }
        if (files.isEmpty()) {
            throw new WeightsException(index, List.of("has no weight_map from tensors to files"));
        }
        List<String> absent = new ArrayList<>();
        for (String name : files.keySet()) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}") || name.contains("..")) {
                throw new WeightsException(index, List.of("names a file outside its folder"));
            }
            if (!Files.isRegularFile(index.resolveSibling(name))) {
                absent.add(name);
            }
        }
        if (!absent.isEmpty()) {
            throw new WeightsException(
                    index, List.of("names files that are not in the same folder: " + String.join(", ", absent)));
        }
        List<String> problems = new ArrayList<>();
        List<TensorSource> shards = new ArrayList<>();
        files.forEach((name, tensors) -> {
            TensorSource shard = ModelFolder.single(index.resolveSibling(name));
            tensors.removeIf(shard::has);
            if (!tensors.isEmpty()) {
                problems.add(
                        name + " does not contain the tensors that the index names: " + String.join(", ", tensors));
            }
            shards.add(shard);
        });
        if (!problems.isEmpty()) {
            throw new WeightsException(index, problems);
        }
        return new ShardedSource(index, shards);
    }
}
