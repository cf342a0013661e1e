package dev.loupe.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.Binder;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dataset's reference page says of the names in its rows is what its rows have. */
class MarkTest {
    private static final String PROMPTS = """
            {"seq_labels": ["a", "WORD", "c"], "word_idxs": {"WORD": 1},
             "prompts": [{"clean": "we saw him", "corrupt": "we saw her", "answers": [" run"], "wrong_answers": [" sit"]}]}
            """;

    /** Rows besides those of the example, where options decide on names. */
    private static final Map<String, List<String>> MORE = Map.of(
            "extremes", List.of("{generator: extremes, values: 8, exhaustive: true}"),
            "othello", List.of("{generator: othello, size: 4, length: 6, flip: mine, seed: 1}"),
            "permuted-lists", List.of("{generator: permuted-lists, order: fixed, seed: 1}"),
            "random-tokens", List.of("{generator: random-tokens, seed: 1}"),
            "sorted-lists", List.of("{generator: sorted-lists, values: 9, length: 2..4, end: true, seed: 1}"),
            "facts", List.of("{generator: facts, relations: [capital], bos: none, seed: 1}"),
            "factorial",
                    List.of(
                            "{generator: factorial, templates: ['she {v} {n}'], factors: {v: [saw, met], n: [him, her]}, groups: 2, seed: 1}"),
            "prompts", List.of("{generator: prompts, file: prompts.json, bos: none}"),
            "text",
                    List.of(
                            "{generator: text, text: 'one two (three) four', bos: none, window: 2, labels: {characters: [bracket-depth]}}",
                            "{generator: text, register: {x: 'x*.txt'}, bos: none}"),
            "tokens", List.of("{generator: tokens, ids: [[1, 2]], answer: [3], wrong: [4]}"));

    /** Their examples need another tokenizer, or a file. */
    private static final List<String> OTHER_WORDS = List.of("prompts", "facts", "factorial");

    @TempDir
    Path folder;

    static Stream<TypeCatalog.Entry> datasets() {
        return TypeCatalog.of(Dataset.class).stream()
                .filter(entry -> TokenDataset.class.isAssignableFrom(entry.type())
                        || PairedDataset.class.isAssignableFrom(entry.type()));
    }

    @ParameterizedTest
    @MethodSource("datasets")
    void areTheNamesOfTheRows(TypeCatalog.Entry entry) throws IOException {
        Files.writeString(folder.resolve("prompts.json"), PROMPTS);
        Files.writeString(folder.resolve("x1.txt"), "some text");
        List<String> specs = Stream.concat(
                        OTHER_WORDS.contains(entry.word()) ? Stream.of() : Stream.of(String.valueOf(entry.example())),
                        MORE.getOrDefault(entry.word(), List.of()).stream())
                .toList();
        List<TokenRows> rows = specs.stream().flatMap(this::rows).toList();
        check(entry, Mark.Kind.CLASS, names(rows.stream().map(r -> r.classes().keySet())));
        check(
                entry,
                Mark.Kind.POSITION,
                names(rows.stream().map(r -> r.positions().keySet())));
        check(
                entry,
                Mark.Kind.COLUMN,
                names(rows.stream()
                        .flatMap(r -> Stream.of(r.columns().keySet(), r.sets().keySet()))));
        check(entry, Mark.Kind.LABEL, names(rows.stream().map(r -> r.labels().keySet())));
    }

    private Stream<TokenRows> rows(String yaml) {
        Object dataset = Binder.bind(YamlTree.parse(yaml, "f"), Dataset.class).value();
        Sources sources = new Sources(folder, 1000, new WordEncoder());
        Stream<TokenRows> own = dataset instanceof TokenDataset tokens ? Stream.of(tokens.read(sources)) : Stream.of();
        boolean counterpart =
                dataset instanceof PairedDataset && !yaml.contains("exhaustive") && !yaml.contains("tokens");
        return counterpart
                ? Stream.concat(
                        own, Stream.of(((PairedDataset) dataset).pairs(sources).clean()))
                : own;
    }

    private static TreeSet<String> names(Stream<? extends Collection<String>> each) {
        return each.flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void check(TypeCatalog.Entry entry, Mark.Kind kind, TreeSet<String> found) {
        List<Pattern> documented = Stream.of(entry.type().getAnnotationsByType(Mark.class))
                .filter(mark -> mark.is() == kind)
                .map(Mark::name)
                .map(name -> Pattern.compile(Stream.of(name.split("\\*[A-Z]+\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".+"))))
                .toList();
        assertThat(found)
                .as("%s: every %s is documented", entry.word(), kind.words())
                .allMatch(name ->
                        documented.stream().anyMatch(p -> p.matcher(name).matches()));
        assertThat(documented)
                .as("%s: every documented %s is there, of %s", entry.word(), kind.words(), found)
                .allMatch(p -> found.stream().anyMatch(name -> p.matcher(name).matches()));
    }
}
