package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the logs of executors that ended say, with the words of real JVMs. */
class ExecutorLogTest {
    private static final String COMMAND = """
            ==== Bytes 0-3051 of 3051 of /spark/work/app-1/3/stderr ====
            Spark Executor Command: "/usr/lib/jvm/other/bin/java" "-cp" "/spark/jars/*" "-Xmx1024M"
            ========================================

            """;

    @Test
    void anotherJavaIsNamedWithWhatItWrote() {
        String log = COMMAND + """
                openjdk version "25.0.3" 2026-04-21 LTS
                OpenJDK Runtime Environment Temurin-25.0.3+9 (build 25.0.3+9-LTS)
                WARNING: package sun.security.action not in java.base

                Exception in thread "main" java.lang.UnsupportedOperationException: getSubject is not supported
                \tat java.base/javax.security.auth.Subject.getSubject(Subject.java:277)
                """;
        assertThat(ExecutorLog.words(log, "17.0.15"))
                .isEqualTo(
                        ". It ran /usr/lib/jvm/other/bin/java, which is Java 25.0.3, and executors need the Java of this "
                                + "machine, 17.0.15 (JAVA_HOME of the worker). It wrote: Exception in thread \"main\" "
                                + "java.lang.UnsupportedOperationException: getSubject is not supported");
    }

    /** It ends before it says its version. */
    @Test
    void aJavaWithoutAModule() {
        String log = COMMAND + """
                Error occurred during initialization of boot layer
                java.lang.module.FindException: Module jdk.incubator.vector not found
                """;
        assertThat(ExecutorLog.words(log, "17.0.15"))
                .isEqualTo(
                        ". It ran /usr/lib/jvm/other/bin/java; executors need the Java of this machine, 17.0.15. It wrote: "
                                + "Error occurred during initialization of boot layer java.lang.module.FindException: Module "
                                + "jdk.incubator.vector not found");
    }

    @Test
    void theSameJavaIsNoReason() {
        String log = COMMAND + "openjdk version \"17.0.15\" 2025-04-15\nsomething else\n";
        assertThat(ExecutorLog.words(log, "17.0.15")).isEmpty();
        assertThat(ExecutorLog.words("", "17.0.15")).isEmpty();
    }
}
