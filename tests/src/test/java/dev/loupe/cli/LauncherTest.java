package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.cli.terminal.CommandEntry;
import dev.loupe.cli.terminal.CommandModule;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real launcher in a folder of its own, with a space in its name. What a build leaves there is put in place from
 * the class path of this test, so that nothing is built here.
 */
class LauncherTest {
    private static final Path HOME =
            Path.of(System.getProperty("loupe.home", "..")).toAbsolutePath();

    @TempDir
    Path temporary;

    private Path folder;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void pretendABuild() throws IOException {
        assumeFalse(File.separatorChar == '\\', "./loupe is for systems with a POSIX shell");
        folder = Files.createDirectories(temporary.resolve("a folder with spaces"));
        Files.copy(HOME.resolve("loupe"), folder.resolve("loupe"), StandardCopyOption.COPY_ATTRIBUTES);
        Path launch = Files.createDirectories(folder.resolve("runner/target/launch"));
        Path built = folder.resolve("runner/target").toRealPath();
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("pytorch-native") && Files.exists(Path.of(entry))) {
                entries.add(built.relativize(Path.of(entry).toRealPath()).toString());
            }
        }
        Files.writeString(launch.resolve("current"), "loupe-test\n" + String.join(":", entries) + "\n");
    }

    private Ended launch(Path cwd, List<String> command, String... environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
    }

    private String launcher() {
        return folder.resolve("loupe").toString();
    }

    @Test
    void helpFromAnotherFolderThroughALink() throws Exception {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("loupe"), Path.of("../a folder with spaces/loupe"));

        Ended ended = launch(temporary, List.of("bin/loupe", "--help"));

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("Usage: loupe", "report");
        assertThat(ended.code()).isZero();
    }

    /** Named by the jar that the next test writes. */
    public static final class Further implements CommandModule {
        @Override
        public List<CommandEntry> commands() {
            return List.of(new CommandEntry("further", "Come from another module.", session -> session));
        }
    }

    @Test
    void theModuleBesideTheProgramAddsItsCommands() throws Exception {
        Path jar = folder.resolve("runner/target/launch/loupe-test.bench.jar");
        try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/services/" + CommandModule.class.getName()));
            zip.write(Further.class.getName().getBytes(StandardCharsets.UTF_8));
        }

        Ended with = launch(folder, List.of(launcher(), "--help"));
        Files.delete(jar);
        Ended without = launch(folder, List.of(launcher(), "--help"));

        assertThat(with.err()).isEmpty();
        assertThat(with.out()).contains("further", "Come from another module.");
        assertThat(without.err()).isEmpty();
        assertThat(without.out()).contains("doctor").doesNotContain("further");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner/src", "runner/bench/src", "templates"})
    void aNewerSourceOfEitherModuleIsBuilt(String sources) throws Exception {
        Path source = Files.createDirectories(folder.resolve(sources)).resolve("Newer");
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        Ended ended = launch(folder, List.of(launcher(), "--help"));

        // There is no Maven wrapper in this folder, so the build that now begins must fail, and say so.
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("building (a source has changed)", "the build failed");
    }

    /** What is only explained needs no optimising compiler; what is measured runs as `run` would. */
    @Test
    void anExplanationThatMeasuresRunsAsARun() throws Exception {
        String flags = "-XX:+PrintFlagsFinal";

        Ended explains = launch(folder, List.of(launcher(), "explain", "none.yaml"), "LOUPE_JAVA_OPTS", flags);
        Ended measures =
                launch(folder, List.of(launcher(), "explain", "--analyze", "none.yaml"), "LOUPE_JAVA_OPTS", flags);

        assertThat(explains.out()).containsPattern("TieredStopAtLevel += 1 ");
        assertThat(measures.out()).containsPattern("TieredStopAtLevel += 4 ");
    }

    @Test
    void aWordNotKnownEndsWithTwo() throws Exception {
        Ended ended = launch(folder, List.of(launcher(), "reprot"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Did you mean 'report'?");
    }

    @Test
    void aFileThatIsNotThereEndsWithTwo() throws Exception {
        Ended ended = launch(folder, List.of(launcher(), "report", "no such run"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("no such run").doesNotContain("\tat ");
    }

    @Test
    void aNameWithUmlautsIsReadWithoutALanguage() throws Exception {
        Path spec = Files.writeString(temporary.resolve("müller-日本.yaml"), "loupe: 1\nnonsense: 1\n");

        for (String language : List.of("C", "POSIX", "")) {
            Ended ended = launch(
                    folder,
                    List.of(launcher(), "validate", spec.toString()),
                    "LC_ALL",
                    language,
                    "LANG",
                    "",
                    "LC_CTYPE",
                    "");

            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("müller-日本.yaml:2:1 error[unknown-key]");
        }
    }

    @Test
    void aMissingOrOldJavaIsSaidInASentence() throws Exception {
        Path old = Files.createDirectories(temporary.resolve("jdk8/bin"));
        Files.copy(HOME.resolve("loupe"), old.resolve("java"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(temporary.resolve("jdk8/release"), "JAVA_VERSION=\"1.8.0_292\"\n");

        Ended tooOld = launch(folder, List.of(launcher(), "--help"), "JAVA_HOME", temporary + "/jdk8");
        Ended missing = launch(folder, List.of(launcher(), "--help"), "JAVA_HOME", temporary + "/nowhere");

        assertThat(tooOld.code()).isEqualTo(3);
        assertThat(tooOld.err())
                .contains("is Java 8, and Loupe needs 17 or newer")
                .hasLineCount(1);
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("there is no bin/java in it").hasLineCount(1);
    }

    @Test
    void aReleaseTakesItsOwnRuntimeAndBuildsNothing() throws Exception {
        release();
        Path source = Files.createDirectories(folder.resolve("runner/src")).resolve("Newer.java");
        Files.writeString(source, "class Newer {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        Ended ended = launch(folder, List.of(launcher(), "--help"), "JAVA_HOME", temporary + "/nowhere");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("Usage: loupe");
        assertThat(ended.code()).isZero();
    }

    @Test
    void aReleaseWithSparkTakesItForOnAlone() throws Exception {
        release();
        Path sparks = Files.createDirectories(folder.resolve("app/lib-spark"));
        try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(sparks.resolve("any.jar")))) {
            zip.putNextEntry(new ZipEntry("META-INF/services/" + CommandModule.class.getName()));
            zip.write(Further.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        List<String> on = List.of(launcher(), "further", "--on", "local");

        Ended none = launch(folder, on);
        Files.copy(sparks.resolve("any.jar"), folder.resolve("app/launch/loupe-test.spark.jar"));
        Ended there = launch(folder, on);
        Ended off = launch(folder, List.of(launcher(), "further"));

        String unknown = "there is no command `further`";
        assertThat(none.err()).contains(unknown);
        assertThat(there.err()).doesNotContain(unknown);
        assertThat(off.err()).contains(unknown);
    }

    private void release() throws IOException {
        Path java = Files.createDirectories(folder.resolve("runtime/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                folder.resolve("runtime/release"), "JAVA_VERSION=\"" + System.getProperty("java.version") + "\"\n");
        // Entries of the class path are relative, so `app` is a link to a folder as deep as the build's.
        Files.move(folder.resolve("runner/target"), folder.resolve("runner/elsewhere"));
        Files.createSymbolicLink(folder.resolve("app"), Path.of("runner/elsewhere"));
    }

    @Test
    void aLockWhoseOwnerIsGoneIsNotWaitedFor() throws Exception {
        Path lock = Files.createDirectories(folder.resolve("runner/target/launch/lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("owner"), gone.pid() + "\n");
        Files.delete(folder.resolve("runner/target/launch/current"));

        Ended ended = launch(folder, List.of(launcher(), "--help"));

        // There is no Maven wrapper in this folder, so the build that now begins must fail, and say so.
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("building (first use", "the build failed");
        assertThat(lock).doesNotExist();
        assertThat(folder.resolve("runner/target/launch/current")).doesNotExist();
    }
}
