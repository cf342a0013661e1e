package dev.loupe.intervention;

import dev.loupe.hook.Site;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EdgeName;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.EdgeCells;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many edges patched in one run (auto-circuit's edge patching; the ablations of Conmy et al. 2023): a listed edge carries what
 * the other half's run has there, every other edge what this run has, so that patched edges act through one another.
 */
@Named("patch-edges")
@Doc("Edge patching: in one run, each downstream input (queries, keys, values, MLP or logits) reads the output "
        + "of the other run along the listed edges and the output of this run along all others. Normalisation is "
        + "recomputed. Biases and positional embeddings stay. Patching all edges gives the other run.")
@Example("{patch-edges: [embed->L0.mlp_in, L0H1->logits], from: corrupted}")
public record PatchEdges(
        @OneOrMany
        @Key("patch-edges")
        @Doc("Edges such as `L0H1->L1H0.q`, `embed->logits`, `L0.mlp->L2.mlp`; keys and values are named by "
                + "key-value head.")
        List<EdgeName> edges,

        @Nullable @Key("edges-from") @Doc("Edges selected by an earlier measurement, in addition to `patch-edges`.")
        FoundEdges edgesFrom,

        @Default("false")
        @Doc("Patch all edges except these: the listed circuit runs alone, and everything else comes from the other "
                + "run.")
        boolean others,

        @Default("corrupted") @Doc("The run whose outputs the patched edges carry; the other run is edited.")
        Patch.From from,

        @Inline Earlier earlier)
        implements Intervention {
    public PatchEdges {
        edges = List.copyOf(edges);
        if (from == Patch.From.UNEDITED) {
            throw new IllegalArgumentException("`from` must be `clean` or `corrupted`");
        }
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        planning.point(Site.Z, 0);
        EdgeGraph graph = new EdgeGraph(planning.model().shape());
        RowsRef sources = planning.rows(source(run.on()));
        EdgeCells cells = EdgeCells.of(graph, chosen(planning, graph));
        int source = planning.clean(sources, cells.outputs(), LogitsRead.NONE);
        return new Sweep(axes(), cells.from(source));
    }

    private List<Axis> axes() {
        return edgesFrom == null || edgesFrom.best().size() < 2
                ? List.of()
                : List.of(new Axis(
                        "edges", edgesFrom.best().stream().map(String::valueOf).toList()));
    }

    /** The patched edges of each cell. */
    private List<Set<Integer>> chosen(Planning planning, EdgeGraph graph) {
        List<Integer> named =
                edges.stream().map(e -> graph.named(e.in(graph.shape()))).toList();
        List<Integer> found = edgesFrom == null
                ? List.of()
                : planning.edges(edgesFrom).stream().map(graph::named).toList();
        List<Integer> sizes =
                edgesFrom == null || edgesFrom.best().isEmpty() ? List.of(found.size()) : edgesFrom.best();
        List<Set<Integer>> cells = new ArrayList<>();
        for (int size : sizes) {
            Set<Integer> some = new LinkedHashSet<>(named);
            some.addAll(found.subList(0, Math.min(size, found.size())));
            if (others) {
                Set<Integer> rest = new LinkedHashSet<>(graph.edges());
                rest.removeAll(some);
                some = rest;
            }
            cells.add(some);
        }
        return cells;
    }

    @Override
    public String describe(Chosen chosen) {
        String some = SelectionWords.edges(edges, edgesFrom, chosen);
        String which = some.isEmpty() ? (others ? "every edge" : "no edge") : (others ? "every edge but " : "") + some;
        return which
                + (from == Patch.From.CLEAN
                        ? " carrying the outputs of the clean run into the corrupted run"
                        : " carrying the outputs of the corrupted run into the clean run");
    }
}
