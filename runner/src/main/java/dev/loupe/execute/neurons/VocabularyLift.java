package dev.loupe.execute.neurons;

import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.analysis.sampled.Attribution;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.neurons.LiftVocabulary;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantiles;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic of {@link LiftVocabulary}. */
final class VocabularyLift {
    private static final double ACTIVE = .99;
    private static final int BEST = 10;
    /** Fewer active positions tell nothing of what follows. */
    private static final int LEAST = 10;

    private final LiftVocabulary step;
    private final Activations sample;
    private final FollowingTokens following;
    private final int[] next;
    private final WeightAccess weights;
    private final StopSignal stop;

    VocabularyLift(LiftVocabulary step, TokenRows rows, Activations sample, WeightAccess weights, StopSignal stop) {
        this.step = step;
        this.sample = sample;
        this.weights = weights;
        this.stop = stop;
        this.following = FollowingTokens.of(rows, sample.row(), sample.pos(), step.minCount());
        this.next = new int[sample.row().length];
        for (int i = 0; i < next.length; i++) {
            next[i] = following.place(rows, sample.row()[i], sample.pos()[i]);
        }
    }

    NamedArray of() {
        int n = step.neurons().size();
        double[] data = new double[LiftVocabulary.PART.size() * n];
        Arrays.fill(data, Double.NaN);
        double[] base = counts(null, 0);
        for (int c = 0; c < n && following.tokens().length > BEST; c++) {
            stop.check();
            NeuronName neuron = step.neurons().get(c);
            float[] values = activations(neuron);
            double[] active = counts(values, threshold(values));
            if (Arrays.stream(active).sum() >= LEAST) {
                double[] lift = new double[active.length];
                for (int t = 0; t < lift.length; t++) {
                    lift[t] = Math.log((active[t] + .5) / (base[t] + .5));
                }
                double[] attribution = Attribution.of(
                        weights, neuron.kind(), neuron.layer(), new int[] {neuron.neuron()}, following.tokens())[0];
                data[c] = RankOrder.correlation(attribution, lift);
                List<Integer> wanted = TokenOrder.highest(lift, BEST);
                data[n + c] = TokenOrder.highest(attribution, BEST).stream()
                                .filter(wanted::contains)
                                .count()
                        / (double) BEST;
            }
        }
        return new NamedArray(step.axes(), data);
    }

    /** The activations of one neuron [sampled position]. */
    private float[] activations(NeuronName neuron) {
        float[] layer = sample.values().get(sample.layers().indexOf(neuron.layer()));
        float[] own = new float[next.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = layer[i * sample.width() + neuron.neuron()];
        }
        return own;
    }

    /**
     * Above this a neuron counts as active: its 99th percentile, or just below it where more than one in a hundred positions
     * have that very value, as those of a neuron that is either on or off.
     */
    private static double threshold(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        double edge = Quantiles.of(wide, ACTIVE);
        return edge > Quantiles.of(wide, .5) ? Math.nextDown(edge) : edge;
    }

    /** How often each token follows where the activation is above a threshold, or anywhere. */
    private double[] counts(float @Nullable [] values, double threshold) {
        double[] counts = new double[following.tokens().length];
        for (int i = 0; i < next.length; i++) {
            if (next[i] >= 0 && (values == null || values[i] > threshold)) {
                counts[next[i]]++;
            }
        }
        return counts;
    }
}
