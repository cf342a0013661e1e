package dev.loupe.execute.shards;

import dev.loupe.backend.Backend;
import dev.loupe.backend.Kernels;
import dev.loupe.execute.request.Versions;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.model.forward.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What computes, and how: whatever could give other bits where it differs from the machine that asks.
 *
 * @param versions of this program and what it stands on
 * @param kernels the instructions that products are made of
 * @param device {@code cpu} or {@code gpu}
 * @param precision number type of weight matrices and products
 * @param threads that share an operation
 */
record Setting(Map<String, String> versions, String kernels, String device, Precision precision, int threads) {
    static Setting here(String device, Precision precision) {
        return new Setting(Versions.all(), Kernels.of(device), device, precision, Backend.threads());
    }

    /** Makes this process compute so. */
    void apply() {
        List<String> unlike = new ArrayList<>();
        Versions.all().forEach((what, version) -> {
            String asked = versions.getOrDefault(what, "");
            if (!asked.equals(version)) {
                unlike.add(what + " " + version + " instead of " + asked);
            }
        });
        if (!unlike.isEmpty()) {
            throw new EnvironmentException("it has " + String.join(", ", unlike)
                    + ", and results would differ. Install on it what the machine has that starts the run");
        }
        String own = Kernels.of(device);
        if (!own.equals(kernels)) {
            throw new EnvironmentException(device.equals("gpu") ? otherGpu(own) : otherProcessor(own));
        }
        Backend.useThreads(threads);
    }

    private String otherProcessor(String own) {
        return "its processor computes with " + (own.isEmpty() ? "other instructions" : own)
                + ", the processor of the machine that starts the run with " + (kernels.isEmpty() ? "others" : kernels)
                + ": the last bits of results would differ. Take executors of one kind";
    }

    private String otherGpu(String own) {
        return (own.isEmpty() ? "it has no GPU that can be used" : "its GPU is of another kind (" + own + ")")
                + ", and the machine that starts the run computes on one"
                + (kernels.isEmpty() ? "" : " (" + kernels + ")")
                + ": the last bits of results would differ. Take executors with the same GPU, or --device cpu";
    }
}
