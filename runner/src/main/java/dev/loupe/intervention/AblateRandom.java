package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.intervention.value.AblationValue;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The null of ablating a found set of heads or neurons: sets of the same size, drawn at random. */
@Named("ablate-random")
@Doc("Ablate random heads or neurons, with several draws on an axis `draw`: a control for ablating the same number of "
        + "selected ones.")
@Example("{ablate-random: attn.z, count: 4, draws: 10, seed: 7, with: {mean: {of: default, per: position}}}")
public record AblateRandom(
        @Key("ablate-random")
        @Doc("The hook point, one with heads such as `attn.z` or with neurons such as `mlp.post`.")
        SiteName ablateRandom,

        @Sweepable
        @OneOrMany
        @Doc(
                "Number of heads or neurons that are ablated together. A larger draw contains the smaller draw of the same number.")
        List<Integer> count,

        @Doc("Number of draws, each an independent set.") int draws,

        @Doc("Seed of the draws.") long seed,

        @OneOrMany
        @Default("[]")
        @Doc("Heads such as `L0H3`, or neurons such as `L0N5`, that are never drawn: usually the selected ones.")
        List<String> except,

        @OneOrMany @Default("[]") @Doc("The layers that are drawn from. Default: all.")
        List<Integer> layers,

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
        if (!heads(ablateRandom) && !ablateRandom.site().hasUnits()) {
            throw new IllegalArgumentException("`" + ablateRandom
                    + "` has neither query heads nor neurons; `attn.z` has heads, and `mlp.post` neurons");
        }
        if (!heads(ablateRandom)) {
            NeuronName.at(
                    ablateRandom.site(), except.stream().map(NeuronName::parse).toList());
        }
        except.forEach(name -> component(ablateRandom, name));
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        Map<HookPoint, EditValue> values = new HashMap<>();
        return Sweep.along("count", count, heads -> sets(planning, run, values, heads));
    }

    private Sweep sets(Planning planning, EditContext run, Map<HookPoint, EditValue> values, int count) {
        List<Cell> cells = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            SiteSelection where = SiteSelection.of(
                    List.of(ablateRandom), chosen(drawn(planning.model().shape(), draw, count)));
            Sweep one = new SweepLayout(planning, where, planning.rows(run.rows()))
                    .writing(point -> values.computeIfAbsent(point, p -> with.value(planning, run.on(), p)));
            cells.add(new Cell(draw, one.cells().get(0).edits()));
        }
        return new Sweep(List.of(Axis.counted("draw", draws)), cells);
    }

    private static boolean heads(SiteName site) {
        return SiteSelection.hasHeads(site.site()) && !site.site().axes().contains("kv_head");
    }

    private static Component component(SiteName site, String name) {
        if (heads(site)) {
            HeadName head = HeadName.parse(name);
            return new Component(ComponentKind.HEAD, head.layer(), head.head());
        }
        NeuronName neuron = NeuronName.parse(name);
        return new Component(neuron.kind(), neuron.layer(), neuron.neuron());
    }

    private SelectionOptions chosen(List<Component> drawn) {
        return heads(ablateRandom)
                ? SelectionOptions.together(
                        List.of(),
                        drawn.stream()
                                .map(c -> new HeadName(c.layer(), c.index()))
                                .toList(),
                        null,
                        at)
                : SelectionOptions.ofNeurons(drawn.stream().map(NeuronName::of).toList(), at);
    }

    /** The heads or neurons of one draw, from the seed and the draw's own number alone. */
    private List<Component> drawn(ModelShape shape, int draw, int count) {
        boolean heads = heads(ablateRandom);
        ComponentKind kind = heads ? ComponentKind.HEAD : ComponentKind.unitsOf(ablateRandom.site());
        Set<Component> spared =
                except.stream().map(name -> component(ablateRandom, name)).collect(Collectors.toSet());
        List<Component> from = new ArrayList<>();
        for (int layer : layers.isEmpty() ? shape.layersWith(ablateRandom.site()) : layers) {
            shape.requireLayer(layer);
            for (int i = 0; i < (heads ? shape.heads() : shape.units(ablateRandom.site(), List.of(layer))); i++) {
                Component one = new Component(kind, layer, i);
                if (!spared.contains(one)) {
                    from.add(one);
                }
            }
        }
        if (from.size() < count) {
            throw new IllegalArgumentException("`count: " + count + "` is more than the "
                    + Count.of(from.size(), kind.word()) + " that can be drawn");
        }
        // Mixes its seed well, so that neighbouring draws have nothing in common.
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + draw);
        for (int i = 0; i < count; i++) {
            Collections.swap(from, i, random.nextInt(i, from.size()));
        }
        return from.subList(0, count);
    }

    private String drawnWords() {
        String noun = heads(ablateRandom) ? "head" : "neuron";
        String words =
                count.size() == 1 ? Count.of(count.get(0), noun) : SelectionWords.inTurn(count) + " " + noun + "s";
        return words + (layers.isEmpty() ? "" : " of " + SelectionWords.counted("layer", layers));
    }

    @Override
    public String describe(Chosen chosen) {
        return "`" + ablateRandom + "` of " + drawnWords() + " drawn at random ("
                + Count.of(draws, "draw") + ", seed " + seed
                + (except.isEmpty() ? "" : ", never " + SelectionWords.list(except)) + ")" + SelectionWords.at(at)
                + " replaced by "
                + with.describe();
    }
}
