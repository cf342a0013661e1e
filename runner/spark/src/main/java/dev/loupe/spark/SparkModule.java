package dev.loupe.spark;

import dev.loupe.execute.shards.Cluster;
import dev.loupe.execute.shards.ClusterModule;
import dev.loupe.execute.shards.ClusterRequest;
import dev.loupe.execute.shards.ExecutorSize;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.UserInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/** Connects to Spark. */
public final class SparkModule implements ClusterModule {
    private static final Pattern MASTER = Pattern.compile(
            "local(\\[([1-9][0-9]*|\\*)])?|spark://[^,/]+:[0-9]{1,5}(,[^,/]+:[0-9]{1,5})*|k8s://.+|yarn");
    private static final Pattern STANDALONE = Pattern.compile("spark://([^:,/]+):([0-9]{1,5})");

    /** How the number of an application begins that a standalone master took; one that was never taken has a name of Spark's own. */
    private static final String TAKEN = "app-";

    @Override
    public Cluster open(String master, ClusterRequest request) {
        known(master);
        SparkConf settings = SparkSettings.of(master, request);
        Matcher standalone = STANDALONE.matcher(master);
        MasterLine line = standalone.matches()
                ? reach(master, standalone.group(1), Integer.parseInt(standalone.group(2)), settings)
                : null;
        try {
            return new SparkCluster(connected(master, settings), line);
        } catch (RuntimeException e) {
            if (line != null) {
                line.close();
            }
            throw e;
        }
    }

    /** Spark asks a master for a minute, and stops where that says nothing. */
    private static JavaSparkContext connected(String master, SparkConf settings) {
        JavaSparkContext spark = started(master, settings);
        if (spark.sc().isStopped() && spark.sc().applicationId().startsWith(TAKEN)) {
            throw SparkCluster.gone("", null);
        }
        if (spark.sc().isStopped()) {
            throw new EnvironmentException("--on " + master + ": whoever answers there takes no application of Spark "
                    + spark.version() + ": it is not a master of a cluster, or one of another version");
        }
        return spark;
    }

    private static JavaSparkContext started(String master, SparkConf settings) {
        try {
            return new JavaSparkContext(settings);
        } catch (RuntimeException e) {
            throw new EnvironmentException("--on " + master + ": Spark does not start: " + e.getMessage(), e);
        } catch (Exception e) {
            // Scala throws what Java would have to declare.
            if (e instanceof SparkException) {
                throw new EnvironmentException(
                        "--on " + master + ": this copy of Spark cannot connect there: " + e.getMessage()
                                + ". For Kubernetes and YARN, SPARK_HOME must name a Spark distribution",
                        e);
            }
            throw e;
        }
    }

    @Override
    public ExecutorSize size(String master, Map<String, String> settings) {
        known(master);
        return SparkSettings.size(master, settings);
    }

    private static void known(String master) {
        if (!MASTER.matcher(master).matches()) {
            throw new UserInputException(
                    "--on " + master + ": no address of a Spark cluster: local[2] (two tasks at once in this "
                            + "process), spark://HOST:PORT, k8s://HOST:PORT or yarn");
        }
    }

    /** Spark itself would try for a minute. */
    private static MasterLine reach(String master, String host, int port, SparkConf settings) {
        try {
            return new MasterLine(new InetSocketAddress(host, port), ExecutorLosses.patience(settings));
        } catch (IOException | IllegalArgumentException e) {
            throw new EnvironmentException("--on " + master + ": no Spark master answers there", e);
        }
    }
}
