package dev.loupe.schema.compose;

import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code variants: {name: {partial spec}}}: the chosen one is merged into the spec key by key; lists and scalars
 * replace, {@code key: ~} takes a key of the base away. A top-level key of a variant that says {@code inherit} keeps what the base says.
 */
public final class Variants {

    static final String KEY = "variants";
    private static final String INHERIT = "inherit";

    private Variants() {}

    /** The spec without its variants, and with the named one merged in where a name is given. */
    static YamlMap apply(YamlMap spec, @Nullable String name, Layer layer, Problems problems) {
        YamlMap base = spec.without(KEY);
        YamlTree variants = spec.get(KEY);
        if (variants != null) {
            checkForm(variants, problems);
        }
        if (name == null) {
            return base;
        }
        Collection<String> known = names(spec);
        if (!known.contains(name)) {
            SourceLocation mark = variants == null ? spec.mark() : variants.mark();
            String listed = known.isEmpty() ? "; the spec has none" : "; known: " + String.join(", ", known);
            problems.add(mark, "unknown-variant", "no variant `" + name + "`" + listed, DidYouMean.to(name, known));
            return base;
        }
        return variants instanceof YamlMap all && all.get(name) instanceof YamlMap part
                ? new YamlMap(
                        base.mark(),
                        layer.over(withoutInherited(part), base, "variant `" + name + "`")
                                .entries())
                : base;
    }

    /** The names of a spec's variants. */
    public static List<String> names(YamlMap spec) {
        return spec.get(KEY) instanceof YamlMap all ? List.copyOf(all.keys()) : List.of();
    }

    private static YamlMap withoutInherited(YamlMap part) {
        YamlMap kept = part;
        for (YamlMap.Entry entry : part.entries().values()) {
            if (entry.value() instanceof YamlScalar scalar && scalar.text().equals(INHERIT)) {
                kept = kept.without(entry.key());
            }
        }
        return kept;
    }

    private static void checkForm(YamlTree variants, Problems problems) {
        if (!(variants instanceof YamlMap all)) {
            problems.add(variants.mark(), "wrong-type", "expected a mapping of variants, found " + variants.describe());
            return;
        }
        for (YamlMap.Entry entry : all.entries().values()) {
            if (!(entry.value() instanceof YamlMap)) {
                String message =
                        "expected a part of a spec, found " + entry.value().describe();
                problems.add(entry.value().mark(), "wrong-type", message);
            }
        }
    }
}
