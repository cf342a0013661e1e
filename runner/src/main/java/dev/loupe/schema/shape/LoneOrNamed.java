package dev.loupe.schema.shape;

import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.Collection;

/**
 * Whether what is written, where a lone value or a mapping of named values may stand, is the lone value. In this order:
 *
 * <ol>
 *   <li>a scalar or a list is lone; an empty mapping names nothing;
 *   <li>a mapping that fits the element type (what picks a record is there and all its keys are known) is lone;
 *   <li>a mapping in which some mapping fits the element type, or picks a record of it, is named;
 *   <li>a mapping in which every value fits the element type is named, where not every word fits it;
 *   <li>a mapping with a key that picks a record of the element type is lone, with another key misspelled;
 *   <li>a mapping in which every value fits the element type is named;
 *   <li>a mapping with a key that is nearly one that picks a record is lone;
 *   <li>a mapping in which every value is a mapping with a key of the element type is named;
 *   <li>a mapping with a key of the element type is lone;
 *   <li>everything else is named.
 * </ol>
 *
 * <p>Only keys and words are looked at, so the answer does not change with a wrong number inside.
 */
final class LoneOrNamed {

    private static final YamlScalar ANY_WORD =
            YamlScalar.plain(SourceLocation.start(""), "no word that anything is called by");

    private LoneOrNamed() {}

    static boolean isLone(YamlTree tree, YamlCodec element) {
        if (!(tree instanceof YamlMap map)) {
            return true;
        }
        if (map.isEmpty()) {
            return false;
        }
        if (element.fits(map)) {
            return true;
        }
        Collection<YamlMap.Entry> entries = map.entries().values();
        if (entries.stream()
                .anyMatch(e ->
                        e.value() instanceof YamlMap value && (element.fits(value) || element.word(value) != null))) {
            return false;
        }
        boolean eachFits = entries.stream().allMatch(e -> element.fits(e.value()));
        if (eachFits && !element.fits(ANY_WORD)) {
            return false;
        }
        if (map.keys().stream().anyMatch(element.selectors()::contains)) {
            return true;
        }
        if (eachFits) {
            return false;
        }
        if (map.keys().stream().anyMatch(key -> DidYouMean.to(key, element.selectors()) != null)) {
            return true;
        }
        return !entries.stream().allMatch(e -> e.value() instanceof YamlMap value && hasKeyOf(element, value))
                && hasKeyOf(element, map);
    }

    private static boolean hasKeyOf(YamlCodec element, YamlMap map) {
        return map.keys().stream().anyMatch(element.keys()::contains);
    }
}
