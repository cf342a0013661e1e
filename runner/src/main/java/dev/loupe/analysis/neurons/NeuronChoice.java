package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The neurons that an analysis looks at: named ones, those that an earlier measurement selects, or all of some layers. */
public record NeuronChoice(
        @OneOrMany
        @Default("[]")
        @Doc(
                "Neurons such as `L3N110`, or features of a dictionary such as `L6F123`, each a label of the axis `neuron` or `feature`.")
        List<NeuronName> neurons,

        @Nullable
        @Key("neurons-from")
        @Doc("Neurons selected by an earlier measurement, in its order on an axis `rank`; needs `best`.")
        Found neuronsFrom,

        @OneOrMany @Default("[]") @Doc("All neurons of these layers, on the axes `layer` and `neuron`.")
        List<Integer> layers,

        @Nullable
        @Key("random-neurons")
        @Doc(
                "Neurons drawn at random, the same in models of one shape, each a label of the axis `neuron` or `feature`.")
        RandomNeurons randomNeurons) {
    public NeuronChoice {
        neurons = List.copyOf(neurons);
        layers = List.copyOf(layers);
        if ((neurons.isEmpty() ? 0 : 1)
                        + (neuronsFrom == null ? 0 : 1)
                        + (layers.isEmpty() ? 0 : 1)
                        + (randomNeurons == null ? 0 : 1)
                != 1) {
            throw new IllegalArgumentException(
                    "name neurons with `neurons`, select them with `neurons-from`, take all of "
                            + "some `layers`, or draw them with `random-neurons`: one of the four");
        }
        if (neurons.stream().distinct().count() < neurons.size()
                || layers.stream().distinct().count() < layers.size()) {
            throw new IllegalArgumentException("`neurons` or `layers` names one twice");
        }
        if (neuronsFrom != null && neuronsFrom.best() == null) {
            throw new IllegalArgumentException(
                    "`neurons-from` needs `best` here, so that the result has as many numbers in every model");
        }
    }

    /** Those of the planned model, checked to exist. */
    List<NeuronName> of(AnalysisPlanning planning, Site site) {
        NeuronName.at(site, neurons);
        ComponentKind kind = ComponentKind.unitsOf(site);
        ModelShape shape = planning.model().shape();
        List<NeuronName> named = neuronsFrom != null
                ? planning.found(neuronsFrom, kind).stream().map(NeuronName::of).toList()
                : layers.isEmpty()
                        ? randomNeurons == null ? neurons : randomNeurons.of(shape, site)
                        : layers.stream()
                                .flatMap(layer -> IntStream.range(0, shape.units(site, List.of(layer)))
                                        .mapToObj(neuron -> new NeuronName(kind, layer, neuron)))
                                .toList();
        named.forEach(neuron -> neuron.in(shape));
        return named;
    }

    /** Their axes: each model has its own where a measurement selects them. */
    List<Axis> axes(ModelShape shape, Site site) {
        String one = ComponentKind.unitsOf(site).word();
        if (!layers.isEmpty()) {
            return List.of(
                    new Axis("layer", layers.stream().map(String::valueOf).toList()),
                    Axis.counted(one, shape.units(site, layers)));
        }
        return List.of(
                neuronsFrom == null || neuronsFrom.best() == null
                        ? new Axis(
                                one,
                                (randomNeurons == null ? neurons : randomNeurons.of(shape, site))
                                        .stream().map(NeuronName::toString).toList())
                        : Axis.ranks(neuronsFrom.best()));
    }
}
