package dev.loupe.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The class path of this test, apart: what a distribution of Spark has, and what a machine without Loupe has to be sent. */
final class Jars {
    private static final Pattern OURS = Pattern.compile(
            "/(ai/djl|ch/qos/logback|info/picocli|org/snakeyaml|org/freemarker"
                    + "|org/commonmark|org/ejml|net/java/dev/jna|io/airlift|org/apache/parquet|blue/strategic)/|/loupe-[^/]*$");

    /** Libraries that Loupe and Spark both have. */
    private static final Pattern SHARED = Pattern.compile(
            "/(com/fasterxml/jackson/core|org/slf4j|com/google/code/gson|org/apache/commons/commons-compress)/");

    private Jars() {}

    /** Spark and what it needs. */
    static List<Path> sparks() {
        return entries()
                .filter(entry -> Files.isRegularFile(entry) && !has(OURS, entry))
                .toList();
    }

    /**
     * A class path like the launcher's: Loupe in jars, Spark in a folder of its own.
     *
     * @param folder takes the jars
     */
    static String launched(Path folder) throws IOException {
        Path spark = Files.createDirectories(folder.resolve("lib-spark"));
        links(sparks(), spark);
        List<String> path = new ArrayList<>();
        int number = 0;
        for (Path classes : entries().filter(Files::isDirectory).toList()) {
            if (!classes.endsWith("test-classes")) {
                Path jar = folder.resolve("loupe-" + number++ + ".jar");
                pack(classes, jar);
                path.add(jar.toString());
            }
        }
        try (Stream<Path> jars = Files.list(spark)) {
            jars.forEach(jar -> path.add(jar.toString()));
        }
        entries()
                .filter(entry -> Files.isRegularFile(entry) && (has(OURS, entry) || has(SHARED, entry)))
                .forEach(jar -> path.add(jar.toString()));
        return String.join(File.pathSeparator, path);
    }

    static void links(List<Path> jars, Path folder) throws IOException {
        for (Path jar : jars) {
            Path link = folder.resolve(jar.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, jar);
            }
        }
    }

    /** Takes away what {@link #links} made, wherever it lies below a folder. */
    static void unlink(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path link : tree.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private static Stream<Path> entries() {
        return Stream.of(LoopbackCluster.classPath().split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists);
    }

    private static boolean has(Pattern part, Path entry) {
        return part.matcher(entry.toString().replace(File.separatorChar, '/')).find();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> tree = Files.walk(classes)) {
            for (Path each : tree.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }
}
