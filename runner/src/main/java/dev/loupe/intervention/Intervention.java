package dev.loupe.intervention;

import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is changed inside a run. The permits clause is the registry: a new intervention is one record, one word here and
 * one test.
 */
public sealed interface Intervention
        permits Ablate,
                AblateFrequency,
                AblateRandom,
                Patch,
                PatchBest,
                Steer,
                Freeze,
                AddNoise,
                ReplaceToken,
                RotaryBand,
                PathPatch,
                DirectPath,
                PatchEdges {
    /** What the same run has before it. */
    Earlier earlier();

    /** Interventions of this spec that the same run has before this one. */
    default List<String> after() {
        return earlier().after();
    }

    /** Whose activations it writes, where it writes those of one half of a pair into the other's run. */
    default Patch.@Nullable From from() {
        return null;
    }

    /**
     * The dataset whose run is edited.
     *
     * @param on the dataset that the measurement is made on
     */
    default String edited(String on) {
        Patch.From from = from();
        return from == null ? on : from.edited(on);
    }

    /** The dataset whose unedited run gives what is written, empty where there is no such run. */
    default String source(String on) {
        Patch.From from = from();
        return from == null ? "" : from.source(on);
    }

    /** Resolves it for one model, adding the steps whose values it writes. */
    Sweep sweep(Planning planning, EditContext run);

    /** Where the paths end that it patches ({@code L9H6.q}, {@code logits}); none where it patches no paths. */
    default List<String> receivers() {
        return List.of();
    }

    /**
     * All that it does, in words, for the page and the stored result: what is edited (layers, heads, neurons, positions) and
     * with what. Every option has a part in it but {@code after}, which is told of the run as a whole.
     */
    String describe(Chosen chosen);
}
