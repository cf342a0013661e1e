package dev.loupe.intervention.select;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@link SiteSelection}, resolved for one model: the axes of the sweep ({@code site}, {@code window}, then those of {@code over} in
 * their order) and what each of its cells touches.
 */
public final class SweepLayout {
    private final Planning planning;
    private final ModelShape shape;
    private final SiteSelection where;
    private final List<Integer> layers;
    private final List<Axis> axes = new ArrayList<>();

    /** @param rows whose positions are swept */
    public SweepLayout(Planning planning, SiteSelection where, RowsRef rows) {
        this.planning = planning;
        this.shape = planning.model().shape();
        this.where = where;
        this.layers = where.layers().isEmpty() ? shape.layersWith(where.sites().get(0)) : where.layers();
        // Asked here because a sweep over what a model lacks has no cell that would ask.
        where.sites().forEach(planning::require);
        if (layers.stream().distinct().count() < layers.size()) {
            throw new IllegalArgumentException("`layers` names a layer twice: " + layers);
        }
        layers.forEach(shape::requireLayer);
        if (where.sites().size() > 1) {
            axes.add(
                    new Axis("site", where.sites().stream().map(Site::canonical).toList()));
        }
        if (where.window().size() > 1) {
            axes.add(new Axis(
                    "window", where.window().stream().map(String::valueOf).toList()));
        }
        where.over().forEach(over -> axes.add(axis(over, rows)));
        if (where.positionsFrom() != null) {
            length(rows);
        }
    }

    private Axis axis(SweepAxis over, RowsRef rows) {
        String name = over.name().toLowerCase(Locale.ROOT);
        return switch (over) {
            case LAYER -> new Axis(name, layers.stream().map(String::valueOf).toList());
            case HEAD -> Axis.counted(shared() ? "kv_head" : name, most(this::heads));
            case NEURON -> Axis.counted(name, shape.dMlp());
            case FEATURE -> Axis.counted(name, shape.units(Site.FEATURES));
            case POS, DEST, SRC -> Axis.counted(name, length(rows));
            case POSITION -> new Axis(name, where.at());
        };
    }

    private int most(Function<Site, Integer> size) {
        return where.sites().stream().mapToInt(size::apply).max().orElse(0);
    }

    /** Whether all that is swept is shared by several heads each: such numbers are no numbers of heads. */
    private boolean shared() {
        return shape.kvHeads() < shape.heads() && where.sites().stream().allMatch(SweepLayout::ofKeysAndValues);
    }

    private static boolean ofKeysAndValues(Site site) {
        return site.axes().contains("kv_head");
    }

    private int heads(Site site) {
        return ofKeysAndValues(site) ? shape.kvHeads() : shape.heads();
    }

    private static int length(RowsRef rows) {
        if (rows.buckets().size() != 1) {
            throw new IllegalArgumentException("a sweep over positions needs rows of equal length, but the rows of `"
                    + rows.name() + "` have " + rows.buckets().size() + " lengths: leave out `pos` and name "
                    + "positions with `at`");
        }
        return rows.longest();
    }

    /** The sweep that writes {@code value}, asked once for each place. */
    public Sweep writing(Function<HookPoint, EditValue> value) {
        List<Cell> cells = new ArrayList<>();
        List<Integer> absent = new ArrayList<>();
        for (int index = 0; index < NamedArray.sizeOf(axes); index++) {
            List<Place> places = cell(index);
            if (places == null) {
                absent.add(index);
            } else {
                List<Edit> edits = new ArrayList<>();
                places.forEach(place -> edits.add(place.writing(value.apply(place.point()))));
                cells.add(new Cell(index, edits));
            }
        }
        return new Sweep(List.copyOf(axes), cells, absent);
    }

    /** Every point that some cell touches. */
    public List<HookPoint> points() {
        List<HookPoint> points = new ArrayList<>();
        for (Site site : where.sites()) {
            if (site.perLayer()) {
                reached().forEach(layer -> points.add(planning.point(site, layer)));
            } else {
                points.add(planning.point(site, -1));
            }
        }
        return points;
    }

    private List<Integer> reached() {
        if (named()) {
            return List.copyOf(byLayer(where.sites().get(0)).keySet());
        }
        return where.window().stream()
                .flatMap(w -> layers.stream().flatMap(l -> Window.around(l, w, shape.layers()).stream()))
                .distinct()
                .sorted()
                .toList();
    }

