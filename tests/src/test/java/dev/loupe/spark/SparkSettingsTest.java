package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.shards.ClusterRequest;
import dev.loupe.execute.shards.MemoryNeed;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What executors are started with. */
class SparkSettingsTest {
    private static final String NATIVES = "loupe.natives";
    private final String before = System.getProperty(NATIVES, "");

    @AfterEach
    void asItWas() {
        if (before.isEmpty()) {
            System.clearProperty(NATIVES);
        } else {
            System.setProperty(NATIVES, before);
        }
    }

    private static String options() {
        SparkConf conf = SparkSettings.of("local[1]", new ClusterRequest("a run", new MemoryNeed(1, 1, 1)));
        return conf.get("spark.executor.extraJavaOptions");
    }

    /** Executors refuse another device than that of the machine which starts the run, and need its kind of libraries. */
    @Test
    void executorsTakeTheLibrariesOfTheSameDevice() {
        System.clearProperty(NATIVES);
        assertThat(options()).contains("-showversion", "-Dloupe.natives=cpu");
        System.setProperty(NATIVES, "cuda");
        assertThat(options()).contains("-showversion", "-Dloupe.natives=cuda");
    }
}
