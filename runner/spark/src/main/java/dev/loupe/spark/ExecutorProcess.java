package dev.loupe.spark;

import dev.loupe.execute.shards.AnswerSize;
import dev.loupe.execute.shards.ExecutorPlace;
import dev.loupe.execute.shards.ShardMaker;
import dev.loupe.hub.HubSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/** What one executor keeps for all its tasks: models in memory, jobs, checked files. */
final class ExecutorProcess {
    private static final String DRIVER = "driver";

    private static final Pattern NAME = Pattern.compile("executor (\\S+) on (\\S+)");

    /** By application; an executor has one, a process that starts several runs has one after another. */
    private static final Map<String, ShardMaker> MAKERS = new ConcurrentHashMap<>();

    private ExecutorProcess() {}

    static ShardMaker maker() {
        SparkEnv env = SparkEnv.get();
        return MAKERS.computeIfAbsent(env.conf().getAppId(), app -> new ShardMaker(place(env)));
    }

    /** What the process of a driver keeps for a run that is over, where its tasks ran in it too. */
    static void forget(String app) {
        ShardMaker maker = MAKERS.remove(app);
        if (maker != null) {
            maker.close();
        }
    }

    private static ExecutorPlace place(SparkEnv env) {
        BlockManagerId id = env.blockManager().blockManagerId();
        boolean home = id.executorId().equals(DRIVER);
        Path scratch = env.blockManager().diskBlockManager().localDirs()[0].toPath();
        int tasks = SparkSettings.size(env.conf().get("spark.master"), Map.of("spark.executor.cores", cores(env)))
                .tasks();
        return new ExecutorPlace(
                home ? "this process" : "executor " + id.executorId() + " on " + id.host(),
                scratch.resolve("loupe"),
                folders(System.getenv()),
                tasks,
                SparkSettings.machine(),
                AnswerSize.made(Runtime.getRuntime().maxMemory(), tasks),
                home);
    }

    /** Where Spark is to put what should run in the process of that name, in Spark's words; nothing for any. */
    static List<String> places(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? List.of("executor_" + parts.group(2) + "_" + parts.group(1)) : List.of();
    }

    private static String cores(SparkEnv env) {
        return env.conf().get("spark.executor.cores", "1");
    }

    private static List<Path> folders(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String named : environment.getOrDefault("LOUPE_MODELS", "").split(File.pathSeparator, -1)) {
            if (!named.isBlank()) {
                folders.add(Path.of(named));
            }
        }
        folders.add(HubSettings.of(environment).cache());
        return folders;
    }
}