    private boolean named() {
        return !where.heads().isEmpty()
                || where.headsFrom() != null
                || where.neuronsFrom() != null
                || where.layersFrom() != null
                || !where.neurons().isEmpty();
    }

    /** What a cell touches, null where the model has no such component. */
    private @Nullable List<Place> cell(int index) {
        int[] at = new int[axes.size()];
        for (int a = at.length - 1, rest = index; a >= 0; a--) {
            at[a] = rest % axes.get(a).size();
            rest /= axes.get(a).size();
        }
        Site site = where.sites().get(Math.max(0, index("site", at)));
        int head = Math.max(index("head", at), index("kv_head", at));
        int neuron = Math.max(index("neuron", at), index("feature", at));
        if (head >= heads(site)) {
            return null;
        }
        Map<Integer, List<Integer>> touched = new TreeMap<>();
        int one = Math.max(head, neuron);
        List<Integer> components = one < 0 ? List.of() : List.of(one);
        if (!site.perLayer()) {
            touched.put(-1, components);
        } else if (named()) {
            touched.putAll(byLayer(site));
        } else {
            int swept = index("layer", at);
            int size = where.window().get(Math.max(0, index("window", at)));
            List<Integer> together = swept < 0 ? layers : Window.around(layers.get(swept), size, shape.layers());
            together.forEach(layer -> touched.put(layer, components));
            if (index("feature", at) >= 0 && together.stream().anyMatch(layer -> neuron >= shape.features(layer))) {
                return null;
            }
        }
        int src = index("src", at);
        Positions keys = src < 0 ? Positions.named(where.keys()) : new Positions.At(src);
        List<Place> places = new ArrayList<>();
        for (Positions position : positions(at)) {
            touched.forEach(
                    (layer, which) -> places.add(new Place(planning.point(site, layer), which, position, keys)));
        }
        return places;
    }

    /** One place, or each of the positions that were chosen. */
    private List<Positions> positions(int[] at) {
        if (where.positionsFrom() != null) {
            return planning.found(where.positionsFrom(), ComponentKind.POSITION).stream()
                    .<Positions>map(position -> new Positions.At(position.index()))
                    .toList();
        }
        return List.of(position(at));
    }

    private Positions position(int[] at) {
        int pos = Math.max(index("pos", at), index("dest", at));
        int name = index("position", at);
        if (pos >= 0) {
            return new Positions.At(pos);
        }
        return Positions.named(name < 0 ? where.at() : List.of(where.at().get(name)));
    }

    /** Where a cell stands on an axis, -1 where that axis is not swept. */
    private int index(String axis, int[] at) {
        for (int a = 0; a < at.length; a++) {
            if (axes.get(a).name().equals(axis)) {
                return at[a];
            }
        }
        return -1;
    }

    /** Named and chosen heads, neurons or whole layers by layer, each once. */
    private Map<Integer, List<Integer>> byLayer(Site site) {
        Map<Integer, List<Integer>> byLayer = new TreeMap<>();
        for (HeadName name : where.heads()) {
            int at = ofKeysAndValues(site)
                    ? name.keyValueIn(shape)
                    : name.in(shape).head();
            note(byLayer, name.layer(), at);
        }
        if (where.headsFrom() != null) {
            // A head found by its pattern names, where keys and values are shared, the pair that it reads.
            int group = shape.heads() / heads(site);
            planning.found(where.headsFrom(), ComponentKind.HEAD)
                    .forEach(head -> note(byLayer, head.layer(), head.index() / group));
        }
        if (where.neuronsFrom() != null) {
            planning.found(where.neuronsFrom(), ComponentKind.unitsOf(site))
                    .forEach(neuron -> note(byLayer, neuron.layer(), neuron.index()));
        }
        if (where.layersFrom() != null) {
            planning.found(where.layersFrom(), ComponentKind.LAYER)
                    .forEach(layer -> byLayer.computeIfAbsent(layer.layer(), k -> new ArrayList<>()));
        }
        for (NeuronName neuron : where.neurons()) {
            neuron.in(shape);
            note(byLayer, neuron.layer(), neuron.neuron());
        }
        return byLayer;
    }

    private static void note(Map<Integer, List<Integer>> byLayer, int layer, int component) {
        List<Integer> list = byLayer.computeIfAbsent(layer, k -> new ArrayList<>());
        if (!list.contains(component)) {
            list.add(component);
        }
    }
}
