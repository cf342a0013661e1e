package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report of a fault needs, and what is missing; with the real engine. */
class DoctorCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new TreeMap<>();

    @TempDir
    Path folder;

    private ExitCode doctor(String... words) {
        environment.putIfAbsent("HF_HOME", folder.resolve("hub").toString());
        environment.putIfAbsent("LOUPE_CACHE", folder.resolve("cache").toString());
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        List<String> all = new java.util.ArrayList<>(List.of("doctor"));
        all.addAll(List.of(words));
        return new Main(new Session(terminal, Progress.silent(), new StopSignal(), environment), Commands.all())
                .run(all);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsThereIsShownOnOneScreen() {
        environment.put(
                "LOUPE_MODELS",
                Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity")
                        .toString());
        assertThat(doctor()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(text())
                .contains("Loupe", "PyTorch 2.7.1", "tokenizers               work", "missing: nothing")
                .contains(System.getProperty("java.runtime.version"))
                .contains("gpt-neox", "no public models", "cards of");
        assertThat(text().lines().count()).isLessThan(40);
    }

    @Test
    void everythingMissingIsNamedAtOnceWithItsMend() throws IOException {
        environment.put("LOUPE_MODELS", folder.resolve("nowhere").toString());
        environment.put("HF_ENDPOINT", "ftp://somewhere");
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        environment.put("LOUPE_CACHE", file.resolve("cache").toString());
        assertThat(doctor("--format", "json")).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        JsonNode missing = new ObjectMapper().readTree(text()).path("missing");
        assertThat(missing.findValuesAsText("what"))
                .hasSize(3)
                .anySatisfy(what -> assertThat(what).contains("nowhere", "does not exist"))
                .anySatisfy(what -> assertThat(what).contains("HF_ENDPOINT"))
                .anySatisfy(what -> assertThat(what).contains("cannot be written"));
        assertThat(missing.findValuesAsText("mend"))
                .anySatisfy(mend -> assertThat(mend).startsWith("mkdir -p"))
                .contains("unset HF_ENDPOINT");
    }

    @Test
    void noSecretIsShown() {
        environment.put("HF_TOKEN", "hf_abcdefgh");
        environment.put("LOUPE_JAVA_OPTS", "-Xmx4g -Dhttps.proxyPassword=hunter2");
        assertThat(doctor()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(text())
                .contains("token set", "-Xmx4g -Dhttps.proxyPassword=...")
                .doesNotContain("hf_abc", "hunter2");
        out.reset();
        environment.remove("HF_TOKEN");
        environment.put("HF_HUB_OFFLINE", "1");
        assertThat(doctor("--format", "json")).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(text()).contains("token not set; offline: nothing is downloaded");
    }

    @Test
    void aBrokenCardIsMissingToo() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Files.writeString(models.resolve("bad.yaml"), "card: public\ntitle: no models");
        assertThat(doctor("--models", models.toString())).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(text()).contains("has a model card that cannot be read");
    }
}
