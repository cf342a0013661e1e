package dev.loupe.model.folder;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.family.ConfigJson;
import dev.loupe.model.family.HubArchitecture;
import dev.loupe.model.family.HubNames;
import dev.loupe.model.family.HubRule;
import dev.loupe.model.family.WrapperPrefix;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.PrefixedSource;
import dev.loupe.tensors.Tensor;
import dev.loupe.tensors.TensorSource;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads TransformerLens' tensors from a file of another or the same layout. Names and shapes are checked first. */
final class WeightReader implements TlWeights {
    private final TensorSource source;
    private final Map<String, HubRule> rules;
    private final Map<String, long[]> shapes;

    private final String prefix;
    private final @Nullable String secondHead;

    private WeightReader(
            TensorSource source,
            String prefix,
            Map<String, HubRule> rules,
            Map<String, long[]> shapes,
            @Nullable String secondHead) {
        this.source = source;
        this.prefix = prefix;
        this.rules = rules;
        this.shapes = shapes;
        this.secondHead = secondHead;
    }

    /** A file in a hub family's layout; a wrapper's prefix and the trunk's may each be there or not. */
    static WeightReader hub(TensorSource source, HubArchitecture family, TransformerConfig config, ConfigJson json) {
        HubNames names = HubNames.of(source, family, family.rules(config, json));
        // A tied head may be stored a second time.
        return checked(names, config, name -> family.ignores(name) || name.equals(names.secondHead()));
    }

    /** A file with TransformerLens' own names; a wrapper's prefix may stand before all of them. */
    static WeightReader transformerLens(TensorSource file, TransformerConfig config) {
        Map<String, long[]> shapes = TlTensors.of(config);
        String prefix = WrapperPrefix.of(file, shapes.keySet());
        TensorSource source = prefix.isEmpty() ? file : new PrefixedSource(file, prefix);
        Map<String, HubRule> rules = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            int dot = name.lastIndexOf('.') + 1;
            // Shared key and value heads are stored under a name with an underscore.
            String shared = name.substring(0, dot) + "_" + name.substring(dot);
            rules.put(name, HubRule.same(!source.has(name) && source.has(shared) ? shared : name, shape));
        });
        return checked(
                new HubNames(source, prefix, rules, null),
                config,
                name -> name.endsWith(".attn.mask")
                        || name.endsWith(".attn.IGNORE")
                        || name.endsWith(".attn.rotary_sin")
                        || name.endsWith(".attn.rotary_cos"));
    }

    private static WeightReader checked(HubNames names, TransformerConfig config, Predicate<String> ignored) {
        TensorSource source = names.source();
        Map<String, HubRule> rules = names.rules();
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
                missing.add(source.nameInFile(name));
                continue;
            }
            long[] shape = source.shape(name);
            if (!Arrays.equals(shape, rule.shape())) {
                problems.add("'" + source.nameInFile(name) + "' has the shape "
                        + Arrays.toString(source.shapeInFile(name, shape)) + ", the configuration needs "
                        + Arrays.toString(source.shapeInFile(name, rule.shape())));
            } else if (!source.isFloating(name)) {
                problems.add("'" + source.nameInFile(name) + "' holds " + source.type(name));
            }
        }
        // Where most do not fit, the tensors are not damaged: they are another model's.
        if (problems.size() + missing.size() > seen.size() / 2) {
            problems.add(0, "most tensors do not match the configuration: it belongs to another model");
        }
        if (!missing.isEmpty()) {
            problems.add("missing: " + String.join(", ", missing));
        }
        if (!extra.isEmpty()) {
            problems.add("tensors that are not part of the model: " + String.join(", ", extra));
        }
        if (!problems.isEmpty()) {
            throw new WeightsException(source.file(), problems);
        }
        return new WeightReader(source, names.prefix(), rules, TlTensors.of(config), names.secondHead());
    }

    /**
     * Holds a tied head that is stored all the same against the embedding.
     *
     * @throws WeightsException where it is another matrix: then which of the two the model should have is not known
     */
    void checkHead() {
        String embedding = rule("embed.W_E").name();
        if (secondHead != null && embedding != null && !Arrays.equals(prints(secondHead), prints(embedding))) {
            throw new WeightsException(
                    source.file(),
                    List.of("'" + source.nameInFile(secondHead) + "' is not '" + source.nameInFile(embedding)
                            + "', and the configuration ties them (tie_word_embeddings)"));
        }
    }

    /**
     * Why steps on TransformerLens' tensors would not be steps on the file's: one of its tensors is two of theirs, or is scaled in
     * them. Null where they are.
     */
    @Nullable
    String unlikeInTraining() {
        if (!rule("embed.W_E").exact()) {
            return "its family scales the embedding before the first block, and TransformerLens' embedding is the scaled one";
        }
        Map<String, String> whole = new LinkedHashMap<>();
        for (Map.Entry<String, HubRule> entry : rules.entrySet()) {
            HubRule rule = entry.getValue();
            boolean all = Tensor.count(shapes.getOrDefault(entry.getKey(), rule.shape())) == Tensor.count(rule.shape());
            String other = rule.name() == null || !all ? null : whole.put(rule.name(), entry.getKey());
            if (other != null && transposeOf(entry.getKey()) == null) {
                return "its family has one tensor for " + other + " and " + entry.getKey();
            }
        }
        return null;
    }

    /** One number for each row. */
    private long[] prints(String name) {
        long[] shape = source.shape(name);
        int width = TensorSource.width(shape);
        long[] out = new long[Math.toIntExact(Tensor.count(shape) / Math.max(1, width))];
        source.rows(name, (row, from, at) -> {
            long print = 1;
            for (int i = 0; i < width; i++) {
                print = 31 * print + Float.floatToRawIntBits(from[at + i]);
            }
            out[row] = print;
        });
        return out;
    }

    TensorSource source() {
        return source;
    }

    /** What a wrapper put before every name, which is left out; empty where there is none. */
    String prefix() {
        return prefix;
    }

    private HubRule rule(String name) {
        HubRule rule = rules.get(name);
        if (rule == null) {
            throw new IllegalArgumentException("no weights named '" + name + "'");
        }
        return rule;
    }

    @Override
    public boolean isAbsent(String name) {
        return rule(name).name() == null;
    }

    @Override
    public String nameInFile(String name) {
        String stored = rule(name).name();
        return stored == null ? name : source.nameInFile(stored);
    }

    @Override
    public float[] read(String name) {
        HubRule rule = rule(name);
        float[] out = new float[Math.toIntExact(Tensor.count(shapes.getOrDefault(name, rule.shape())))];
        rule.read(source, FloatBuffer.wrap(out));
        return out;
    }

    @Override
    public void read(String name, FloatBuffer to) {
        rule(name).read(source, to);
    }

    /** A tied unembedding is the embedding's own numbers, unless the family scales one of them. */
    @Override
    public @Nullable String transposeOf(String name) {
        String embedding = "embed.W_E";
        HubRule own = rules.get(name);
        HubRule other = rules.get(embedding);
        boolean tied = name.equals("unembed.W_U")
                && own != null
                && own.name() != null
                && other != null
                && own.name().equals(other.name())
                && own.exact()
                && other.exact();
        return tied ? embedding : null;
    }
}
