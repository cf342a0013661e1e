package dev.loupe.spark;

import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.RpcTimeout;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;

/**
 * What an executor of a standalone cluster wrote before it ended, from the web page of its worker. An executor that ends before it
 * registers tells the driver nothing but its exit code, and the usual reason, another Java, is in its log alone.
 */
final class ExecutorLog {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of workers beyond these nobody is asked. */
    private static final int MOST_WORKERS = 64;

    private static final int ENOUGH_BYTES = 20_000;
    private static final int LONGEST = 300;

    /** The first line that Spark writes to a log. */
    private static final Pattern COMMAND = Pattern.compile("Spark Executor Command: \"([^\"]+)\"");

    /** What {@code -showversion} writes, which executors are started with. */
    private static final Pattern VERSION = Pattern.compile("(?m)^(?:openjdk|java) version \"([^\"]+)\"");

    private static final Pattern FAULT = Pattern.compile(
            "(?m)^(?:Error occurred[^\n]*\n[^\n]+|Error: [^\n]*(?:\n\\s*java\\.[^\n]+)?|Exception in thread[^\n]*|Unrecognized [^\n]*)");

    private final RpcEnv env;
    private final RpcAddress master;
    private final String app;

    /** @param app its number at the cluster */
    ExecutorLog(RpcEnv env, String host, int port, String app) {
        this.env = env;
        this.master = new RpcAddress(host, port);
        this.app = app;
    }

    /** Which Java an executor ran and what it wrote of its end, as sentences; empty where nobody tells. */
    String of(String executor) {
        try {
            return words(read(executor), System.getProperty("java.version"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (Exception e) {
            // Scala throws what Java would have to declare. A cluster may keep its pages and its state to itself.
            return "";
        }
    }

    /** Both streams of the executor; empty where no worker has them. */
    private String read(String executor) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        StringBuilder all = new StringBuilder();
        for (String worker : workers()) {
            for (String stream : List.of("stderr", "stdout")) {
                URI page = URI.create(worker + "/log/?appId=" + app + "&executorId=" + executor + "&logType=" + stream
                        + "&offset=0&byteLength=" + ENOUGH_BYTES);
                HttpRequest request =
                        HttpRequest.newBuilder(page).timeout(PATIENCE).build();
                all.append(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .append('\n');
            }
            if (COMMAND.matcher(all).find()) {
                return all.toString();
            }
            all.setLength(0);
        }
        return "";
    }

    private List<String> workers() {
        DeployMessages.MasterStateResponse state = env.setupEndpointRef(master, "Master")
                .askSync(
                        DeployMessages.RequestMasterState$.MODULE$,
                        new RpcTimeout(
                                new FiniteDuration(PATIENCE.toSeconds(), TimeUnit.SECONDS), "spark.rpc.askTimeout"),
                        ClassTag$.MODULE$.apply(DeployMessages.MasterStateResponse.class));
        return Arrays.stream(state.workers())
                .filter(worker -> worker.state().toString().equals("ALIVE"))
                .map(WorkerInfo::webUiAddress)
                .limit(MOST_WORKERS)
                .toList();
    }

    /**
     * What a log says.
     *
     * @param own the version of the Java of this process
     */
    static String words(String log, String own) {
        Matcher command = COMMAND.matcher(log);
        if (!command.find()) {
            return "";
        }
        List<String> words = new ArrayList<>();
        Matcher version = VERSION.matcher(log);
        String ran = "It ran " + command.group(1);
        if (!version.find()) {
            words.add(ran + "; executors need the Java of this machine, " + own);
        } else if (!version.group(1).equals(own)) {
            words.add(ran + ", which is Java " + version.group(1) + ", and executors need the Java of this machine, "
                    + own + " (JAVA_HOME of the worker)");
        }
        Matcher fault = FAULT.matcher(log);
        if (fault.find()) {
            String said = VisibleText.line(fault.group().replaceAll("\\s+", " "));
            words.add("It wrote: " + (said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said));
        }
        return words.isEmpty() ? "" : ". " + String.join(". ", words);
    }
}
