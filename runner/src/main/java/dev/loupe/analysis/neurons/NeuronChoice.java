package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The neurons that an analysis looks at: named ones, or those that an earlier measurement selects. */
public record NeuronChoice(
        @Default("[]") @Doc("Neurons such as `L3N110`, each a label of the axis `neuron`.")
        List<NeuronName> neurons,

        @Nullable
        @Key("neurons-from")
        @Doc("Neurons selected by an earlier measurement, in its order on an axis `rank`; needs `best`.")
        Found neuronsFrom) {
    public NeuronChoice {
        neurons = List.copyOf(neurons);
        if (neurons.isEmpty() == (neuronsFrom == null)) {
            throw new IllegalArgumentException(
                    "name the neurons with `neurons` or select them with `neurons-from`, one of the two");
        }
        if (neurons.stream().distinct().count() < neurons.size()) {
            throw new IllegalArgumentException("`neurons` names a neuron twice");
        }
        if (neuronsFrom != null && neuronsFrom.best() == null) {
            throw new IllegalArgumentException(
                    "`neurons-from` needs `best` here, so that the result has as many numbers in every model");
        }
    }

    /** Those of the planned model. */
    List<NeuronName> of(AnalysisPlanning planning) {
        return neuronsFrom == null
                ? neurons
                : planning.found(neuronsFrom, ComponentKind.NEURON).stream()
                        .map(found -> new NeuronName(found.layer(), found.index()))
                        .toList();
    }

    /** Their axis: each model has its own where a measurement selects them. */
    Axis axis() {
        return neuronsFrom == null || neuronsFrom.best() == null
                ? new Axis("neuron", neurons.stream().map(NeuronName::toString).toList())
                : new Axis(
                        "rank",
                        IntStream.rangeClosed(1, neuronsFrom.best())
                                .mapToObj(Integer::toString)
                                .toList());
    }
}
