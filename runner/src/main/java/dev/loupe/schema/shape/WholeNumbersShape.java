package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of whole numbers, in which a range {@code 3..7} stands for its numbers; a lone number or range is a list too. */
final class WholeNumbersShape implements YamlCodec {

    /** A range is written in a few letters; what it stands for must not fill the memory. */
    private static final long MOST = 1_000_000;

    private final YamlCodec number;
    private final ListShape list;

    /** @param number of one whole number */
    WholeNumbersShape(YamlCodec number) {
        this.number = number;
        this.list = new ListShape(number, true);
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (!isRange(tree)
                && !(tree instanceof YamlList written
                        && written.items().stream().anyMatch(this::isRange))) {
            return list.bind(tree, path, binding);
        }
        List<YamlTree> items = tree instanceof YamlList written ? written.items() : List.of(tree);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String at = Binding.join(path, Integer.toString(i));
            YamlTree item = items.get(i);
            binding.marks.put(at, item.mark());
            Object value = isRange(item) ? range((YamlScalar) item, binding) : number.bind(item, at, binding);
            if (value instanceof IntRange range && range.size() + values.size() <= MOST) {
                for (int n = 0; n < range.size(); n++) {
                    values.add(range.low() + n);
                }
            } else if (value instanceof IntRange range) {
                binding.unknown(item.mark(), "out-of-range", range + " contains more than " + MOST + " whole numbers");
            } else if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    @Override
    public Object standIn() {
        return List.of();
    }

    private static @Nullable Object range(YamlScalar written, Binding binding) {
        try {
            return IntRange.parse(written.text());
        } catch (IllegalArgumentException e) {
            binding.unknown(written.mark(), "invalid-value", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private boolean isRange(YamlTree tree) {
        return tree instanceof YamlScalar scalar && scalar.text().contains("..") && !number.fits(scalar);
    }

    @Override
    public YamlTree write(Object value) {
        return list.write(value);
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        ObjectNode range = definitions.types("string");
        range.put("pattern", "^-?[0-9]+\\.\\.-?[0-9]+$");
        ObjectNode many = definitions.types("array");
        many.set("items", definitions.anyOf(number.schema(definitions), range));
        return definitions.anyOf(number.schema(definitions), range.deepCopy(), many);
    }

    @Override
    public String noun() {
        return list.noun();
    }

    @Override
    public boolean fits(YamlTree tree) {
        return list.fits(tree) || isRange(tree);
    }
}
