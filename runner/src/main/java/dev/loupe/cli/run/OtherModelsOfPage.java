package dev.loupe.cli.run;

import dev.loupe.plan.ask.NeuronName;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a page about a neuron says of the same neuron elsewhere.
 *
 * @param models names or folders of models that read the same tokens
 */
record OtherModelsOfPage(List<String> models) {
    OtherModelsOfPage {
        models = List.copyOf(models);
    }

    private static String key(int model) {
        return "elsewhere-" + (model + 1);
    }

    private String each(IntFunction<String> words) {
        return IntStream.range(0, models.size()).mapToObj(words).collect(Collectors.joining());
    }

    /** The section `model` of a spec that is about one model and needs these beside it. */
    String section(String choice) {
        return models.isEmpty()
                ? "model: " + choice
                : "model:\n  default: " + choice + each(m -> "\n  " + key(m) + ": " + NeuronSpec.choice(models.get(m)));
    }

    /** Where both signs of a gated neuron do the same, either is found. */
    String measures(NeuronName neuron, boolean gated) {
        return each(m -> """
                  %1$s: {same-neuron: mlp.post, neurons: [%2$s], in: %1$s, sample: {count: 4000, seed: 9}, draws: 5,%3$s seed: 10, dataset: text, title: %4$s}
                """.formatted(
                        key(m),
                        neuron,
                        gated ? " either-sign: true," : "",
                        NeuronSpec.quoted("The neuron of " + NeuronSpec.name(models.get(m))
                                + " whose activations are most alike")));
    }

    /** Of several models under one name the one where it is most alike. */
    String answer() {
        return each(m -> " The activations of a neuron of "
                + NeuronSpec.name(models.get(m)).replace("\"", "\\\"")
                + " correlate with its own by {{max(" + key(m)
                + ", where: {part: match}) or 'undefined'}}, random mixtures of its neurons by "
                + "{{max(" + key(m) + ", where: {part: chance}) or 'undefined'}}.");
    }
}
