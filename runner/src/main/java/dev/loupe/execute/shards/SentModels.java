package dev.loupe.execute.shards;

import dev.loupe.execute.load.FoundWeights;
import dev.loupe.execute.send.NotData;
import dev.loupe.execute.send.Packing;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.network.NetworkFolder;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What other machines need to load models: the files of each, hashed once in a run. */
final class SentModels {
    private final FoundWeights found;
    private final Map<Path, SentFile> hashed = new HashMap<>();

    /** @param cache folder of weights that were trained for a run */
    SentModels(Path cache) {
        this.found = new FoundWeights(cache);
    }

    /** Whether a model can be sent: one that is a table of counts cannot. */
    static boolean canBeSent(ModelInstance unit) {
        try {
            return Packing.size(unit) > 0;
        } catch (NotData e) {
            return false;
        }
    }

    /** The files that models are read from. */
    List<SentFile> files(List<ModelInstance> units) {
        List<Path> paths = new ArrayList<>();
        units.forEach(unit -> paths(unit, paths));
        return paths.stream()
                .distinct()
                .map(path -> hashed.computeIfAbsent(path, SentFile::of))
                .toList();
    }

    private void paths(ModelInstance unit, List<Path> to) {
        if (unit.source() instanceof ModelSource.Folder folder) {
            to.addAll(ModelFolder.open(folder.files()).files());
        }
        if (unit.source() instanceof ModelSource.Network network) {
            to.addAll(NetworkFolder.open(network.folder()).files());
        }
        trained(List.of(unit)).values().forEach(to::add);
        for (DictionaryFolder dictionary : unit.dictionaries()) {
            dictionary
                    .format()
                    .files()
                    .forEach(name -> to.add(dictionary.folder().resolve(name)));
        }
        if (unit.source() instanceof ModelSource.Derived derived) {
            derived.from().forEach(origin -> paths(origin, to));
        }
    }

    /** The weight files of those models that are trained here, and of those that others are made from. */
    Map<ModelSource.Trained, Path> trained(List<ModelInstance> units) {
        Map<ModelSource.Trained, Path> files = new LinkedHashMap<>();
        for (ModelInstance unit : units) {
            if (unit.source() instanceof ModelSource.Trained source) {
                Path there = found.file(source);
                if (there != null) {
                    files.put(source, there);
                }
            } else if (unit.source() instanceof ModelSource.Derived derived) {
                files.putAll(trained(derived.from()));
            }
        }
        return files;
    }
}
