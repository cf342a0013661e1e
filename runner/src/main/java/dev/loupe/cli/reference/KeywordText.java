package dev.loupe.cli.reference;

import dev.loupe.dataset.Mark;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.shape.YamlWords;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The Markdown of a reference page: its keywords, each with keys, defaults and the tested example, then the types that
 * those keys are made of, each on the first page that needs it.
 */
final class KeywordText {
    private final ReferencePage page;
    private final Map<Class<?>, String> places;
    private final StringBuilder out = new StringBuilder();
    private final Set<Class<?>> written = new LinkedHashSet<>();
    private final Deque<Class<?>> parts = new ArrayDeque<>();

    /** @param places the page of each type, and the section where it is not the whole page; those described here are added */
    KeywordText(ReferencePage page, Map<Class<?>, String> places) {
        this.page = page;
        this.places = places;
    }

    String text() {
        out.append("# ")
                .append(page.title())
                .append("\n\n")
                .append(Generated.NOTE)
                .append("\n\n");
        out.append(page.intro()).append('\n');
        page.types().forEach(type -> section(type, "##", page.types().size() > 1));
        while (!parts.isEmpty()) {
            Class<?> part = parts.removeFirst();
            if (written.add(part)) {
                section(part, "###", true);
            }
        }
        return out.toString();
    }

    private void section(Class<?> type, String level, boolean named) {
        boolean one = type.isRecord();
        List<TypeCatalog.Entry> entries = entries(type);
        if (named) {
            out.append('\n').append(level).append(' ').append(heading(type)).append('\n');
            paragraph(one ? "" : YamlWords.doc(type));
        }
        if (type.isEnum()) {
            words(entries);
            return;
        }
        contents(entries);
        for (TypeCatalog.Entry entry : entries) {
            if (!one || !named) {
                out.append('\n').append(level).append(named ? "# " : " ");
                out.append(one ? heading(type) : "`" + entry.word() + "`").append('\n');
            }
            entry(entry);
        }
    }

    private static List<TypeCatalog.Entry> entries(Class<?> type) {
        if (type.isEnum()) {
            return TypeCatalog.ofWords(type);
        }
        return type.isRecord() ? List.of(TypeCatalog.ofRecord(type)) : TypeCatalog.of(type);
    }

    private void contents(List<TypeCatalog.Entry> entries) {
        if (entries.size() > 4) {
            paragraph(entries.stream()
                    .map(entry -> "[`" + entry.word() + "`](#" + Generated.anchor(entry.word()) + ")")
                    .collect(Collectors.joining(", ")));
        }
    }

    private void entry(TypeCatalog.Entry entry) {
        paragraph(entry.doc());
        if (entry.lone()) {
            paragraph("Can be written as just its name.");
        }
        if (entry.example() != null) {
            paragraph("```yaml\n" + entry.example().strip() + "\n```");
        }
        if (!entry.options().isEmpty()) {
            out.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
            entry.options().forEach(this::row);
        }
        marks(entry.type());
    }

    /** The names that a dataset gives to places of its rows. */
    private void marks(Class<?> type) {
        Mark[] marks = type.getAnnotationsByType(Mark.class);
        if (marks.length > 0) {
            out.append("\n| names in its rows | what | meaning |\n|---|---|---|\n");
            for (Mark mark : marks) {
                out.append(Generated.row(named(mark.name()), mark.is().words(), mark.doc()));
            }
        }
    }

    /** A name as code; what varies in it between stars stays in italics. */
    private static String named(String name) {
        return name.contains("*") ? name : "`" + name + "`";
    }

    private void row(TypeCatalog.Option option) {
        String preset = option.required()
                ? "required"
                : option.defaultYaml() == null ? "none" : "`" + option.defaultYaml() + "`";
        out.append(Generated.row("`" + option.key() + "`", value(option), preset, option.doc()));
    }

    /** What is expected, with links in place of the keys and words that the linked place lists. */
    private String value(TypeCatalog.Option option) {
        String links =
                option.types().stream().filter(this::described).map(this::link).collect(Collectors.joining(", "));
        if (links.isEmpty()) {
            return option.type();
        }
        String plain = option.type()
                .replaceAll(" \\([^)]*\\)", "")
                .replaceAll("a mapping with .*?(?=, or a |$)", links)
                .replaceAll("one of .*?(?=, or a |$)", links);
        String named = option.types().size() == 1 ? called(option.types().get(0)) : "";
        String linked = plain.contains(links) || named.isEmpty() ? plain : plain.replace(named, links);
        return linked.contains(links) ? linked : linked + ": " + links;
    }

    /** Words without a description are listed where they are expected. */
    private boolean described(Class<?> type) {
        return !type.isEnum()
                || TypeCatalog.ofWords(type).stream()
                        .anyMatch(word -> !word.doc().isBlank());
    }

    private String link(Class<?> type) {
        String place = places.get(type);
        if (place == null) {
            place = page.place(type);
            places.put(type, place);
            parts.addLast(type);
        }
        String here = place.startsWith(page.file() + "#")
                ? place.substring(page.file().length())
                : place;
        return "[" + called(type) + "](" + here + ")";
    }

    private static String called(Class<?> type) {
        return YamlWords.of(type).replace('-', ' ');
    }

    /** What is declared inside a record is named after it, since several records have their own `from` or `by`. */
    static String heading(Class<?> type) {
        String words = called(type).substring(0, 1).toUpperCase(Locale.ROOT)
                + called(type).substring(1);
        Class<?> owner = type.getDeclaringClass();
        return owner != null && owner.isRecord() ? words + " of `" + YamlWords.of(owner) + "`" : words;
    }

    private void words(List<TypeCatalog.Entry> entries) {
        out.append("\n| word | meaning |\n|---|---|\n");
        entries.forEach(word -> out.append(Generated.row("`" + word.word() + "`", word.doc())));
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            out.append('\n').append(text).append('\n');
        }
    }
}
