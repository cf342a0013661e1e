package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import org.jspecify.annotations.Nullable;

/** Text: any scalar but null, as written, so that an unquoted 6.20 stays 6.20. */
final class TextShape implements YamlCodec {

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (fits(tree) && tree instanceof YamlScalar scalar) {
            return scalar.text();
        }
        binding.wrongType(tree, noun());
        return null;
    }

    @Override
    public YamlTree write(Object value) {
        return YamlScalar.quoted(Written.HERE, (String) value);
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.types("string", "number", "boolean");
    }

    @Override
    public String noun() {
        return "text";
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlScalar && !tree.isNull();
    }
}
