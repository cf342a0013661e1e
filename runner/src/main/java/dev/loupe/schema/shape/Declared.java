package dev.loupe.schema.shape;

import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a document declares: those of every top-level mapping of named values, sound or not, in their order. */
public record Declared(Map<String, Set<String>> sections) {

    /** The name of a value that stands alone where several could have names. */
    public static final String LONE = MapShape.LONE;

    /** What stands for names where none were gathered: nothing is checked against it. */
    static final Declared NOTHING = new Declared(Map.of());

    /** The names in a document of a record type. */
    public static Declared of(YamlTree tree, YamlCodec shape) {
        Map<String, Set<String>> sections = new LinkedHashMap<>();
        if (tree instanceof YamlMap map && shape instanceof RecordShape record) {
            record.parts().forEach((key, part) -> {
                if (part.shape() instanceof MapShape named) {
                    sections.put(key, named.namesIn(map.get(key)));
                }
            });
        }
        return new Declared(sections);
    }

    /** The names of a section; none where there is no such section. */
    public Set<String> in(String section) {
        return sections.getOrDefault(section, Set.of());
    }

    /**
     * The declared name that a reference begins with, null where there is none. After a name a part of it may follow, as in
     * {@code scores.IND}, {@code loss@seed 1} and {@code pairs/corrupted}. {@code default} stands for the first name.
     */
    public @Nullable String named(String section, String reference) {
        Set<String> names = in(section);
        for (int end = reference.length(); end > 0; end--) {
            boolean whole = end == reference.length() || "./@".indexOf(reference.charAt(end)) >= 0;
            if (whole && names.contains(reference.substring(0, end))) {
                return reference.substring(0, end);
            }
        }
        boolean first = reference.equals(MapShape.LONE) || reference.startsWith(MapShape.LONE + "/");
        return first && !names.isEmpty() ? names.iterator().next() : null;
    }

    /** The reference with what was probably meant in place of its unknown name, null where nothing is near. */
    @Nullable
    String meant(String section, String reference) {
        int end = 0;
        while (end < reference.length() && "./@".indexOf(reference.charAt(end)) < 0) {
            end++;
        }
        String near = DidYouMean.to(reference.substring(0, end), new LinkedHashSet<>(in(section)));
        String whole = near == null ? DidYouMean.to(reference, in(section)) : null;
        return near == null ? whole : near + reference.substring(end);
    }
}
