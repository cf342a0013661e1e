package dev.loupe.doctor;

import dev.loupe.text.Count;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** The machine and its Java. */
final class MachineFacts {
    private static final String HEADING = "machine";

    private MachineFacts() {}

    static void add(Checkup to, Map<String, String> environment) {
        to.fact(
                HEADING,
                "Java",
                property("java.runtime.version") + ", " + property("java.vendor") + ", " + property("java.home")
                        + "; heap up to " + Bytes.of(Runtime.getRuntime().maxMemory()));
        to.fact(
                HEADING,
                "system",
                property("os.name") + " " + property("os.version") + ", " + property("os.arch") + ", "
                        + property("file.encoding"));
        to.fact(HEADING, "CPU", Count.of(Runtime.getRuntime().availableProcessors(), "core") + ", " + memory());
        for (String name : new String[] {"LOUPE_JAVA_OPTS", "OMP_NUM_THREADS", "OMP_WAIT_POLICY"}) {
            String value = environment.get(name);
            if (value != null) {
                // Options can hold a proxy's password; that they are set is what matters.
                to.fact(HEADING, name, name.equals("LOUPE_JAVA_OPTS") ? withoutValues(value) : value);
            }
        }
    }

    /** {@code -Dname=value} without its value: properties carry proxies' passwords. */
    static String withoutValues(String options) {
        return options.replaceAll("(-D[^=\\s]+)=\\S*", "$1=...");
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Bytes.of(system.getTotalMemorySize()) + " memory, " + Bytes.of(system.getFreeMemorySize())
                        + " of it free"
                : "memory unknown";
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
