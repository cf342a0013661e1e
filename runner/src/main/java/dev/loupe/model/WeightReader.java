package dev.loupe.model;

import dev.loupe.tensors.TensorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads TransformerLens' tensors from a file of another or the same layout. Names and shapes are checked first. */
final class WeightReader implements TlWeights {
    private final TensorSource source;
    private final Map<String, HubRule> rules;

    private WeightReader(TensorSource source, Map<String, HubRule> rules) {
        this.source = source;
        this.rules = rules;
    }

    /** A file in a hub family's layout; the trunk's prefix may be absent from every name. */
    static WeightReader hub(TensorSource source, HubArchitecture family, TransformerConfig config, ConfigJson json) {
        Map<String, HubRule> rules = new LinkedHashMap<>();
        boolean prefixed = source.names().stream().anyMatch(name -> name.startsWith(family.prefix()));
        family.rules(config, json).forEach((tl, rule) -> {
            String name = rule.name();
            if (!prefixed && name != null && name.startsWith(family.prefix())) {
                name = name.substring(family.prefix().length());
            }
            rules.put(tl, new HubRule(name, rule.shape(), rule.change()));
        });
        // A tied head may be stored a second time.
        return checked(source, rules, config, name -> family.ignores(name) || name.equals("lm_head.weight"));
    }

    /** A file with TransformerLens' own names. */
    static WeightReader transformerLens(TensorSource source, TransformerConfig config) {
        Map<String, HubRule> rules = new LinkedHashMap<>();
        TlTensors.of(config).forEach((name, shape) -> {
            int dot = name.lastIndexOf('.') + 1;
            // Shared key and value heads are stored under a name with an underscore.
            String shared = name.substring(0, dot) + "_" + name.substring(dot);
            rules.put(name, HubRule.same(!source.has(name) && source.has(shared) ? shared : name, shape));
        });
        return checked(
                source,
                rules,
                config,
                name -> name.endsWith(".attn.mask")
                        || name.endsWith(".attn.IGNORE")
                        || name.endsWith(".attn.rotary_sin")
                        || name.endsWith(".attn.rotary_cos"));
    }

    private static WeightReader checked(
            TensorSource source, Map<String, HubRule> rules, TransformerConfig config, Predicate<String> ignored) {
        List<String> problems = new ArrayList<>();
        if (!rules.keySet().equals(TlTensors.of(config).keySet())) {
            throw new IllegalStateException("the family's rules do not cover the configuration: " + rules.keySet()
                    + " against " + TlTensors.of(config).keySet());
        }
        Set<String> missing = new TreeSet<>();
        Set<String> extra = new TreeSet<>(source.names());
        extra.removeIf(ignored);
        Set<String> seen = new TreeSet<>();
        for (HubRule rule : rules.values()) {
            String name = rule.name();
            if (name == null || !seen.add(name)) {
                continue;
            }
            extra.remove(name);
            if (!source.has(name)) {
                missing.add(name);
                continue;
            }
            long[] shape = source.shape(name);
            if (!Arrays.equals(shape, rule.shape())) {
                problems.add("'" + name + "' has the shape " + Arrays.toString(shape) + ", the configuration needs "
                        + Arrays.toString(rule.shape()));
            } else if (!source.isFloating(name)) {
                problems.add("'" + name + "' holds " + source.type(name));
            }
        }
        if (!missing.isEmpty()) {
            problems.add(0, "missing: " + String.join(", ", missing));
        }
        if (!extra.isEmpty()) {
            problems.add("not part of the model: " + String.join(", ", extra));
        }
        if (!problems.isEmpty()) {
            throw new WeightsException(source.file(), problems);
        }
        return new WeightReader(source, rules);
    }

    TensorSource source() {
        return source;
    }

    @Override
    public float[] read(String name) {
        HubRule rule = rules.get(name);
        if (rule == null) {
            throw new IllegalArgumentException("no weights named '" + name + "'");
        }
        String file = rule.name();
        return rule.change().apply(file == null ? new float[0] : source.floats(file));
    }
}
