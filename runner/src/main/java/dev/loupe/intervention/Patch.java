package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Cell;
import dev.loupe.plan.Edit;
import dev.loupe.plan.EditValue;
import dev.loupe.plan.LogitsRead;
import dev.loupe.plan.ModelShape;
import dev.loupe.plan.Planning;
import dev.loupe.plan.Positions;
import dev.loupe.plan.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Named;
import dev.loupe.schema.OneOrMany;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Activation patching: the run on one half of a dataset of pairs is edited with activations of the other half's run (Vig et
 * al. 2020; Meng et al. 2022; the sweeps of TransformerLens' {@code patching} module).
 */
@Named("patch")
@Doc("Write activations of one half of a paired dataset into the run on the other half, swept over components.")
@Example("{patch: attn.z, over: [layer, head], from: clean}")
public record Patch(
        @OneOrMany
        @Doc("The site, such as `resid_pre`, `attn.z`, `attn.pattern`; several are swept on a leading axis `site`.")
        List<SiteName> patch,

        @Doc("Sweep axes in the order of the result; `layer` among them.")
        List<Over> over,

        @Default("clean") @Doc("Whose activations are written; the run on the other half is edited.")
        From from,

        @Default("everywhere")
        @Doc("Without `pos` or `dest` in `over`: a named position or position class; `everywhere` for all positions.")
        String at)
        implements Intervention {
    /** Axes that patching sweeps. */
    public enum Over {
        @Doc("The block.")
        LAYER,
        @Doc("The head; key-value heads at `attn.k` and `attn.v`.")
        HEAD,
        @Doc("The position; at `attn.pattern` that of the query.")
        POS,
        @Doc("The position of the query of an attention pattern.")
        DEST,
        @Doc("The position of the key of an attention pattern.")
        SRC
    }

    /** A half of a paired dataset. */
    public enum From {
        CLEAN,
        CORRUPTED
    }

    public Patch {
        patch = List.copyOf(patch);
        over = List.copyOf(over);
        if (patch.isEmpty()
                || !over.contains(Over.LAYER)
                || EnumSet.copyOf(over).size() < over.size()) {
            throw new IllegalArgumentException(
                    "`patch` names a site, `over` the axes of the sweep, each once and `layer`"
                            + " among them: `over: [layer, pos]`");
        }
        boolean position = over.contains(Over.POS) || over.contains(Over.DEST);
        if (over.contains(Over.POS) && over.contains(Over.DEST)) {
            throw new IllegalArgumentException("`pos` and `dest` are both the position of the query: take one");
        }
        if (position && !at.equals("everywhere")) {
            throw new IllegalArgumentException("`at` fixes the positions that `over` is to sweep: take one");
        }
        for (SiteName name : patch) {
            check(name.site(), over);
        }
    }

    private static void check(Site site, List<Over> over) {
        List<String> axes = site.axes();
        boolean heads = axes.contains("head") || axes.contains("kv_head");
        boolean keys = axes.contains("key_pos");
        if (!site.perLayer()) {
            throw new IllegalArgumentException("`" + site.canonical() + "` exists once, not in every layer");
        }
        if (over.contains(Over.HEAD) && !heads) {
            throw new IllegalArgumentException("`" + site.canonical() + "` has no heads; `attn.z` has");
        }
        if ((over.contains(Over.SRC) || over.contains(Over.DEST)) && !keys) {
            throw new IllegalArgumentException("`" + site.canonical()
                    + "` has no `dest` and `src`; `attn.pattern` has, and elsewhere it is `pos`");
        }
    }

    @Override
    public String edited(String on) {
        return from == From.CLEAN ? on + RowsRef.CORRUPTED : on;
    }

    @Override
    public String source(String on) {
        return from == From.CLEAN ? on : on + RowsRef.CORRUPTED;
    }

    @Override
    public Sweep sweep(Planning planning, String on) {
        ModelShape shape = planning.model().shape();
        RowsRef sources = planning.rows(source(on));
        List<Axis> axes = axes(shape, sources);
        int[] size = axes.stream().mapToInt(Axis::size).toArray();
        int first = patch.size() > 1 ? 1 : 0;
        List<Integer> runs = new ArrayList<>();
        for (SiteName name : patch) {
            List<HookPoint> points = new ArrayList<>();
            for (int layer = 0; layer < shape.layers(); layer++) {
                points.add(planning.point(name.site(), layer));
            }
            runs.add(planning.clean(sources, points, LogitsRead.NONE));
        }
        List<Cell> cells = new ArrayList<>();
        List<Integer> absent = new ArrayList<>();
        int[] at = new int[size.length];
        for (int index = 0; index < NamedArray.sizeOf(axes); index++) {
            int rest = index;
            for (int a = size.length - 1; a >= 0; a--) {
                at[a] = rest % size[a];
                rest /= size[a];
            }
            int site = first == 0 ? 0 : at[0];
            int head = swept(Over.HEAD, at, first);
            if (head >= heads(patch.get(site).site(), shape)) {
                absent.add(index);
            } else {
                cells.add(new Cell(index, List.of(edit(patch.get(site).site(), at, first, runs.get(site)))));
            }
        }
        return new Sweep(axes, cells, absent);
    }

    private Edit edit(Site site, int[] at, int first, int run) {
        int head = swept(Over.HEAD, at, first);
        int pos = Math.max(swept(Over.POS, at, first), swept(Over.DEST, at, first));
        int src = swept(Over.SRC, at, first);
        Positions all = this.at.equals("everywhere") ? new Positions.All() : new Positions.Of(this.at);
        return new Edit(
                HookPoint.of(site, swept(Over.LAYER, at, first)),
                head < 0 ? List.of() : List.of(head),
                pos < 0 ? all : new Positions.At(pos),
                src < 0 ? new Positions.All() : new Positions.At(src),
                new EditValue.FromRun(run));
    }

    /** Where a cell stands on an axis, -1 where that axis is not swept. */
    private int swept(Over axis, int[] at, int first) {
        int i = over.indexOf(axis);
        return i < 0 ? -1 : at[first + i];
    }

    private List<Axis> axes(ModelShape shape, RowsRef rows) {
        List<Axis> axes = new ArrayList<>();
        if (patch.size() > 1) {
            axes.add(new Axis("site", patch.stream().map(SiteName::toString).toList()));
        }
        int most = patch.stream().mapToInt(s -> heads(s.site(), shape)).max().orElse(0);
        for (Over axis : over) {
            int size = axis == Over.LAYER ? shape.layers() : axis == Over.HEAD ? most : length(rows);
            axes.add(Axis.counted(axis.name().toLowerCase(Locale.ROOT), size));
        }
        return axes;
    }

    private static int heads(Site site, ModelShape shape) {
        return site.axes().contains("kv_head") ? shape.kvHeads() : shape.heads();
    }

    private static int length(RowsRef rows) {
        if (rows.buckets().size() != 1) {
            throw new IllegalArgumentException("a sweep over positions needs rows of one length, and those of `"
                    + rows.name() + "` have " + rows.buckets().size() + " lengths: sweep without `pos`, and say `at`");
        }
        return rows.longest();
    }

    @Override
    public String describe() {
        String half = from == From.CLEAN ? "clean" : "corrupted";
        String other = from == From.CLEAN ? "corrupted" : "clean";
        return String.join(", ", patch.stream().map(s -> "`" + s + "`").toList())
                + " of the " + half + " run written into the " + other + " run"
                + (at.equals("everywhere") ? "" : " at " + at);
    }
}
