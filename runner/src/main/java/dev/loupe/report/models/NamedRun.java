package dev.loupe.report.models;

import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.util.List;

/** @param label what the run is called among others; empty where it is the only one */
public record NamedRun(String label, RunResult result) {
    List<Quantity> quantities() {
        return result.artifacts().stream()
                .filter(Quantity.class::isInstance)
                .map(Quantity.class::cast)
                .toList();
    }
}
