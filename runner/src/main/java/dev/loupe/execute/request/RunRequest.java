package dev.loupe.execute.request;

import dev.loupe.model.forward.Precision;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an experiment is to be run.
 *
 * @param out folder of the finished run
 * @param cache folder for weights that have to be trained first
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 * @param precision number type of weight matrices and products
 * @param fresh whether finished results of the same identity are computed again
 * @param commit our own commit, empty when unknown
 * @param rerun the command line that does this again
 * @param keep bytes of finished values that stay beside the run
 * @param shared folder of the values of several runs, which stay there instead; null where each run keeps its own
 */
public record RunRequest(
        Path out,
        Path cache,
        String device,
        Precision precision,
        boolean fresh,
        String commit,
        String rerun,
        long keep,
        @Nullable Path shared) {
    /** Unless another limit is asked for. */
    public static final long USUAL_LIMIT = 512_000_000;

    /** In float32. */
    public RunRequest(Path out, Path cache, String device, boolean fresh, String commit, String rerun) {
        this(out, cache, device, Precision.F32, fresh, commit, rerun, USUAL_LIMIT, null);
    }
}
