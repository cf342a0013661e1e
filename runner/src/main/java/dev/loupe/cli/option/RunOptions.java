package dev.loupe.cli.option;

import dev.loupe.execute.RunSize;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How specs are run, whichever command runs them. */
public final class RunOptions {
    @Mixin
    public SpecOptions spec = new SpecOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of runs. Default: runs in the current folder.")
    public Path out = Path.of("runs");

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "The device: auto, cpu " + "or gpu.")
    public String device = "auto";

    @Mixin
    public PrecisionOption dtype = new PrecisionOption();

    @Mixin
    public ThreadsOption threads = new ThreadsOption();

    @Mixin
    public OnOption on = new OnOption();

    @Option(
            names = "--keep",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "512MB",
            description =
                    "Disk space for intermediate values that are kept with a finished run, such as 2GB, so that a "
                            + "changed spec computes only what is new; 0 keeps none. Default: ${DEFAULT-VALUE}.")
    public long keep;

    @Option(
            names = "--most-runs",
            paramLabel = "N",
            defaultValue = "" + RunSize.USUAL_LIMIT,
            description =
                    "Rows times cells of all forward passes together, above which a plan is not run: a sweep that is too "
                            + "wide ends before it begins. Default: ${DEFAULT-VALUE}.")
    public long mostRuns;

    @Option(names = "--open", description = "Show each report in the browser when it is written.")
    public boolean open;
}
