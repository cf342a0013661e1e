package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.option.GlobalOptions;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.PathArgument;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.model.card.ModelCard;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every code block of the manual and of the README is checked. A YAML block that begins with {@code loupe: 1} is a whole
 * spec and is validated; one that begins with {@code card:} is a model card; any other YAML block is validated as an
 * addition to the last whole spec above it. A spec marked {@code run} is run, one marked {@code wrong} must have exactly
 * the problems of the text block that follows. {@code file=NAME} puts a block into a file, so that a spec can name it, also a card as its model.
 */
class ManualTest {
    private static final Path HOME =
            Path.of(System.getProperty("loupe.home", "..")).toAbsolutePath().normalize();
    private static final Path MANUAL = HOME.resolve("runner/docs/manual");
    private static final Set<String> LANGUAGES = Set.of("yaml", "sh", "python", "json", "text", "mermaid");

    @TempDir
    Path folder;

    static List<ManualPage> pages() throws IOException {
        List<ManualPage> pages = new ArrayList<>(List.of(ManualPage.read(HOME, HOME.resolve("README.md"))));
        try (Stream<Path> files = Files.list(MANUAL)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                pages.add(ManualPage.read(HOME, file));
            }
        }
        return pages;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyYamlBlockIsRight(String name) throws IOException {
        ManualPage page = page(name);
        List<ManualPage.Block> blocks = page.blocks();
        for (ManualPage.Block block : blocks) {
            if (block.words().stream().anyMatch(word -> word.startsWith("file="))) {
                Path file = folder.resolve(block.file(""));
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.text());
            }
        }
        String base = "";
        for (int i = 0; i < blocks.size(); i++) {
            ManualPage.Block block = blocks.get(i);
            assertThat(block.language()).as("%s:%d", name, block.line()).isIn(LANGUAGES);
            if (block.language().equals("json")) {
                assertThat(new ObjectMapper().readTree(block.text()))
                        .as("%s:%d", name, block.line())
                        .isNotNull();
            } else if (block.isCard()) {
                assertThat(Binder.bind(YamlTree.parse(block.text(), name), ModelCard.class)
                                .value())
                        .isNotNull();
            } else if (block.isSpec()) {
                base = block.file("block" + i + ".yaml");
                check(
                        block,
                        base,
                        block.text(),
                        i + 1 < blocks.size() ? blocks.get(i + 1).text() : "");
            } else if (block.language().equals("yaml")) {
                assertThat(base)
                        .as("%s:%d adds to a spec above it", name, block.line())
                        .isNotEmpty();
                String file = "block" + i + ".yaml";
                check(block, file, "loupe: 1\nextends: " + base + "\n" + block.text(), "");
            }
        }
    }

    private void check(ManualPage.Block block, String file, String spec, String next) throws IOException {
        Files.writeString(folder.resolve(file), spec);
        Spoken spoken = Spoken.with(
                100, System.getenv(), "validate", folder.resolve(file).toString(), "--models", folder.toString());
        String said = (spoken.out() + spoken.err()).replace(folder + "/", "");
        if (block.is("wrong")) {
            assertThat(spoken.exit()).as(said).isEqualTo(ExitCode.INPUT_WRONG);
            assertThat(said).contains(next.strip());
            return;
        }
        if (spoken.exit() == ExitCode.SURROUNDINGS_FAIL && said.contains("is not on this machine")) {
            System.out.println(file + " is checked without its text: " + said.strip());
            return;
        }
        assertThat(spoken.exit()).as(said).isEqualTo(ExitCode.CLAIMS_HOLD);
        if (block.is("run")) {
            run(file);
        }
    }

    private void run(String file) {
        Spoken spoken = Spoken.with(
                100,
                System.getenv(),
                "run",
                folder.resolve(file).toString(),
                "--out",
                folder.resolve("runs").toString());
        assertThat(spoken.exit()).as(spoken.out() + spoken.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    /** Commands, their options and the files of this project that they name. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyShellLineNamesWhatThereIs(String name) throws IOException {
        for (ManualPage.Block block : page(name).blocks()) {
            if (block.language().equals("sh")) {
                for (String line : block.text().lines().toList()) {
                    shell(line.replaceAll("\\s+#.*", "").strip(), name + ":" + block.line());
                }
            }
        }
    }

    private static void shell(String line, String place) {
        assertThat(line).as(place).matches("|#.*|export [A-Z_]+=.*|\\./mvnw .*|\\./loupe .*|python .*|pip install .*");
        if (!line.startsWith("./loupe ")) {
            return;
        }
        List<String> words = new ArrayList<>();
        Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)")
                .matcher(line.substring(8))
                .results()
                .forEach(word -> words.add(Stream.of(1, 2, 3)
                        .map(word::group)
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse("")));
        for (String word : words) {
            if (word.startsWith("experiments/") || word.startsWith("models/")) {
                assertThat(HOME.resolve(word)).as(place).exists();
            }
        }
        CommandLine root = new CommandLine(new GlobalOptions());
        root.registerConverter(Path.class, new PathArgument());
        Commands.hangOn(root, Commands.all(), session(), words);
        root.parseArgs(words.toArray(String[]::new));
    }

    private static Session session() {
        WatchedOutput sink = new WatchedOutput(new ByteArrayOutputStream());
        PrintStream print = new PrintStream(sink, true);
        return new Session(
                new Terminal(print, print, sink, false, false, false, 100),
                Progress.silent(),
                new StopSignal(),
                Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyLinkLeadsSomewhere(String name) throws IOException {
        ManualPage page = page(name);
        for (String link : page.links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? page.file()
                    : page.file().resolveSibling(parts[0]).normalize();
            assertThat(target).as("%s links to %s", name, link).exists();
            if (parts.length == 2) {
                assertThat(ManualPage.read(HOME, target).anchors())
                        .as("%s links to %s", name, link)
                        .contains(parts[1]);
            }
        }
    }

    @Test
    void theContentsNameEveryPage() throws IOException {
        assertThat(ManualPage.read(HOME, MANUAL.resolve("README.md")).links())
                .containsAll(pages().stream()
                        .map(page -> page.file())
                        .filter(file -> file.startsWith(MANUAL) && !file.endsWith("README.md"))
                        .map(file -> MANUAL.relativize(file).toString())
                        .toList());
    }

    /** The blocks of the page about results, one after another, in the folder of the run that the page makes first. */
    @Test
    void thePythonBlocksRun() throws IOException, InterruptedException {
        ManualPage page = ManualPage.read(HOME, MANUAL.resolve("results.md"));
        List<String> blocks = page.blocks().stream()
                .filter(block -> block.language().equals("python"))
                .map(ManualPage.Block::text)
                .toList();
        assertThat(blocks).isNotEmpty();
        Set<String> libraries = blocks.stream()
                .flatMap(String::lines)
                .flatMap(line ->
                        Pattern.compile("^(?:import|from) (\\w+)").matcher(line).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        String python = Optional.ofNullable(System.getenv("LOUPE_PYTHON")).orElse("python3");
        String missing = output(python, "-c", "import " + String.join(", ", libraries));
        assumeTrue(
                missing.isEmpty(),
                () -> "skipped: " + python + " does not import " + libraries
                        + "; name an interpreter that does in LOUPE_PYTHON");
        everyYamlBlockIsRight(page.name());
        assertThat(output(python, "-c", String.join("\n", blocks) + "\nprint('every block ran')"))
                .endsWith("every block ran\n");
    }

    private String output(String... words) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes());
            process.waitFor();
            return said;
        } catch (IOException e) {
            return "there is no " + words[0];
        }
    }

    static List<String> names() throws IOException {
        return pages().stream().map(ManualPage::name).toList();
    }

    private static ManualPage page(String name) throws IOException {
        return pages().stream()
                .filter(page -> page.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
