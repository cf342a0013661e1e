package dev.loupe.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loupe.execute.shards.Cluster;
import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.immutable.Range$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/** A Spark application. Every task is one partition of a job; bytes that tasks share are broadcast in pieces. */
final class SparkCluster implements Cluster {
    private static final int PIECE = 32 << 20;
    private static final int MOMENT_MILLIS = 100;

    /** Answers that wait take this part of the heap, and the disk beyond. */
    private static final int WAITING_SHARE = 16;

    /** How Spark begins to say that the master gave the application up. */
    private static final String REMOVED = "Master removed our application";

    private final JavaSparkContext spark;
    private final ExecutorLosses losses;
    private final @Nullable MasterLine line;
    private final Map<String, List<Broadcast<byte[]>>> shared = new LinkedHashMap<>();

    /** @param line to its master; null where that is another kind of cluster */
    SparkCluster(JavaSparkContext spark, @Nullable MasterLine line) {
        this.spark = spark;
        this.line = line;
        spark.setLogLevel("OFF");
        String app = spark.sc().applicationId();
        ExecutorLog log = line == null ? null : new ExecutorLog(spark.env().rpcEnv(), line.host(), line.port(), app);
        this.losses = new ExecutorLosses(
                spark.getConf(), app, this::noExecutor, executor -> log == null ? "" : log.of(executor));
        try {
            spark.sc().addSparkListener(losses);
        } catch (IllegalStateException e) {
            // A master may give the application up before this.
            throw gone("", e);
        }
    }

    private boolean noExecutor() {
        return spark.sc().getExecutorIds().isEmpty();
    }

    @Override
    public int slots() {
        return asked(spark::defaultParallelism);
    }

    @Override
    public void share(String hash, byte[] bytes) {
        List<Broadcast<byte[]>> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += PIECE) {
            pieces.add(piece(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE))));
        }
        shared.put(hash, pieces);
    }

    private Broadcast<byte[]> piece(byte[] bytes) {
        return asked(() -> spark.broadcast(bytes));
    }

    /** Spark answers so when it has stopped, whatever it is asked for. */
    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalStateException e) {
            throw ended(e);
        }
    }

    @Override
    public void share(String hash, Path file) {
        List<Broadcast<byte[]>> pieces = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                pieces.add(piece(piece));
            }
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + Reason.of(e), e);
        }
        shared.put(hash, pieces);
    }

    @Override
    public void takeBack(String hash) {
        List<Broadcast<byte[]>> gone = shared.remove(hash);
        if (gone != null && !spark.sc().isStopped()) {
            gone.forEach(Broadcast::destroy);
        }
    }

    @Override
    public String run(List<Task> tasks, Consumer<byte[]> taken, StopSignal stop) {
        try (Answers answers = new Answers(scratch(), Runtime.getRuntime().maxMemory() / WAITING_SHARE)) {
            return run(tasks, answers, taken, stop);
        }
    }

    /** A folder that Spark removes when it ends. */
    private Path scratch() {
        return asked(() -> spark.env()
                        .blockManager()
                        .diskBlockManager()
                        .localDirs()[0]
                        .toPath())
                .resolve("loupe-answers");
    }

    private String run(List<Task> tasks, Answers answers, Consumer<byte[]> taken, StopSignal stop) {
        SimpleFutureAction<BoxedUnit> job = submitted(tasks, answers);
        try {
            boolean over = false;
            while (!over || !answers.isEmpty()) {
                over = job.isCompleted();
                byte[] answer = answers.poll(over ? 0 : MOMENT_MILLIS);
                if (answer != null) {
                    losses.came();
                    taken.accept(answer);
                } else if (!over && spark.sc().isStopped()) {
                    // A job that was given to it while it stopped never ends.
                    throw ended(new IllegalStateException("Spark has stopped"));
                }
                stop.check();
                losses.check();
                if (line != null) {
                    line.check(noExecutor(), System.currentTimeMillis());
                }
            }
            return trouble(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            if (!job.isCompleted()) {
                job.cancel();
            }
        }
    }

    /** Why a job ended early. What was the fault of one machine is told at once, since a second try would meet it again. */
    private String trouble(SimpleFutureAction<BoxedUnit> job) {
        Try<BoxedUnit> end = job.value().get();
        if (end.isSuccess()) {
            return "";
        }
        String said = String.valueOf(end.failed().get().getMessage());
        if (spark.sc().isStopped() || said.contains(REMOVED)) {
            throw ended(end.failed().get());
        }
        LostTask last = LostTask.of(said);
        if (last != null && last.fullDisk()) {
            throw new EnvironmentException(last.words());
        }
        String lost = losses.words();
        return !lost.isEmpty()
                ? lost
                : last != null ? last.words() : said.lines().findFirst().orElse("");
    }

    private EnvironmentException ended(Throwable cause) {
        return gone(losses.words(), cause);
    }

    /** @param lost how executors ended; empty where that is not known */
    static EnvironmentException gone(String lost, @Nullable Throwable cause) {
        return new EnvironmentException(
                "The cluster ended the work: its master is gone, or stopped this application. "
                        + (lost.isEmpty()
                                ? "A master does so where its workers cannot start executors, without Java or with a full "
                                        + "disk, as their logs then say. "
                                : lost + ". ")
                        + "What was finished is kept, and the same command goes on from there",
                cause);
    }

    private SimpleFutureAction<BoxedUnit> submitted(List<Task> tasks, Answers answers) {
        return asked(() -> spark.sc()
                .submitJob(
                        spark.sc().makeRDD(placed(tasks), ClassTag$.MODULE$.apply(byte[].class)),
                        new ShardFunction(shared),
                        Range$.MODULE$.apply(0, tasks.size()),
                        new AbstractFunction2<Object, byte[], BoxedUnit>() {
                            @Override
                            public BoxedUnit apply(Object partition, byte[] answer) {
                                answers.add(answer);
                                return BoxedUnit.UNIT;
                            }
                        },
                        new AbstractFunction0<BoxedUnit>() {
                            @Override
                            public BoxedUnit apply() {
                                return BoxedUnit.UNIT;
                            }
                        }));
    }

    /** Each task with where it should run, if that matters. */
    private static Seq<Tuple2<byte[], Seq<String>>> placed(List<Task> tasks) {
        return seq(tasks.stream()
                .map(task -> new Tuple2<>(task.bytes(), seq(ExecutorProcess.places(task.near()))))
                .toList());
    }

    private static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    @Override
    public void close() {
        String app = spark.sc().applicationId();
        // Messages that are under way when Spark ends fail in threads of its own, which would print their stack traces.
        PrintStream err = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
        try {
            spark.close();
            if (line != null) {
                line.close();
            }
        } finally {
            System.setErr(err);
        }
        ExecutorProcess.forget(app);
    }
}
