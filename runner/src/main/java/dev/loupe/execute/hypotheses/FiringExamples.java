package dev.loupe.execute.hypotheses;

import dev.loupe.metric.reading.StepValue.Occurrence;
import dev.loupe.metric.reading.StepValue.Occurrence.Kind;
import dev.loupe.plan.neurons.FiringSide;
import java.util.List;

/**
 * Where one neuron fires, among all of its chosen examples.
 *
 * @param furthest the activation furthest from 0 on its side, without a sign
 * @param examples those furthest from 0 on that side; others have no activation there
 */
record FiringExamples(double furthest, List<Occurrence> examples) {
    static FiringExamples of(FiringSide side, List<Occurrence> own) {
        double smallest = own.stream().mapToDouble(Occurrence::value).min().orElse(0);
        double largest = own.stream().mapToDouble(Occurrence::value).max().orElse(0);
        int sign = side.sign(smallest, largest);
        Kind kind = sign > 0 ? Kind.TOP : Kind.LOWEST;
        return new FiringExamples(
                sign > 0 ? largest : -smallest,
                own.stream()
                        .filter(example -> example.kind() == kind && sign * example.value() > 0)
                        .toList());
    }
}
