package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values of one shape; where allowed, a lone value is a list of one. */
final class ListShape implements YamlCodec {

    private final YamlCodec element;
    private final boolean orOne;

    ListShape(YamlCodec element, boolean orOne) {
        this.element = element;
        this.orOne = orOne;
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (!(tree instanceof YamlList) && (!orOne || tree.isNull())) {
            binding.wrongType(tree, noun());
            return null;
        }
        List<YamlTree> items = isMany(tree) && tree instanceof YamlList list ? list.items() : List.of(tree);
        List<Object> values = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String at = Binding.join(path, Integer.toString(i));
            Object value = binding.part(element, items.get(i), at);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    @Override
    public Object standIn() {
        return List.of();
    }

    /** A list of lists is many only when all its items are lists: otherwise it is one lone list. */
    private boolean isMany(YamlTree tree) {
        return tree instanceof YamlList list
                && (!orOne
                        || !(element instanceof ListShape)
                        || list.items().stream().allMatch(YamlList.class::isInstance));
    }

    @Override
    public YamlTree write(Object value) {
        return new YamlList(
                Written.HERE,
                ((List<?>) value).stream().map(v -> element.write(v)).toList());
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        ObjectNode many = definitions.types("array");
        many.set("items", element.schema(definitions));
        return orOne ? definitions.anyOf(element.schema(definitions), many) : many;
    }

    @Override
    public List<Class<?>> types() {
        return element.types();
    }

    @Override
    public String noun() {
        return orOne ? element.noun() + ", or a list of them" : "a list";
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlList || orOne && element.fits(tree);
    }
}
