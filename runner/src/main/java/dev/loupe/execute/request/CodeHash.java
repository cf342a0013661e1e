package dev.loupe.execute.request;

import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * What identifies the program that computes, since one version has many states while it is worked on: the names and
 * checksums of its classes, in a jar or in a folder.
 */
final class CodeHash {
    private static final String CLASSES = "dev/loupe/";
    private static final String SUFFIX = ".class";

    private CodeHash() {}

    /** Of the program that runs; 16 hexadecimal digits. */
    static String ours() {
        try {
            URI place = CodeHash.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return of(Path.of(place));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(Path jarOrFolder) throws IOException {
        List<String> lines = Files.isDirectory(jarOrFolder) ? folder(jarOrFolder) : jar(jarOrFolder);
        return Sha256.of(String.join("\n", lines.stream().sorted().toList())).substring(0, 16);
    }

    private static List<String> jar(Path file) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            return jar.stream()
                    .filter(e -> e.getName().startsWith(CLASSES) && e.getName().endsWith(SUFFIX))
                    .map(e -> e.getName() + " " + Long.toHexString(e.getCrc()))
                    .toList();
        }
    }

    private static List<String> folder(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(root.resolve(CLASSES))) {
            for (Path file : tree.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                CRC32 crc = new CRC32();
                crc.update(Files.readAllBytes(file));
                String name = root.relativize(file).toString().replace('\\', '/');
                lines.add(name + " " + Long.toHexString(crc.getValue()));
            }
        }
        return lines;
    }
}
