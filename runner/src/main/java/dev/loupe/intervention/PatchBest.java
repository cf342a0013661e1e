package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.edit.TopRanked;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.shape.IntRange;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Activation patching of the best components of each row, by rankings that earlier measurements gave, or at random. */
@Named("patch-best")
@Doc("Activation patching of the components of one layer that rank first in each row, by measurements or at "
        + "random. Rank on other pairs of the same clean rows than the pairs that are patched; otherwise noise in "
        + "the ranking counts as effect.")
@Example("{patch-best: mlp.post, layer: 0, at: END, random: {draws: 20, seed: 1}, k: [1, 4]}")
public record PatchBest(
        @Key("patch-best") @Doc("A hook point with components, such as `mlp.post` (neurons) or `attn.z` (heads).")
        SiteName patchBest,

        @Doc("The layer.") int layer,

        @OneOrMany
        @Doc("Number of components, best first, as numbers and ranges such as `1..16`; swept on an axis `k`.")
        List<IntRange> k,

        @Default("{}")
        @Doc("The measurements that rank the components, under names of your choice; swept on an axis `by`. Each "
                + "has only the axis `head` or `neuron`, or is such a part of a measurement (`screen.exact`).")
        @NameOf("measure")
        Map<String, String> by,

        @Nullable @Doc("Instead of `by`: random orders.") Random random,

        @OnlyWith("by") @Default("highest") @Doc("Which values rank first.")
        Ranking.Order order,

        @Default("false")
        @Doc("Patch only the component of rank `k` instead of all up to rank `k`; the axis is then called `rank`.")
        boolean alone,

        @OneOrMany @Default("everywhere") @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> at,

        @Default("clean") @Doc("The run that activations are taken from; the other run is edited.")
        Patch.From from,

        @Inline Earlier earlier)
        implements Intervention {
    /** Orders drawn anew for every row. */
    public record Random(
            @Doc("Number of random orders, swept on an axis `draw`.")
            int draws,

            @Doc("Seed of the orders.") long seed) {
        public Random {
            if (draws < 1 || draws > 1000) {
                throw new IllegalArgumentException("`draws` must be 1 to 1000");
            }
        }
    }

    public PatchBest {
        k = List.copyOf(k);
        by = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(by));
        axis(patchBest.site());
        if (k.stream().anyMatch(range -> range.low() < 1 || range.high() > MOST)) {
            throw new IllegalArgumentException("`k` must be numbers of components, from 1 to " + MOST);
        }
        List<Integer> counts = counts(k);
        if (counts.isEmpty() || counts.stream().distinct().count() < counts.size()) {
            throw new IllegalArgumentException("`k` must be different numbers");
        }
        if (by.isEmpty() == (random == null)) {
            throw new IllegalArgumentException("give the ranking: either `by` or `random`");
        }
        if (at.isEmpty() || (at.contains("everywhere") && at.size() > 1)) {
            throw new IllegalArgumentException("`at` names positions; `everywhere` cannot be combined with others");
        }
        if (from == Patch.From.UNEDITED && earlier.after().isEmpty()) {
            throw new IllegalArgumentException(
                    "`from: unedited` restores what an earlier intervention changed: name that intervention with "
                            + "`after`");
        }
    }

    private static final int MOST = 1_000_000;

    private static List<Integer> counts(List<IntRange> k) {
        return k.stream()
                .flatMap(range ->
                        IntStream.rangeClosed(range.low(), range.high()).boxed())
                .toList();
    }

    /** What the site's components are called. */
    private static String axis(Site site) {
        if (site.axes().contains("d_mlp")) {
            return "neuron";
        }
        if (site.axes().contains("d_sae")) {
            return "feature";
        }
        if (site.axes().contains("head")) {
            return "head";
        }
        throw new IllegalArgumentException(
                "`" + site.canonical() + "` has no components to rank; `mlp.post` and `attn.z` have");
    }

    private Site site() {
        return patchBest.site();
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        ModelShape shape = planning.model().shape();
        shape.requireLayer(layer);
        HookPoint point = planning.point(site(), layer);
        String axis = axis(site());
        int components =
                axis.equals("head") ? shape.heads() : axis.equals("feature") ? shape.features(layer) : shape.dMlp();
        List<Integer> numbers = counts(k);
        int most = numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (most > components) {
            throw new IllegalArgumentException(
                    "`k: " + most + "` is more than the " + components + " " + axis + "s of a layer");
        }
        RowsRef rows = planning.rows(from == Patch.From.UNEDITED ? run.rows() : source(run.on()));
        EditValue value = new EditValue.FromRun(planning.clean(rows, List.of(point), LogitsRead.NONE));
        Edit whole = new Edit(point, List.of(), Positions.named(at), value);
        List<Ranking> rankings = new ArrayList<>();
        for (int draw = 0; random != null && draw < random.draws(); draw++) {
            rankings.add(new Ranking.Random(random.seed(), draw));
        }
        by.values().forEach(name -> rankings.add(planning.ranking(name, axis, components, order)));
        List<Cell> cells = new ArrayList<>();
        for (Ranking ranking : rankings) {
            for (int count : numbers) {
                TopRanked best = new TopRanked(ranking, alone ? count - 1 : 0, count);
                cells.add(new Cell(cells.size(), List.of(whole.choosing(best))));
            }
        }
        Axis ranked = random == null ? new Axis("by", List.copyOf(by.keySet())) : Axis.counted("draw", random.draws());
        Axis counts = new Axis(
                alone ? "rank" : "k", numbers.stream().map(String::valueOf).toList());
        return new Sweep(List.of(ranked, counts), cells);
    }

    @Override
    public String describe(Chosen chosen) {
        String ranked = axis(site()) + "s of layer " + layer;
        String who = random == null
                ? (order == Ranking.Order.HIGHEST ? "highest" : order == Ranking.Order.LOWEST ? "lowest" : "largest")
                        + " first by "
                        + SelectionWords.list(by.entrySet().stream()
                                .map(e -> "`" + e.getValue() + "` (" + e.getKey() + ")")
                                .toList())
                : "in " + Count.of(random.draws(), "random order") + " (seed " + random.seed() + ")";
        String which = alone ? "the component of rank k of each row among its " : "the first k of each row's ";
        return "`" + patchBest + "` of " + which + ranked + ", k = "
                + String.join(", ", k.stream().map(IntRange::toString).toList()) + " in turn, ranked " + who + ","
                + SelectionWords.at(at) + from.written();
    }
}
