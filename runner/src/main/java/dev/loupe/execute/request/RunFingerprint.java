package dev.loupe.execute.request;

import dev.loupe.backend.Backend;
import dev.loupe.backend.Kernels;
import dev.loupe.model.folder.TokenizerFiles;
import dev.loupe.model.forward.Precision;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.schema.ResolvedYaml;
import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hashes of everything that a run's numbers depend on. */
public final class RunFingerprint {
    private RunFingerprint() {}

    /** Spec, models, tokenizers, data and the files that the spec names, each by its bytes. */
    public static Map<String, String> parts(Experiment experiment) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("spec", Sha256.of(ResolvedYaml.of(experiment.spec())));
        for (ModelFamily family : experiment.models().values()) {
            for (ModelInstance unit : family.units()) {
                parts.put("model/" + unit.ref().label(), unit.ref().identity());
                if (unit.tokenizer() != null) {
                    parts.put("tokenizer/" + unit.ref().label(), TokenizerFiles.hash(unit.tokenizer()));
                }
            }
        }
        experiment.rows().hashes().forEach((name, hash) -> parts.put("data/" + name, hash));
        experiment.rows().fileHashes(experiment.spec()).forEach((name, hash) -> parts.put("file/" + name, hash));
        experiment.rows().corpusHashes().forEach((name, hash) -> parts.put("corpus/" + name, hash));
        return parts;
    }

    /**
     * What computes, how, and with which weights that were made here: what can change a number and stands in no plan.
     *
     * @param trained weight files by the models' labels
     */
    public static Map<String, String> setting(Precision precision, String device, Map<String, Path> trained)
            throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("device", device);
        parts.put("dtype", precision.toString());
        for (Map.Entry<String, Path> weights : trained.entrySet()) {
            parts.put("weights-file/" + weights.getKey(), Sha256.of(weights.getValue()));
        }
        parts.put("kernels", Kernels.of(device));
        if (device.equals("cpu")) {
            parts.put("threads", Integer.toString(Backend.threads()));
        }
        return parts;
    }

    public static String of(Map<String, String> parts) {
        return Sha256.of(parts + "|" + Versions.all());
    }
}
