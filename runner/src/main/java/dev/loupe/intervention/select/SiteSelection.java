package dev.loupe.intervention.select;

import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.SelectionWords;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an intervention acts, as its options say it: components and positions that go together, and axes that are swept.
 *
 * @param sites several are swept on a leading axis {@code site}
 * @param layers the layers that are swept, or without {@code layer} in {@code over} edited together; empty for all
 * @param neuronsFrom neurons that an earlier measurement chooses, edited together
 * @param layersFrom the same of whole layers
 * @param positionsFrom the same of positions
 * @param keys names of the keys' positions at attention patterns
 * @param window numbers of adjacent layers, several are swept on an axis {@code window}
 */
public record SiteSelection(
        List<Site> sites,
        List<SweepAxis> over,
        List<Integer> layers,
        List<HeadName> heads,
        @Nullable Found headsFrom,
        List<NeuronName> neurons,
        @Nullable Found neuronsFrom,
        @Nullable Found layersFrom,
        @Nullable Found positionsFrom,
        List<String> at,
        List<String> keys,
        List<Integer> window) {
    private static final Set<SweepAxis> POSITIONS = EnumSet.of(SweepAxis.POS, SweepAxis.DEST, SweepAxis.POSITION);

    /** @throws IllegalArgumentException where the options do not go together */
    public SiteSelection(
            List<Site> sites,
            List<SweepAxis> over,
            List<Integer> layers,
            List<HeadName> heads,
            @Nullable Found headsFrom,
            List<NeuronName> neurons,
            @Nullable Found neuronsFrom,
            @Nullable Found layersFrom,
            @Nullable Found positionsFrom,
            List<String> at,
            List<String> keys,
            List<Integer> window) {
        this.sites = List.copyOf(sites);
        this.over = List.copyOf(over);
        this.layers = List.copyOf(layers);
        this.heads = List.copyOf(heads);
        this.headsFrom = headsFrom;
        this.neurons = List.copyOf(neurons);
        this.neuronsFrom = neuronsFrom;
        this.layersFrom = layersFrom;
        this.positionsFrom = positionsFrom;
        this.at = List.copyOf(at);
        this.keys = List.copyOf(keys);
        this.window = List.copyOf(window);
        if (sites.isEmpty() || at.isEmpty() || window.isEmpty()) {
            throw new IllegalArgumentException("name a hook point, and at least one position and window");
        }
        if (!over.isEmpty() && EnumSet.copyOf(over).size() < over.size()) {
            throw new IllegalArgumentException("`over` must not name an axis twice");
        }
        if (over.stream().filter(POSITIONS::contains).count() > 1) {
            throw new IllegalArgumentException(
                    "`pos`, `dest` and `position` all mean the query position: use one of them");
        }
        if (positionsFrom != null
                && (!at.equals(List.of("everywhere")) || over.stream().anyMatch(POSITIONS::contains))) {
            throw new IllegalArgumentException(
                    "`positions-from` selects the positions: leave out `at`, and positions in `over`");
        }
        boolean allKeys = keys.equals(List.of("everywhere"));
        if (keys.isEmpty() || (!allKeys && (keys.contains("everywhere") || swept(SweepAxis.SRC)))) {
            throw new IllegalArgumentException(
                    "`keys` fixes the key positions that `over: src` sweeps; `everywhere` cannot be combined with "
                            + "others");
        }
        if (!allKeys && sites.stream().anyMatch(s -> !s.axes().contains("key_pos"))) {
            throw new IllegalArgumentException("only `attn.pattern` and `attn.scores` have `keys`");
        }
        positions();
        for (Site site : sites) {
            check(site);
        }
        named();
        windows();
    }

    private void positions() {
        boolean everywhere = at.contains("everywhere");
        if (everywhere && at.size() > 1) {
            throw new IllegalArgumentException("`at` names positions; `everywhere` cannot be combined with others");
        }
        if (everywhere && over.contains(SweepAxis.POSITION)) {
            throw new IllegalArgumentException("`over: position` sweeps the positions that `at` names, such as "
                    + "`at: [END]`; `over: pos` sweeps every position by its number");
        }
        if (!everywhere && (over.contains(SweepAxis.POS) || swept(SweepAxis.DEST))) {
            throw new IllegalArgumentException(
                    "`at` fixes the positions that `over` sweeps: use only one of them, or `over: position`");
        }
    }

    /** @throws IllegalArgumentException where the options do not go together or not with the sites */
    public static SiteSelection of(List<SiteName> sites, SelectionOptions options) {
        ComponentOptions components = options.components();
        return new SiteSelection(
                sites.stream().map(SiteName::site).toList(),
                components.over(),
                components.layers(),
                components.heads(),
                components.headsFrom(),
                options.neurons(),
                options.neuronsFrom(),
                options.layersFrom(),
                options.positionsFrom(),
                options.at(),
                options.keys(),
                options.window());
    }

    /** What is edited, in words: sites, components, positions. */
    public String describe(Chosen chosen) {
        String all = SelectionWords.sites(sites.stream().map(SiteName::new).toList());
        return all + (sites.size() > 1 ? " in turn" : "") + components(chosen) + positions(chosen);
    }

    /** Which layers, heads or neurons, in words; empty at a site that exists once and whole. */
    public String components(Chosen chosen) {
        String heads = SelectionWords.components(ComponentKind.HEAD, this.heads, headsFrom, chosen);
        if (!heads.isEmpty()) {
            return " of " + heads;
        }
        String neurons =
                SelectionWords.components(ComponentKind.unitsOf(sites.get(0)), this.neurons, neuronsFrom, chosen);
        if (!neurons.isEmpty()) {
            return " of " + neurons;
        }
        if (layersFrom != null) {
            return " of " + SelectionWords.components(ComponentKind.LAYER, List.of(), layersFrom, chosen);
        }
        List<String> turns = new ArrayList<>();
        for (SweepAxis axis : over) {
            switch (axis) {
                case LAYER ->
                    turns.add((layers.isEmpty() ? "every layer" : SelectionWords.counted("layer", layers)) + wide());
                case HEAD -> turns.add("every head");
                case NEURON -> turns.add("every neuron");
                case FEATURE -> turns.add("every feature");
                default -> {}
            }
        }
        String together =
                swept(SweepAxis.LAYER) || layers.isEmpty() ? "" : " of " + SelectionWords.counted("layer", layers);
        return together + (turns.isEmpty() ? "" : " of " + SelectionWords.list(turns) + " in turn");
    }

    private String wide() {
        return window.equals(List.of(1))
                ? ""
                : " in windows of "
                        + String.join(", ", window.stream().map(String::valueOf).toList()) + " layers around it";
    }

    private String positions(Chosen chosen) {
        String keysAt = "";
        if (swept(SweepAxis.SRC)) {
            keysAt = ", every key position in turn";
        } else if (!SelectionWords.everywhere(keys)) {
            keysAt = ", with keys" + SelectionWords.at(keys);
        }
        if (swept(SweepAxis.POS) || swept(SweepAxis.DEST)) {
            return " at every " + (swept(SweepAxis.DEST) ? "query " : "") + "position in turn" + keysAt;
        }
        if (positionsFrom != null) {
            return " at " + SelectionWords.components(ComponentKind.POSITION, List.of(), positionsFrom, chosen)
                    + keysAt;
        }
        return SelectionWords.at(at) + (swept(SweepAxis.POSITION) ? " in turn" : "") + keysAt;
    }

    boolean swept(SweepAxis axis) {
        return over.contains(axis);
    }

    /** Whether what a layer has many of is swept. */
    private boolean sweepsInside() {
        return swept(SweepAxis.HEAD) || swept(SweepAxis.NEURON) || swept(SweepAxis.FEATURE);
    }

    private void check(Site site) {
        List<String> axes = site.axes();
        if (swept(SweepAxis.LAYER) && !site.perLayer()) {
            throw new IllegalArgumentException("`" + site.canonical() + "` exists only once, not in every layer");
        }
        if ((swept(SweepAxis.HEAD) || !heads.isEmpty() || headsFrom != null) && !hasHeads(site)) {
            throw new IllegalArgumentException("`" + site.canonical() + "` has no heads; `attn.z` has");
        }
        if (swept(SweepAxis.NEURON) && !axes.contains("d_mlp")) {
            throw new IllegalArgumentException("`" + site.canonical() + "` has no neurons; `mlp.post` has"
                    + (site == Site.FEATURES ? ". It has features: `over: [layer, feature]`" : ""));
        }
        if (swept(SweepAxis.FEATURE) && !axes.contains("d_sae")) {
            throw new IllegalArgumentException("`" + site.canonical() + "` has no features; `dictionary.features` has");
        }
        if ((!neurons.isEmpty() || neuronsFrom != null) && !site.hasUnits()) {
            throw new IllegalArgumentException("`" + site.canonical() + "` has no neurons; `mlp.post` has");
        }
        if (site.hasUnits()) {
            NeuronName.at(site, neurons);
        }
        if ((swept(SweepAxis.SRC) || swept(SweepAxis.DEST)) && !axes.contains("key_pos")) {
            throw new IllegalArgumentException(
                    "`" + site.canonical() + "` has no `dest` and `src`; `attn.pattern` has; elsewhere use `pos`");
        }
    }

    public static boolean hasHeads(Site site) {
        return site.axes().contains("head") || site.axes().contains("kv_head");
    }

    private void named() {
        boolean ofHeads = !heads.isEmpty() || headsFrom != null;
        boolean ofNeurons = !neurons.isEmpty() || neuronsFrom != null;
        boolean chosen = ofHeads || ofNeurons || layersFrom != null;
        if (chosen && (swept(SweepAxis.LAYER) || sweepsInside() || !layers.isEmpty())) {
            throw new IllegalArgumentException(
                    "either name components that are edited together (`heads`, `heads-from`, `neurons`, `neurons-from`, "
                            + "`layers-from`), or sweep (`over: [layer, head]`)");
        }
        if (layersFrom != null && (ofHeads || ofNeurons)) {
            throw new IllegalArgumentException("`layers-from` edits whole layers: leave out heads and neurons");
        }
        if (ofNeurons && ofHeads) {
            throw new IllegalArgumentException(
                    "heads and neurons are at different hook points: compose two " + "interventions");
        }
        boolean layered = sites.stream().anyMatch(Site::perLayer);
        if (layered && !chosen && layers.isEmpty() && !swept(SweepAxis.LAYER)) {
            throw new IllegalArgumentException("select components: sweep them (`over: [layer, head]`), or name "
                    + "`heads`, `neurons` or `layers` that are edited together");
        }
        if ((!layers.isEmpty() || layersFrom != null) && sites.stream().anyMatch(s -> !s.perLayer())) {
            throw new IllegalArgumentException("a hook point that exists only once has no layers to select");
        }
    }

    private void windows() {
        boolean wide = window.size() > 1 || window.get(0) != 1;
        if (window.stream().anyMatch(w -> w < 1) || Set.copyOf(window).size() < window.size()) {
            throw new IllegalArgumentException("a `window` must be at least 1; several must be different");
        }
        if (wide && (!swept(SweepAxis.LAYER) || sweepsInside())) {
            throw new IllegalArgumentException(
                    "a `window` needs a sweep over whole layers: `over: [layer]` or `[layer, pos]`");
        }
    }
}
