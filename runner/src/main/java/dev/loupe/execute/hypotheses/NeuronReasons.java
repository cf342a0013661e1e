package dev.loupe.execute.hypotheses;

import dev.loupe.plan.ask.NeuronName;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why numbers of neurons are undefined: each reason once, with the neurons that it holds for. */
final class NeuronReasons {
    /** As many neurons of one reason are named. */
    private static final int NAMED = 3;

    private final Map<String, List<NeuronName>> neurons = new LinkedHashMap<>();

    void add(NeuronName neuron, List<String> reasons) {
        reasons.forEach(
                why -> neurons.computeIfAbsent(why, unused -> new ArrayList<>()).add(neuron));
    }

    /** "L0N5, L0N6, L0N9 and 4 other neurons: fires at fewer than 5 positions". */
    List<String> said() {
        List<String> said = new ArrayList<>();
        neurons.forEach((why, of) -> said.add(names(of) + ": " + why));
        return said;
    }

    private static String names(List<NeuronName> of) {
        String first = String.join(
                ", ", of.stream().limit(NAMED).map(NeuronName::toString).toList());
        return of.size() <= NAMED ? first : first + " and " + Count.of(of.size() - NAMED, "other neuron");
    }
}
