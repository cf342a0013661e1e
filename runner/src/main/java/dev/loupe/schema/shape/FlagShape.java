package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import org.jspecify.annotations.Nullable;

/** {@code true} or {@code false}, and no other spelling. */
final class FlagShape implements YamlCodec {

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (fits(tree) && tree instanceof YamlScalar scalar) {
            return scalar.text().equals("true");
        }
        binding.wrongType(tree, noun());
        return null;
    }

    @Override
    public YamlTree write(Object value) {
        return YamlScalar.plain(Written.HERE, value.toString());
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.types("boolean");
    }

    @Override
    public String noun() {
        return "true or false";
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlScalar scalar && scalar.kind() == YamlScalar.Kind.BOOLEAN;
    }
}
