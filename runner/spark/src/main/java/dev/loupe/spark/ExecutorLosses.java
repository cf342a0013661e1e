package dev.loupe.spark;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.FullDisk;
import dev.loupe.failure.Reason;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.jspecify.annotations.Nullable;

/**
 * Counts executors that end one after another while nothing comes back, which Spark's standalone master starts again for ever: it
 * counts failures until an executor's process runs, and a process that runs for a moment begins the count anew.
 */
final class ExecutorLosses extends SparkListener {
    /** Spark's name for how many may end; its own managers on YARN and Kubernetes read it, the standalone master does not. */
    private static final String MOST = "spark.executor.maxNumFailures";

    /** As many as the standalone master itself allows that never run. */
    private static final int USUAL = 10;

    /** Spark's name for how long executors may take to come. */
    private static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime";

    private static final Pattern CODE = Pattern.compile("exited with code (\\d+)");
    private static final Pattern CODE_1 = Pattern.compile("exited with code 1\\b");
    private static final Pattern ABSENT = Pattern.compile("Cannot run program \"([^\"]+)\"");
    private static final int SIGNALS = 128;

    /** What a JVM that ends with code 1 most often means. */
    private static final String JAVA = ". Executors need the Java of this machine, "
            + System.getProperty("java.version") + ": another one often ends so";

    /** What executors of Spark mean by the code that they end with. */
    private static final Map<Integer, String> MEANING =
            Map.of(52, " (its Java heap is full)", 53, " (it cannot make the folders of its files)");

    private final String logs;
    private final int most;
    private final long patienceMillis;
    private final BooleanSupplier noneThere;
    private final UnaryOperator<String> log;
    private final Map<String, String> ends = new LinkedHashMap<>();
    private long first;
    private boolean hopeless;

    /**
     * @param app its number at the cluster
     * @param noneThere whether no executor is registered
     * @param log what an executor wrote of its end, as sentences after a full stop; empty where that is not known
     */
    ExecutorLosses(SparkConf settings, String app, BooleanSupplier noneThere, UnaryOperator<String> log) {
        this.logs = settings.get("spark.master", "").startsWith("spark://") ? "work/" + app : "";
        this.most = settings.getInt(MOST, USUAL);
        this.patienceMillis = patience(settings);
        this.noneThere = noneThere;
        this.log = log;
    }

    /** How long there may be no executor before it is given up, in milliseconds. */
    static long patience(SparkConf settings) {
        return settings.getTimeAsMs(PATIENCE, "30s");
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        ended(removed.executorId(), String.valueOf(removed.reason()), removed.time());
    }

    /** An executor is told of twice where its connection breaks before its worker says how it ended. */
    synchronized void ended(String executor, String reason, long millis) {
        first = ends.isEmpty() ? millis : first;
        String known = ends.get(executor);
        if (known == null || CODE.matcher(reason).find()) {
            ends.put(executor, reason);
        }
        hopeless = ends.size() >= most && millis - first >= patienceMillis && noneThere.getAsBoolean();
    }

    /** Something came back: whatever ended before was no rule. */
    synchronized void came() {
        ends.clear();
        hopeless = false;
    }

    /** @throws EnvironmentException where executors only end */
    synchronized void check() {
        if (hopeless) {
            throw new EnvironmentException("The executors of the cluster end as they start: " + words()
                    + ". None is left. What was finished is kept, and the same command goes on from there; "
                    + "LOUPE_JAVA_OPTS=-D" + MOST + "=" + 10 * most + " waits for more of them");
        }
    }

    /** How many ended since anything came back, how, and where the last of them says why; empty where none did. */
    synchronized String words() {
        if (ends.isEmpty()) {
            return "";
        }
        Map<String, Integer> ways = new TreeMap<>();
        ends.values().forEach(reason -> ways.merge(way(reason), 1, Integer::sum));
        List<String> counted = new ArrayList<>();
        ways.forEach((way, times) -> counted.add(ways.size() == 1 ? way : times + " " + way));
        String last = List.copyOf(ends.keySet()).get(ends.size() - 1);
        String wrote = log.apply(last);
        return Count.of(ends.size(), "executor") + " ended and nothing came back: " + String.join(", ", counted)
                + ". Executor " + last + " was the last"
                + (logs.isEmpty()
                        ? ", and its log says why"
                        : "; why it ended is in " + logs + "/" + last + "/stderr in the folder of Spark on its machine")
                + (wrote.isEmpty()
                                && CODE_1.matcher(String.valueOf(ends.get(last)))
                                        .find()
                        ? JAVA
                        : wrote);
    }

    private static String way(String reason) {
        Matcher code = CODE.matcher(reason);
        if (code.find()) {
            int number = Integer.parseInt(code.group(1));
            return number > SIGNALS
                    ? "killed by signal " + (number - SIGNALS)
                    : "exit code " + number + MEANING.getOrDefault(number, "");
        }
        Matcher absent = ABSENT.matcher(reason);
        if (absent.find()) {
            return absent.group(1) + " could not be started";
        }
        if (FullDisk.says(reason)) {
            return "a full disk " + LostTask.WHERE;
        }
        if (reason.contains("RPC client disassociated")) {
            return "connection lost";
        }
        if (reason.contains("heartbeat timed out")) {
            return "no sign of life";
        }
        @Nullable String line = reason.lines().findFirst().orElse(null);
        return line == null || line.isBlank() ? "for no known reason" : Reason.of(new IllegalStateException(line));
    }
}
