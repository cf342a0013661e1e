package dev.loupe.analysis.sampled;

import dev.loupe.analysis.planning.TokenComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.TokenRankings;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;

/** The tokens that neurons or features raise and lower most on the direct path. */
public record AttributedTokens(List<NeuronName> neurons, int top) implements TokenComputation {
    public AttributedTokens {
        neurons = List.copyOf(neurons);
    }

    @Override
    public StepValue.Rankings rank(WeightAccess weights) {
        List<TokenRankings.Ranking> rankings = new ArrayList<>();
        for (NeuronName neuron : neurons) {
            double[] attribution =
                    Attribution.of(weights, neuron.kind(), neuron.layer(), new int[] {neuron.neuron()}, new int[0])[0];
            rankings.add(new TokenRankings.Ranking(
                    neuron.toString(),
                    List.of(),
                    List.of(
                            TokenRankings.Group.of("raised most", attribution, TokenOrder.highest(attribution, top)),
                            TokenRankings.Group.of("lowered most", attribution, TokenOrder.lowest(attribution, top)))));
        }
        return new StepValue.Rankings(List.of("attribution"), rankings);
    }

    @Override
    public String label() {
        return "tokens that " + Count.of(neurons.size(), neurons.get(0).kind().word()) + " raise";
    }

    @Override
    public long flops(ModelShape shape) {
        return 2L * neurons.size() * shape.dModel() * shape.outputs();
    }
}
