package dev.loupe.schema.shape;

import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one binding gathers beside the value: problems, the place of every path, which paths defaults filled, and which
 * parts are not what was written.
 */
public final class Binding {

    public final Map<String, SourceLocation> marks = new LinkedHashMap<>();
    public final List<String> defaulted = new ArrayList<>();
    public final List<Reference> references = new ArrayList<>();
    public final Set<String> unsure = new HashSet<>();
    public final Set<String> partial = new HashSet<>();
    public final Map<String, Object> parts = new HashMap<>();

    private final Problems problems;
    private final Declared names;
    private int faults;
    private int unknown;

    /** @param names what the document declares, for references to it */
    public Binding(Problems problems, Declared names) {
        this.problems = problems;
        this.names = names;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** How many problems were noted that leave a value unknown. */
    int unknown() {
        return unknown;
    }

    /** Notes a fault where it is known what was meant, so that binding goes on with that. */
    void mended(Problem problem) {
        faults++;
        problems.add(problem);
    }

    /** Notes a fault that leaves a value unknown. */
    void unknown(Problem problem) {
        unknown++;
        mended(problem);
    }

    /** Notes a fault that leaves a value unknown. */
    void unknown(SourceLocation mark, String code, String message) {
        unknown(new Problem(mark, code, message, null));
    }

    /** Binds an element of a list or mapping and keeps what is known of it. */
    @Nullable
    Object part(YamlCodec element, YamlTree tree, String path) {
        marks.put(path, tree.mark());
        int before = unknown;
        int beforeAny = faults;
        Object value = element.bind(tree, path, this);
        if (unknown > before) {
            partial.add(path);
        }
        if (faults > beforeAny) {
            unsure.add(path);
        }
        keep(path, value);
        return value;
    }

    void keep(String path, @Nullable Object value) {
        if (value != null) {
            parts.put(path, value);
        }
    }

    /** The tree with every name in it checked against those of a section, where it has any; a misspelled one is replaced by what was meant. */
    YamlTree named(YamlTree tree, String path, String section) {
        if (tree instanceof YamlList list) {
            List<YamlTree> items = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                items.add(named(list.items().get(i), join(path, Integer.toString(i)), section));
            }
            return new YamlList(list.mark(), items);
        }
        if (tree instanceof YamlMap map) {
            YamlMap checked = map;
            for (YamlMap.Entry entry : map.entries().values()) {
                YamlTree value = named(entry.value(), join(path, entry.key()), section);
                checked = checked.with(new YamlMap.Entry(entry.key(), entry.mark(), value));
            }
            return checked;
        }
        return tree instanceof YamlScalar scalar && !scalar.isNull() ? named(scalar, path, section) : tree;
    }

    private YamlScalar named(YamlScalar scalar, String path, String section) {
        if (names.in(section).isEmpty()) {
            return scalar;
        }
        String name = names.named(section, scalar.text());
        if (name != null) {
            references.add(new Reference(path, section, name, false));
            return scalar;
        }
        String meant = names.meant(section, scalar.text());
        Collection<String> all = names.in(section);
        String known = meant != null
                ? ""
                : all.equals(Set.of(MapShape.LONE))
                        ? "; the only one of this spec has no name and is called `default`"
                        : "; known: " + String.join(", ", all);
        String kind = section.equals("measure") ? "measurement" : section;
        Problem problem = new Problem(
                scalar.mark(),
                "unknown-" + kind,
                "there is no " + kind + " `" + shorten(scalar.text()) + "`" + known,
                meant);
        String resolved = meant == null ? null : names.named(section, meant);
        references.add(new Reference(path, section, resolved == null ? scalar.text() : resolved, resolved != null));
        // Text is text: what holds it is as it was written, only nothing of that name is there.
        mended(problem);
        return meant == null ? scalar : YamlScalar.quoted(scalar.mark(), meant);
    }

    /** Notes a value of the wrong kind. */
    void wrongType(YamlTree tree, String expected) {
        unknown(tree.mark(), "wrong-type", "expected " + expected + ", found " + tree.describe());
    }

    /** Notes a word that is not one of those known; the one that was probably meant, or null. */
    @Nullable
    String unknownWord(YamlScalar scalar, String what, Collection<String> known) {
        String nearest = DidYouMean.to(scalar.text(), known);
        String listed = nearest == null || known.size() <= 8 ? "; known: " + String.join(", ", known) : "";
        Problem problem = new Problem(
                scalar.mark(),
                "unknown-word",
                "`" + shorten(scalar.text()) + "` is not a valid " + what + listed,
                nearest);
        if (nearest == null) {
            unknown(problem);
        } else {
            mended(problem);
        }
        return nearest;
    }

    /** Hostile text stays short in messages. */
    public static String shorten(String text) {
        String line = text.replace("\n", "\\n");
        return line.length() > 60 ? line.substring(0, line.offsetByCodePoints(0, 50)) + "..." : line;
    }
}
