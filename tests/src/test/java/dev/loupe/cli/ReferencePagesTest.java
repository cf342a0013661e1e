package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.reference.Keywords;
import dev.loupe.schema.TypeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pages of the manual are what the types of the program say. */
class ReferencePagesTest {
    private static final Path SHIPPED = Path.of(System.getProperty("loupe.home", ".."), "runner/docs/manual/reference");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    /** After a change to a keyword, a card, a hook point or a command they are written again as their first lines say. */
    @Test
    void theShippedPagesAreThoseOfTheTypes(@TempDir Path made) throws IOException {
        Spoken spoken = Spoken.of("list", "--markdown", made.toString());
        assertThat(spoken.err()).isEmpty();
        assertThat(pages(SHIPPED)).isEqualTo(pages(made));
    }

    @Test
    void everyKeywordHasASectionWithEachOfItsKeys() throws IOException {
        Map<String, String> pages = pages(SHIPPED);
        for (Keywords family : Keywords.all()) {
            for (TypeCatalog.Entry entry : TypeCatalog.of(family.type())) {
                List<String> sections = pages.values().stream()
                        .flatMap(page -> Arrays.stream(page.split("(?m)^#{2,4} ")))
                        .filter(section -> section.startsWith("`" + entry.word() + "`\n"))
                        .filter(section -> section.contains(entry.doc()))
                        .toList();
                assertThat(sections).as(entry.word()).hasSize(1);
                String keys = sections.get(0).split("(?m)^\\| names in its rows", 2)[0];
                assertThat(ROW.matcher(keys).results().map(row -> row.group(1)))
                        .as(entry.word())
                        .containsExactlyElementsOf(entry.options().stream()
                                .map(TypeCatalog.Option::key)
                                .toList());
            }
        }
    }

    @Test
    void noTwoHeadingsOfAPageHaveOneAnchor() throws IOException {
        pages(SHIPPED)
                .forEach((name, page) -> assertThat(Pattern.compile("(?m)^#+ (.*)$")
                                .matcher(page)
                                .results()
                                .map((MatchResult heading) ->
                                        heading.group(1).replace("`", "").toLowerCase()))
                        .as(name)
                        .doesNotHaveDuplicates());
    }

    @Test
    void oneKeywordAndAllPagesAreNotAskedForTogether(@TempDir Path made) {
        Spoken spoken = Spoken.of("list", "ablate", "--markdown", made.toString());
        assertThat(spoken.exit().code()).isEqualTo(2);
        assertThat(spoken.err()).contains("leave out `ablate`");
    }

    private static Map<String, String> pages(Path folder) throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file).replace("\r\n", "\n"));
            }
        }
        return pages;
    }
}
