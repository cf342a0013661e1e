package dev.loupe.schema.yaml;

import dev.loupe.schema.problem.SourceLocation;
import java.util.List;

/** A list. */
public record YamlList(SourceLocation mark, List<YamlTree> items) implements YamlTree {

    public YamlList {
        items = List.copyOf(items);
    }

    @Override
    public YamlList at(SourceLocation other) {
        return new YamlList(other, items.stream().map(item -> item.at(other)).toList());
    }

    @Override
    public String describe() {
        return "a list";
    }
}
