package dev.loupe.model.family;

import dev.loupe.tensors.PrefixedSource;
import dev.loupe.tensors.TensorSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Under which names a file of a hub family has its tensors: with or without a wrapper's prefix, with or without the trunk's,
 * and the unembedding under one of its names.
 *
 * @param source the tensors, a wrapper's prefix left out
 * @param prefix that prefix; empty where there is none
 * @param rules the family's rules, under the names that the source has
 * @param secondHead a head that is stored beside the embedding that it is tied to; else null
 */
public record HubNames(
        TensorSource source,
        String prefix,
        Map<String, HubRule> rules,
        @Nullable String secondHead) {
    private static final String EMBED = "embed.W_E";
    private static final String UNEMBED = "unembed.W_U";

    public static HubNames of(TensorSource file, HubArchitecture family, Map<String, HubRule> rules) {
        List<String> wanted = new ArrayList<>(family.heads());
        for (HubRule rule : rules.values()) {
            String name = rule.name();
            if (name != null) {
                wanted.add(name);
                wanted.add(bare(name, family));
            }
        }
        String prefix = WrapperPrefix.of(file, wanted);
        TensorSource source = prefix.isEmpty() ? file : new PrefixedSource(file, prefix);
        boolean whole = source.names().stream().anyMatch(name -> name.startsWith(family.prefix()));
        Map<String, HubRule> out = new LinkedHashMap<>();
        rules.forEach((tl, rule) -> out.put(tl, named(rule, name -> whole ? name : bare(name, family))));
        String head = family.heads().stream().filter(source::has).findFirst().orElse(null);
        if (head == null) {
            return new HubNames(source, prefix, out, null);
        }
        HubRule embed = Objects.requireNonNull(out.get(EMBED));
        HubRule unembed = Objects.requireNonNull(out.get(UNEMBED));
        String embedding = Objects.requireNonNull(embed.name());
        boolean tied = embedding.equals(unembed.name());
        if (!tied || !source.has(embedding)) {
            // Where the two are tied, either name serves.
            out.put(UNEMBED, named(unembed, name -> head));
            out.put(EMBED, tied ? named(embed, name -> head) : embed);
            return new HubNames(source, prefix, out, null);
        }
        return new HubNames(source, prefix, out, head);
    }

    private interface Renaming {
        String of(String name);
    }

    private static HubRule named(HubRule rule, Renaming renaming) {
        String name = rule.name();
        return name == null ? rule : rule.named(renaming.of(name));
    }

    /** A name as a trunk that was saved without its head has it. */
    private static String bare(String name, HubArchitecture family) {
        return name.startsWith(family.prefix()) ? name.substring(family.prefix().length()) : name;
    }
}
