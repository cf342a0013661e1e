package dev.loupe.intervention;

import dev.loupe.hook.Site;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.plan.ask.RotaryPairs;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.WithoutDimensions;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Removes some of the frequencies by which rotary positions tell distances apart. A pair of dimensions adds the product of
 * query and key in it to the score, so setting it to 0 in the query removes all of it, and leaves other heads alone that share
 * the key.
 */
@Named("rotary-band")
@Doc("Remove pairs of rotary dimensions from the attention scores of heads: their entries of the query are set to 0. "
        + "Pair 0 turns fastest.")
@Example("{rotary-band: L0H0, zero: 0..3}")
public record RotaryBand(
        @OneOrMany @Key("rotary-band") @Doc("Heads such as `L0H0`, all edited together.")
        List<HeadName> heads,

        @Doc("The pairs of dimensions that are removed.") IntRange zero,

        @OneOrMany @Default("everywhere") @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> at,

        @Inline Earlier earlier)
        implements Intervention {
    public RotaryBand {
        heads = List.copyOf(heads);
        at = List.copyOf(at);
        if (heads.isEmpty() || zero.low() < 0) {
            throw new IllegalArgumentException("name at least one head, and pairs from 0 on");
        }
        where(Site.Q, heads, at);
    }

    /** @param site queries before or after they are turned: the same pairs, but a norm before turning makes up for what is removed */
    private static SiteSelection where(Site site, List<HeadName> heads, List<String> at) {
        return SiteSelection.of(List.of(new SiteName(site)), SelectionOptions.together(List.of(), heads, null, at));
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        RowsRef rows = planning.rows(run.rows());
        RotaryPairs pairs = planning.rotary(rows, 0);
        if (pairs == null) {
            throw new IllegalArgumentException("`rotary-band` needs rotary positions, which "
                    + planning.model().label() + " does not have");
        }
        if (zero.high() >= pairs.pairs()) {
            throw new IllegalArgumentException("there is no pair " + zero.high() + ": a head of "
                    + planning.model().label() + " has pairs 0 to " + (pairs.pairs() - 1));
        }
        List<Integer> dimensions = IntStream.rangeClosed(zero.low(), zero.high())
                .flatMap(pair -> IntStream.of(pairs.first(pair), pairs.second(pair)))
                .boxed()
                .toList();
        Site site = planning.has(Site.Q_NORM_SCALE) ? Site.ROT_Q : Site.Q;
        return new SweepLayout(planning, where(site, heads, at), rows)
                .writing(point -> new WithoutDimensions(dimensions));
    }

    @Override
    public String describe(Chosen chosen) {
        return "rotary pairs " + zero + " of" + where(Site.Q, heads, at).components(chosen) + SelectionWords.at(at)
                + " removed from the query";
    }
}
