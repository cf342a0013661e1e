package dev.loupe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.failure.CancelledException;
import dev.loupe.progress.StopSignal;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    /** Works until it is asked to stop, then leaves all whole, in a process of its own. */
    static final class Worker {
        public static void main(String[] args) {
            StopSignal stop = new StopSignal();
            Interruption interruption = Interruption.watch(stop, Thread.currentThread(), System.err);
            System.out.println("working");
            try {
                while (true) {
                    stop.check();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
            } catch (CancelledException e) {
                System.out.println("whole");
            }
            interruption.workIsOver();
            System.exit(ExitCode.INTERRUPTED.code());
        }
    }

    @Test
    void controlCLetsTheWorkEndAndGives130() throws Exception {
        SignalsHere.assumeControlCIsHeard();
        assertThat(codeAfter("INT")).isEqualTo(130);
    }

    @Test
    void aPoliteKillLetsTheWorkEndToo() throws Exception {
        assertThat(codeAfter("TERM")).isEqualTo(143);
    }

    private static int codeAfter(String signal) throws IOException, InterruptedException {
        assumeFalse(File.separatorChar == '\\', "signals are sent with kill");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("working");
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(out.readLine()).isEqualTo("whole");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
