package dev.loupe.model.published;

import dev.loupe.hook.HookPoint;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.shape.IntRange;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.RepositoryName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One dictionary of a card, or one for each of several layers. */
public record PublicDictionary(
        @Doc("Owner and name of the repository on the hub") String repository,
        @Doc("Branch, tag or commit") @Default("main") String revision,

        @Doc("Licence of the weights, as the repository states it")
        String licence,

        @Doc(
                "The folder with its files in the repository; without it the repository itself. `{layer}` stands for each of "
                        + "`layers`.")
        @Default("\"\"")
        String folder,

        @Doc("Layers that have a dictionary each: the name, `folder` and `reads` then contain `{layer}`")
        @Default("[]")
        @OneOrMany
        List<IntRange> layers,

        @Doc(
                "The hook point that it reads, such as `blocks.6.hook_resid_pre`; its configuration must say the same, where it says it")
        String reads,

        @Doc(
                "The hook point that a transcoder writes, where its files do not say it. Default: it writes what it reads.")
        @Default("\"\"")
        String writes,

        @Doc(
                "Weight processing of the model that it was made for, where its configuration does not say it. Default: not known.")
        @OneOrMany
        @Nullable
        List<ModelChoice.Processing> processing) {
    private static final String LAYER = "{layer}";

    public PublicDictionary {
        layers = List.copyOf(layers);
        processing = processing == null ? null : List.copyOf(processing);
        RepositoryName.owned(repository);
        RepositoryName.revision(revision);
        boolean several = !layers.isEmpty();
        boolean away = !writes.isEmpty() && writes.contains(LAYER) != several;
        if (reads.contains(LAYER) != several || away || (folder.contains(LAYER) && !several)) {
            throw new IllegalArgumentException("`layers` and `{layer}` in `reads` and `writes` belong together");
        }
        String one = several ? Integer.toString(layers.get(0).low()) : LAYER;
        RepositoryName.folder(folder.replace(LAYER, one));
        point("reads", reads, one);
        if (!writes.isEmpty()) {
            point("writes", writes, one);
        }
    }

    private static void point(String key, String name, String layer) {
        if (HookPoint.parse(name.replace(LAYER, layer)).isEmpty()) {
            throw new IllegalArgumentException(
                    "`" + key + "` is a hook point such as blocks.6.hook_resid_pre, not \"" + name + "\"");
        }
    }

    /** Each dictionary by its own name. */
    public Map<String, DictionaryChoice> all(String name) {
        if (name.contains(LAYER) == layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "`" + name + "`: a name contains `{layer}` where, and only where, there are `layers`");
        }
        Map<String, DictionaryChoice> all = new LinkedHashMap<>();
        if (layers.isEmpty()) {
            all.put(name, choice(name, folder, reads, writes));
        }
        for (IntRange range : layers) {
            for (int layer = range.low(); layer <= range.high(); layer++) {
                String own = Integer.toString(layer);
                all.put(
                        name.replace(LAYER, own),
                        choice(
                                name.replace(LAYER, own),
                                folder.replace(LAYER, own),
                                reads.replace(LAYER, own),
                                writes.replace(LAYER, own)));
            }
        }
        return all;
    }

    private DictionaryChoice choice(String name, String in, String at, String to) {
        return new DictionaryChoice(name, true, repository, revision, in, licence, at, to, processing);
    }
}
