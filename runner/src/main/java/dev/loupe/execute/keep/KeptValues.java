package dev.loupe.execute.keep;

import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.tensors.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values that stay beside a finished run, so that a spec that was changed computes only what is new. They lie in a folder
 * for each setting that can change a number (device, threads, versions, weights); those of other settings go when a run
 * ends, and the oldest beyond a limit.
 *
 * @param folder beside that of the run
 * @param limit bytes that stay
 */
public record KeptValues(Path folder, long limit) {

    /** A number and its count, in double precision. */
    private static final long BYTES = 16;

    /** @param run the folder of the finished run */
    public static KeptValues beside(Path run, long limit) {
        return new KeptValues(run.resolveSibling("." + run.getFileName() + ".work"), limit);
    }

    /** About how many bytes the values of a plan take, from the plan alone. */
    public static long bytes(ExecutionPlan plan) {
        return plan.steps().stream().mapToLong(step -> bytes(step, plan)).sum();
    }

    /** The same for the value of one step; 0 where it is no array. */
    public static long bytes(PlanStep step, ExecutionPlan plan) {
        List<Axis> axes = step.axes(plan::step);
        return axes == null ? 0 : BYTES * NamedArray.sizeOf(axes) * rows(step, plan);
    }

    private static long rows(PlanStep step, ExecutionPlan plan) {
        return step instanceof ReadRows collect
                ? plan.forward(collect.forwards().get(0)).rows().rows()
                : step instanceof Differentiate gradient ? gradient.edited().rows() : 1;
    }

    public Path of(String setting) {
        return folder.resolve(setting);
    }

    /** Removes everything. */
    public void clear() throws IOException {
        delete(folder);
    }

    /** Leaves the values of finished steps of one setting, the newest up to the limit. */
    public void tidy(String setting) throws IOException {
        for (Path other : children(folder)) {
            if (!other.equals(of(setting))) {
                delete(other);
            }
        }
        for (Path part : children(of(setting))) {
            if (Files.isDirectory(part)) {
                delete(part);
            }
        }
        Leftovers.remove(of(setting));
        List<Kept> newest = children(of(setting)).stream()
                .map(Kept::of)
                .sorted(Comparator.comparing(Kept::modified).reversed())
                .toList();
        long kept = 0;
        for (Kept file : newest) {
            kept += file.bytes();
            if (kept > limit) {
                Files.delete(file.path());
            }
        }
        if (limit == 0) {
            clear();
        }
    }

    /** A file, looked at once. */
    private record Kept(Path path, FileTime modified, long bytes) {
        static Kept of(Path path) {
            try {
                BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
                return new Kept(path, seen.lastModifiedTime(), seen.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
