package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.failure.EnvironmentException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Ten executors in a row, over half a minute, with none left and nothing back: then there is no hope, and not before. */
class ExecutorLossesTest {
    private static final String CODE_1 = "Command exited with code 1";

    private String log = "";
    private final AtomicBoolean none = new AtomicBoolean(true);
    private final ExecutorLosses losses = new ExecutorLosses(
            new SparkConf(false).set("spark.master", "spark://a:1"), "app-7", none::get, executor -> log);

    private void tenEnd(long firstMillis, long lastMillis) {
        for (int i = 0; i < 9; i++) {
            losses.ended("" + i, CODE_1, firstMillis);
        }
        losses.ended("9", "Command exited with code 137", lastMillis);
    }

    @Test
    void tenOverHalfAMinuteAreToldWithHowTheyEnded() {
        tenEnd(1_000, 31_000);
        assertThatThrownBy(losses::check)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("10 executors ended and nothing came back: 9 exit code 1, 1 killed by signal 9")
                .hasMessageContaining("Executor 9 was the last")
                .hasMessageContaining("work/app-7/9/stderr")
                .hasMessageContaining("-Dspark.executor.maxNumFailures=100");
    }

    @Test
    void tenAtOnceMayBeReplaced() {
        tenEnd(1_000, 30_999);
        assertThatCode(losses::check).doesNotThrowAnyException();
    }

    @Test
    void anotherOneThatIsThereMayStillAnswer() {
        none.set(false);
        tenEnd(1_000, 31_000);
        assertThatCode(losses::check).doesNotThrowAnyException();
    }

    @Test
    void anAnswerBeginsTheCountAnew() {
        tenEnd(1_000, 31_000);
        losses.came();
        losses.ended("10", CODE_1, 70_000);
        assertThatCode(losses::check).doesNotThrowAnyException();
        assertThat(losses.words()).startsWith("1 executor ended and nothing came back: exit code 1");
    }

    /** Spark's own codes, in words. */
    @Test
    void whyAnExecutorEndedItself() {
        losses.ended("0", "Command exited with code 52", 1_000);
        assertThat(losses.words()).contains("exit code 52 (its Java heap is full)");
        losses.came();
        losses.ended("1", "Command exited with code 53", 1_000);
        assertThat(losses.words()).contains("exit code 53 (it cannot make the folders of its files)");
    }

    @Test
    void whatTheLastOneWrote() {
        log = ". It ran /opt/java/bin/java, which is Java 25";
        tenEnd(1_000, 31_000);
        assertThatThrownBy(losses::check)
                .hasMessageContaining("on its machine. It ran /opt/java/bin/java, which is Java 25. None is left.");
    }

    /** In the words of Spark 4.0.2 for jars that do not fit into the folder of a worker. */
    @Test
    void aDiskIntoWhichJarsDoNotFit() {
        losses.ended("0", "Unable to create executor due to /tmp/a/1_cache -> ./b.jar: No space left on device", 1_000);
        assertThat(losses.words())
                .startsWith("1 executor ended and nothing came back: a full disk where Spark keeps what it is sent");
    }

    /** Where no log can be read. */
    @Test
    void code1IsMostOftenAnotherJava() {
        losses.ended("0", CODE_1, 1_000);
        assertThat(losses.words())
                .endsWith("the Java of this machine, " + System.getProperty("java.version")
                        + ": another one often ends so");
        losses.ended("1", "Command exited with code 137", 1_000);
        assertThat(losses.words()).endsWith("on its machine");
    }

    @Test
    void oneThatIsToldOfTwiceCountsOnce() {
        losses.ended("0", "Remote RPC client disassociated. Likely due to containers", 1_000);
        losses.ended("0", CODE_1, 1_001);
        losses.ended("0", "Remote RPC client disassociated. Likely due to containers", 1_002);
        assertThat(losses.words()).startsWith("1 executor ended and nothing came back: exit code 1");
    }
}
