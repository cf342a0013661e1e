package dev.loupe.plan.ask;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a model that planning needs: shapes, FLOPs and bytes follow from them. Names as in TransformerLens.
 *
 * @param kind {@code transformer}, {@code table} for logits without a network, or the kind of a network without tokens: {@code toy-autoencoder}, {@code pair-mlp},
 *     {@code compute-mlp}
 * @param kvHeads heads of keys and values; below {@code heads} for grouped queries
 * @param outputNorms whether what attention and MLPs write is normalised before it is added to the residual stream
 * @param cappedLogits whether logits go through a soft-cap, so that they are no sum of what components write
 * @param parameters numbers that the loaded model keeps, those that two of its matrices share counted once
 * @param instances axes of the models on a batched instance axis; none for a transformer
 * @param keys the site of the keys that later positions look at, rotated where the model rotates; null where attention is not
 *     causal, so that what is earlier may depend on what is later
 * @param dictionaries of features that are attached to it, at most one for a layer
 */
public record ModelShape(
        String kind,
        int layers,
        int dModel,
        int heads,
        int kvHeads,
        int dHead,
        int dMlp,
        int vocabulary,
        int outputs,
        int context,
        boolean attentionOnly,
        boolean gated,
        boolean parallel,
        boolean outputNorms,
        boolean cappedLogits,
        long parameters,
        List<Axis> instances,
        @Nullable Site keys,
        List<DictionaryShape> dictionaries) {
    /** The kind of a model that gives logits and has nothing inside. */
    public static final String TABLE = "table";

    public ModelShape {
        instances = List.copyOf(instances);
        dictionaries = List.copyOf(dictionaries);
    }

    /** Of a model without dictionaries. */
    public ModelShape(
            String kind,
            int layers,
            int dModel,
            int heads,
            int kvHeads,
            int dHead,
            int dMlp,
            int vocabulary,
            int outputs,
            int context,
            boolean attentionOnly,
            boolean gated,
            boolean parallel,
            boolean outputNorms,
            boolean cappedLogits,
            long parameters,
            List<Axis> instances,
            @Nullable Site keys) {
        this(
                kind,
                layers,
                dModel,
                heads,
                kvHeads,
                dHead,
                dMlp,
                vocabulary,
                outputs,
                context,
                attentionOnly,
                gated,
                parallel,
                outputNorms,
                cappedLogits,
                parameters,
                instances,
                keys,
                List.of());
    }

    /** The same model with these dictionaries instead of its own; it keeps their numbers too. */
    public ModelShape with(List<DictionaryShape> attached) {
        long before =
                dictionaries.stream().mapToLong(DictionaryShape::parameters).sum();
        long more = attached.stream().mapToLong(DictionaryShape::parameters).sum() - before;
        return new ModelShape(
                kind,
                layers,
                dModel,
                heads,
                kvHeads,
                dHead,
                dMlp,
                vocabulary,
                outputs,
                context,
                attentionOnly,
                gated,
                parallel,
                outputNorms,
                cappedLogits,
                parameters + more,
                instances,
                keys,
                attached);
    }

    /** @throws IllegalArgumentException where there is no such layer */
    public void requireLayer(int layer) {
        if (layer < 0 || layer >= layers) {
            throw new IllegalArgumentException("there is no layer " + layer + ": the model has 0 to " + (layers - 1));
        }
    }

    /** The layers that have a site. Only those of dictionaries are not in every layer. */
    public List<Integer> layersWith(Site site) {
        return site.ofDictionary()
                ? dictionaries.stream().map(DictionaryShape::layer).sorted().toList()
                : IntStream.range(0, layers).boxed().toList();
    }

    /** How many features the dictionary of a layer has, 0 where there is none. */
    public int features(int layer) {
        return dictionaries.stream()
                .filter(one -> one.layer() == layer)
                .mapToInt(DictionaryShape::features)
                .findFirst()
                .orElse(0);
    }

    /** How many numbers an activation of one row of so many tokens has. */
    public long elements(HookPoint point, long length) {
        long n = 1;
        for (String axis : point.site().axes()) {
            n *= switch (axis) {
                case "batch" -> 1;
                case "pos", "query_pos", "key_pos" -> length;
                case "head" -> heads;
                case "kv_head" -> kvHeads;
                case "d_head" -> dHead;
                case "d_mlp" -> dMlp;
                case "d_sae" -> features(point.layer());
                case "d_vocab_out" -> outputs;
                case "d_model" -> dModel;
                default -> 1;
            };
        }
        return n;
    }

    /**
     * How many neurons, or features of a dictionary, each of some layers has at a site.
     *
     * @throws IllegalArgumentException where dictionaries of different sizes would stand side by side
     */
    public int units(Site site, List<Integer> some) {
        if (site != Site.FEATURES) {
            return dMlp;
        }
        List<Integer> sizes = some.stream().map(this::features).distinct().toList();
        if (sizes.size() > 1) {
            throw new IllegalArgumentException("the dictionaries of layers " + some + " have " + sizes
                    + " features: look at layers of equal size at a time");
        }
        return sizes.isEmpty() ? 0 : sizes.get(0);
    }

    /** How many neurons, or features of a dictionary, a layer has at most at a site. */
    public int units(Site site) {
        return site.axes().contains("d_sae")
                ? dictionaries.stream()
                        .mapToInt(DictionaryShape::features)
                        .max()
                        .orElse(0)
                : dMlp;
    }

    /** Whether it reads tokens; other networks read vectors. */
    public boolean readsTokens() {
        return kind.equals("transformer") || kind.equals(TABLE);
    }

    /** Of a model whose positions are not known to be independent of later ones. */
    public ModelShape(
            String kind,
            int layers,
            int dModel,
            int heads,
            int kvHeads,
            int dHead,
            int dMlp,
            int vocabulary,
            int outputs,
            int context,
            boolean attentionOnly,
            boolean gated,
            boolean parallel,
            long parameters,
            List<Axis> instances) {
        this(
                kind,
                layers,
                dModel,
                heads,
                kvHeads,
                dHead,
                dMlp,
                vocabulary,
                outputs,
                context,
                attentionOnly,
                gated,
                parallel,
                false,
                false,
                parameters,
                instances,
                null);
    }
}
