package dev.loupe.spark;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.execute.shards.Cluster;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Iterator;
import scala.collection.immutable.Range$;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Spark stops on its own when a master gives the application up, as it does where a worker has no Java. A job that was given to it
 * and that its scheduler did not look at before it stopped never ends: the run ends all the same.
 */
class StoppedWhileGivenTest {
    private static final int START_SECONDS = 60;
    private static final int DEADLINE_SECONDS = 28;
    private static final String GIVEN = "the job is given";
    private static final String ENDED = "ended: ";

    @TempDir
    Path folder;

    /** In a process of its own, which has Spark's libraries before those that stand in for a few of them. */
    @Test
    void aJobThatNobodyLookedAtIsNotWaitedFor() throws Exception {
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(LoopbackCluster.java("-Xmx512m"));
        command.add(StoppedWhileGivenTest.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            for (int i = 0; i < 10 * START_SECONDS && process.isAlive() && !given(said); i++) {
                MILLISECONDS.sleep(100);
            }
            assumeTrue(given(said), "skipped: Spark took too long to start");
            boolean over = process.waitFor(DEADLINE_SECONDS, SECONDS);
            assertThat(over).as("the run ends: %s", Files.readString(said)).isTrue();
            assertThat(Files.readString(said))
                    .contains(ENDED + "The cluster ended the work", "the same command goes on from there");
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean given(Path said) throws IOException {
        return Files.readString(said).contains(GIVEN);
    }

    /** Gives Spark a job while its scheduler is held, stops it, and says how the run ends. */
    public static void main(String[] words) throws Exception {
        SparkConf settings = new SparkConf(false)
                .setMaster("local[1]")
                .setAppName("stopped")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", LoopbackCluster.LOOPBACK)
                .set("spark.driver.bindAddress", LoopbackCluster.LOOPBACK);
        JavaSparkContext spark = new JavaSparkContext(settings);
        SparkCluster cluster = new SparkCluster(spark, null);
        CountDownLatch held = new CountDownLatch(1);
        hold(spark, held);
        held.await();
        Thread stop = new Thread(() -> {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
            System.out.println(GIVEN);
            spark.stop();
        });
        stop.start();
        try {
            cluster.run(List.of(new Cluster.Task(new byte[1], "")), answer -> {}, new StopSignal());
            System.out.println("no end of Spark was met");
        } catch (RuntimeException e) {
            System.out.println(ENDED + e.getMessage());
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Keeps the thread of Spark's scheduler from its next job, with a result of another job that takes for ever to be put away. */
    private static void hold(JavaSparkContext spark, CountDownLatch held) {
        var unused = spark.sc()
                .submitJob(
                        spark.parallelize(List.of(new byte[1]), 1).rdd(),
                        new Length(),
                        Range$.MODULE$.apply(0, 1),
                        new AbstractFunction2<Object, Integer, BoxedUnit>() {
                            @Override
                            public BoxedUnit apply(Object partition, Integer length) {
                                held.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    // Spark interrupts its scheduler when it stops.
                                    return BoxedUnit.UNIT;
                                }
                                return BoxedUnit.UNIT;
                            }
                        },
                        new AbstractFunction0<BoxedUnit>() {
                            @Override
                            public BoxedUnit apply() {
                                return BoxedUnit.UNIT;
                            }
                        });
    }

    /** A function of a task is sent, whatever class it is in. */
    private static final class Length extends AbstractFunction1<Iterator<byte[]>, Integer> implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Integer apply(Iterator<byte[]> partition) {
            return partition.next().length;
        }
    }
}
