package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that installs a release, with an archive laid out like one whose launcher only says its version. */
class InstallScriptTest {
    private static final Path SCRIPT = Path.of(
                    System.getProperty("loupe.home", ".."), "runner/src/main/release/install.sh")
            .toAbsolutePath();

    @TempDir
    Path temporary;

    private Path prefix;

    private record Ended(int code, String said) {}

    @BeforeEach
    void posix() {
        assumeFalse(File.separatorChar == '\\', "install.sh is for systems with a POSIX shell");
        prefix = temporary.resolve("a prefix");
    }

    @Test
    void aFileIsInstalledAndReplacedByANewerOne() throws Exception {
        Ended first = install(archive("1.0", "exit 0").toString());
        assertThat(first.said()).contains("loupe 1.0 is in ", "add " + prefix.resolve("bin") + " to the PATH");
        assertThat(first.code()).isZero();
        assertThat(run(List.of(prefix.resolve("bin/loupe").toString())).said()).isEqualTo("loupe 1.0\n");

        assertThat(install(archive("2.0", "exit 0").toString()).code()).isZero();
        assertThat(run(List.of(prefix.resolve("bin/loupe").toString())).said()).isEqualTo("loupe 2.0\n");
        assertThat(prefix.resolve("share")).isDirectoryNotContaining(file -> !file.endsWith("loupe"));
    }

    @Test
    void anAddressIsDownloadedAndItsHashChecked() throws Exception {
        byte[] bytes = Files.readAllBytes(archive("1.0", "exit 0"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/loupe.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/loupe.tar.gz";
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Ended wrong = install(address, hash.replace(hash.charAt(0), hash.charAt(0) == 'a' ? 'b' : 'a'));
            assertThat(wrong.code()).isEqualTo(3);
            assertThat(wrong.said()).contains(hash, "nothing was installed");
            assertThat(prefix.resolve("share/loupe")).doesNotExist();
            assertThat(install(address, hash).code()).isZero();
            assertThat(install(address.replace("loupe.tar", "none.tar")).said()).contains("cannot be downloaded");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatDoesNotStartReplacesNothing() throws Exception {
        assertThat(install(archive("1.0", "exit 0").toString()).code()).isZero();
        assertThat(install(archive("2.0", "exit 1").toString()).said()).contains("does not start on this system");
        Path torn = Files.write(temporary.resolve("torn.tar.gz"), new byte[] {31, -117, 8, 0});
        assertThat(install(torn.toString()).said()).contains("is not a whole release");
        assertThat(install(temporary.resolve("none").toString()).said()).contains("there is no file");
        assertThat(install().code()).isEqualTo(2);
        assertThat(run(List.of(prefix.resolve("bin/loupe").toString())).said()).isEqualTo("loupe 1.0\n");
    }

    private Path archive(String version, String end) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("made/loupe-" + version));
        Path launcher =
                Files.writeString(folder.resolve("loupe"), "#!/bin/sh\necho loupe " + version + "\n" + end + "\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Path archive = temporary.resolve("loupe-" + version + ".tar.gz");
        Ended packed = run(List.of(
                "tar",
                "-czf",
                archive.toString(),
                "-C",
                folder.getParent().toString(),
                folder.getFileName().toString()));
        assertThat(packed.code()).as(packed.said()).isZero();
        return archive;
    }

    private Ended install(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        command.addAll(List.of(words));
        return run(command);
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PREFIX", prefix.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
