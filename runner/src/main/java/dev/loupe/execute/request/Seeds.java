package dev.loupe.execute.request;

import dev.loupe.schema.ResolvedYaml;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.spec.ExperimentSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every seed of a resolved spec by its path. */
public final class Seeds {
    private Seeds() {}

    public static Map<String, Long> of(ExperimentSpec spec) {
        Map<String, Long> out = new LinkedHashMap<>();
        collect(ResolvedYaml.tree(spec, ExperimentSpec.class), "", out);
        return out;
    }

    private static void collect(YamlTree tree, String path, Map<String, Long> out) {
        if (tree instanceof YamlMap map) {
            map.entries().values().forEach(e -> {
                String at = path.isEmpty() ? e.key() : path + "." + e.key();
                if (e.key().equals("seed") && e.value() instanceof YamlScalar scalar && !scalar.isNull()) {
                    out.put(at, Long.parseLong(scalar.text()));
                } else {
                    collect(e.value(), at, out);
                }
            });
        } else if (tree instanceof YamlList list) {
            for (int i = 0; i < list.items().size(); i++) {
                collect(list.items().get(i), path + "." + i, out);
            }
        }
    }
}
