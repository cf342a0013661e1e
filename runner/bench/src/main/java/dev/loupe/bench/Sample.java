package dev.loupe.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * One measurement of one side.
 *
 * @param wall seconds on the clock
 * @param cpu seconds of processor time of all our threads; less sensitive to what else the machine does
 */
public record Sample(double wall, double cpu) {
    /** This moment, to be subtracted from a later one. */
    static Sample now() {
        long cpu = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
        return new Sample(System.nanoTime() * 1e-9, cpu * 1e-9);
    }

    Sample since(Sample earlier) {
        return new Sample(wall - earlier.wall, cpu - earlier.cpu);
    }

    Sample times(double factor) {
        return new Sample(wall * factor, cpu * factor);
    }

    Sample plus(Sample other) {
        return new Sample(wall + other.wall, cpu + other.cpu);
    }
}
