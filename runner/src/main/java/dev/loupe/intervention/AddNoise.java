package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.Sweepable;
import java.util.ArrayList;
import java.util.List;

/** Gaussian noise on token embeddings, the corruption of causal tracing (Meng et al. 2022). */
@Named("add-noise")
@Doc("Add Gaussian noise to the embeddings of tokens at named positions. The noise depends only on seed, sample, "
        + "row and position, so that it is the same in every cell of a sweep.")
@Example("{add-noise: [S2], sigma: 3.0, samples: 10, seed: 2}")
public record AddNoise(
        @Key("add-noise") @OneOrMany @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> addNoise,

        @Sweepable
        @OneOrMany
        @Default("3.0")
        @Doc("Standard deviation of the noise, as a multiple of the standard deviation of all entries of W_E "
                + "(after weight processing).")
        List<Double> sigma,

        @Default("1") @Doc("Number of draws; the metric is averaged over them.")
        int samples,

        @Doc("Seed of the draws.") long seed,

        @Inline Earlier earlier)
        implements Intervention {
    public AddNoise {
        if (addNoise.isEmpty() || (addNoise.contains("everywhere") && addNoise.size() > 1)) {
            throw new IllegalArgumentException("name positions, or `everywhere` alone");
        }
        sigma = Sweep.values("sigma", sigma);
        if (!sigma.stream().allMatch(s -> s > 0 && Double.isFinite(s))) {
            throw new IllegalArgumentException("`sigma` must be positive");
        }
        if (samples < 1 || samples > 10_000) {
            throw new IllegalArgumentException("`samples` must be 1 to 10,000");
        }
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        HookPoint point = planning.point(Site.EMBED, -1);
        return Sweep.along("sigma", sigma, deviations -> noise(point, deviations));
    }

    private Sweep noise(HookPoint point, double deviations) {
        List<Cell> cells = new ArrayList<>();
        for (int sample = 0; sample < samples; sample++) {
            cells.add(new Cell(
                    0,
                    List.of(new Edit(
                            point, List.of(), Positions.named(addNoise), new AddedNoise(deviations, seed, sample)))));
        }
        return new Sweep(List.of(), cells);
    }

    @Override
    public String describe(Chosen chosen) {
        return "Gaussian noise of " + SelectionWords.inTurn(sigma)
                + " standard deviations of the embedding added to `embed`"
                + SelectionWords.at(addNoise) + " (seed " + seed
                + (samples == 1 ? "" : ", mean of " + samples + " draws") + ")";
    }
}
