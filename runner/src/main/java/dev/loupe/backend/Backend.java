package dev.loupe.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.UserInputException;
import dev.loupe.text.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** The door to the engine: every tensor lives below a manager that was opened here. */
public final class Backend {
    private Backend() {}

    private static final boolean FETCHES = "cuda".equals(System.getProperty("loupe.natives"));

    static {
        // Read by DJL when its engine loads; without it DJL reports its use over the network.
        System.setProperty("OPT_OUT_TRACKING", "true");
        // The CUDA libraries are in no jar: DJL fetches them at first use, and only where the launcher wants them.
        System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", FETCHES ? "false" : "true"));
    }

    /** Runs once, in whichever thread asks first. */
    private static final FutureTask<Engine> AHEAD = new FutureTask<>(Engine::getInstance);

    private static final String THREADS = "loupe.threads";
    private static final int USUAL_THREADS = 2;

    /**
     * How many threads share one operation on the CPU. Sums are split among them, so that another number gives other last
     * bits: it is the same on every machine unless {@link #useThreads} or the environment variable OMP_NUM_THREADS says
     * otherwise.
     */
    public static int threads() {
        String wish = System.getProperty(THREADS, System.getenv().getOrDefault("OMP_NUM_THREADS", ""));
        return wish.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(wish) : USUAL_THREADS;
    }

    /** Sets how many threads share one operation, for managers that are opened from now on. */
    public static void useThreads(int threads) {
        System.setProperty(THREADS, Integer.toString(threads));
    }

    /** Opens gradient collectors of a manager's engine; where one is open in another thread, waits until it is closed. */
    public static Supplier<GradientCollector> gradients(NDManager manager) {
        return () -> OneAtATime.open(() -> manager.getEngine().newGradientCollector());
    }

    /** A manager on the CPU. */
    public static NDManager cpu() {
        NDManager manager = engine().newBaseManager(Device.cpu());
        JniUtils.setNumThreads(threads());
        return manager;
    }

    /**
     * Begins to load the engine's libraries in a thread of its own, for a command that will compute and has something else to do
     * first. What goes wrong is told where the engine is used.
     */
    public static void startAhead() {
        if (FETCHES) {
            // Gigabytes are not fetched for a command that may find its input wrong.
            return;
        }
        Thread ahead = new Thread(AHEAD, "engine");
        ahead.setDaemon(true);
        ahead.start();
    }

    /** The first use in a process loads the engine's libraries, which may be missing, not fit the system, or find no room. */
    private static Engine engine() {
        AHEAD.run();
        try {
            return AHEAD.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EngineException || cause instanceof LinkageError) {
                throw new EnvironmentException(
                        "PyTorch's libraries do not load on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + ": " + EngineReport.words(cause),
                        cause);
            }
            throw new IllegalStateException(e);
        }
    }

    /**
     * A manager on a device.
     *
     * @param device {@code cpu} or {@code gpu}
     */
    public static NDManager manager(String device) {
        return switch (device) {
            case "cpu" -> cpu();
            case "gpu" -> engine().newBaseManager(Device.gpu());
            default -> throw new IllegalArgumentException("no device '" + device + "': cpu or gpu");
        };
    }

    /** {@code cpu} or {@code gpu} for a wish; {@code auto} takes a CUDA device where the engine has one. */
    public static String choose(String wish) {
        if (wish.equals("cpu")) {
            return "cpu";
        }
        boolean there = engine().getGpuCount() > 0;
        if (wish.equals("auto")) {
            return there ? "gpu" : "cpu";
        }
        if (!wish.equals("gpu")) {
            throw new UserInputException("--device is auto, cpu or gpu, not " + wish);
        }
        if (!there) {
            throw new EnvironmentException(
                    "no CUDA device: PyTorch finds none. Loupe looked for an NVIDIA driver (nvidia-smi), and"
                            + " for CUDA builds of PyTorch in PYTORCH_LIBRARY_PATH and DJL's cache. With a GPU in this machine,"
                            + " install the NVIDIA driver and start Loupe with --device gpu so that the CUDA libraries are fetched;"
                            + " without one, use --device cpu.");
        }
        return "gpu";
    }

    /** A device in words; of a processor also what the last bits of its numbers depend on. */
    public static String describe(String device) {
        if (device.equals("gpu")) {
            return "CUDA, " + engine().getGpuCount() + " device(s)";
        }
        String kernels = Kernels.of(device);
        return "CPU" + (kernels.isEmpty() ? "" : " (" + kernels + ")") + ", " + Count.of(threads(), "thread")
                + " in an operation, " + Count.of(Runtime.getRuntime().availableProcessors(), "core");
    }

    /** The most memory that this process ever had resident, in bytes; 0 where the system does not tell. */
    public static long peakBytes() {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }
}
