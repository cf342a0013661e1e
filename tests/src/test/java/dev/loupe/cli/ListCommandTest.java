package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.reference.Keywords;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCommandTest {
    private static final Path EXPERIMENTS = Path.of(System.getProperty("loupe.home"), "experiments");

    private static String list(int columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WatchedOutput sink = new WatchedOutput(out);
        PrintStream print = new PrintStream(sink, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(print, print, sink, false, false, false, columns);
        Session session = new Session(terminal, Progress.silent(), new StopSignal(), Map.of());
        assertThat(new Main(session, Commands.all()).run(List.of("list"))).isEqualTo(ExitCode.CLAIMS_HOLD);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyExperimentStandsWithItsWholeQuestion() throws IOException {
        String text = list(100).replaceAll("\\s+", " ");
        try (Stream<Path> files = Files.walk(EXPERIMENTS)) {
            for (Path spec : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                YamlMap map = (YamlMap) YamlTree.read(spec);
                YamlScalar question = (YamlScalar) Objects.requireNonNull(map.get("question"));
                assertThat(text)
                        .contains(spec.getFileName() + " "
                                + question.text().strip().replaceAll("\\s+", " "));
            }
        }
    }

    /** Every keyword is documented under its name, with each key and the example. */
    @Test
    void everyKeywordHasAPage() {
        for (Keywords family : Keywords.all()) {
            for (TypeCatalog.Entry entry : TypeCatalog.of(family.type())) {
                String page = Spoken.of("list", entry.word()).out();
                assertThat(page).contains(entry.word() + "  (" + family.one() + ")");
                for (TypeCatalog.Option option : entry.options()) {
                    assertThat(page.replaceAll("\\s+", " ")).contains(" " + option.key() + " " + option.type());
                }
                if (entry.example() != null) {
                    assertThat(page)
                            .contains(
                                    entry.example().strip().lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(Spoken.of("list", "ablte").err()).contains("did you mean `ablate`?");
        assertThat(Spoken.of("list", "attn.z").out()).contains("blocks.L.attn.hook_z");
    }

    @ParameterizedTest
    @ValueSource(ints = {72, 100, 140})
    void linesFitTheTerminal(int columns) {
        assertThat(list(columns).lines().filter(line -> line.length() > columns))
                .isEmpty();
    }
}
