package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SelectionWords;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.intervention.value.AblationValue;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.Sweepable;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The null of ablating a found set of heads: sets of the same size, drawn at random. */
@Named("ablate-random")
@Doc("Ablate random heads, with several draws on an axis `draw`: a control for ablating the same number of selected "
        + "heads.")
@Example("{ablate-random: attn.z, count: 4, draws: 10, seed: 7, with: {mean: {of: default, per: position}}}")
public record AblateRandom(
        @Key("ablate-random") @Doc("The hook point, `attn.z` or another one with heads.")
        SiteName ablateRandom,

        @Sweepable
        @OneOrMany
        @Doc(
                "Number of heads that are ablated together. A draw with more heads contains the heads of the same draw with fewer.")
        List<Integer> count,

        @Doc("Number of draws, each an independent set of heads.")
        int draws,

        @Doc("Seed of the draws.") long seed,

        @Default("[]") @Doc("Heads such as `L0H3` that are never drawn, usually the selected heads.")
        List<HeadName> except,

        @OneOrMany @Default("everywhere") @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> at,

        @Default("zero") @Doc("The value that replaces the activations.")
        AblationValue with,

        @Inline Earlier earlier)
        implements Intervention {
    public AblateRandom {
        count = Sweep.values("count", count);
        if (count.stream().anyMatch(c -> c < 1) || draws < 1 || draws > 1000) {
            throw new IllegalArgumentException("`count` must be at least 1, and `draws` 1 to 1000");
        }
        if (!SiteSelection.hasHeads(ablateRandom.site())
                || ablateRandom.site().axes().contains("kv_head")) {
            throw new IllegalArgumentException("`" + ablateRandom + "` has no query heads; `attn.z` has");
        }
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        Map<HookPoint, EditValue> values = new HashMap<>();
        return Sweep.along("count", count, heads -> sets(planning, run, values, heads));
    }

    private Sweep sets(Planning planning, EditContext run, Map<HookPoint, EditValue> values, int count) {
        List<Cell> cells = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            List<HeadName> heads = drawn(planning.model().shape(), draw, count);
            SiteSelection where =
                    SiteSelection.of(List.of(ablateRandom), SelectionOptions.together(List.of(), heads, null, at));
            Sweep one = new SweepLayout(planning, where, planning.rows(run.rows()))
                    .writing(point -> values.computeIfAbsent(point, p -> with.value(planning, run.on(), p)));
            cells.add(new Cell(draw, one.cells().get(0).edits()));
        }
        return new Sweep(List.of(Axis.counted("draw", draws)), cells);
    }

    /** The heads of one draw, from the seed and the draw's own number alone. */
    private List<HeadName> drawn(ModelShape shape, int draw, int count) {
        List<HeadName> heads = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int head = 0; head < shape.heads(); head++) {
                HeadName name = new HeadName(layer, head);
                if (!except.contains(name)) {
                    heads.add(name);
                }
            }
        }
        if (heads.size() < count) {
            throw new IllegalArgumentException(
                    "`count: " + count + "` is more than the " + heads.size() + " heads that can be drawn");
        }
        // Mixes its seed well, so that neighbouring draws have nothing in common.
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + draw);
        for (int i = 0; i < count; i++) {
            Collections.swap(heads, i, random.nextInt(i, heads.size()));
        }
        return heads.subList(0, count);
    }

    private String heads() {
        return count.size() == 1 ? Count.of(count.get(0), "head") : SelectionWords.inTurn(count) + " heads";
    }

    @Override
    public String describe(Chosen chosen) {
        return "`" + ablateRandom + "` of " + heads() + " drawn at random ("
                + Count.of(draws, "draw") + ", seed " + seed
                + (except.isEmpty() ? "" : ", never " + SelectionWords.list(except)) + ")" + SelectionWords.at(at)
                + " replaced by "
                + with.describe();
    }
}
