package dev.loupe.backend;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;

/** The door to the engine: every tensor lives below a manager that was opened here. */
public final class Backend {
    private Backend() {}

    static {
        // Read by DJL when its engine loads; without it DJL reports its use over the network.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
    }

    /** Opens gradient collectors of a manager's engine; one may be open at a time. */
    public static Supplier<GradientCollector> gradients(NDManager manager) {
        return () -> manager.getEngine().newGradientCollector();
    }

    /** A manager on the CPU. */
    public static NDManager cpu() {
        return NDManager.newBaseManager(Device.cpu());
    }

    /**
     * A manager on a device.
     *
     * @param device {@code cpu} or {@code gpu}
     */
    public static NDManager manager(String device) {
        return switch (device) {
            case "cpu" -> cpu();
            case "gpu" -> NDManager.newBaseManager(Device.gpu());
            default -> throw new IllegalArgumentException("no device '" + device + "': cpu or gpu");
        };
    }
}
