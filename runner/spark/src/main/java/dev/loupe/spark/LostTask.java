package dev.loupe.spark;

import dev.loupe.failure.FullDisk;
import dev.loupe.failure.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task that Spark itself could not do, before or after the part that is ours: fetching what it needs, sending what it gave.
 *
 * @param why in Spark's words
 */
record LostTask(String executor, String host, String why) {
    private static final Pattern LAST =
            Pattern.compile("Lost task \\S+ in stage \\S+ \\(TID \\d+\\) \\((\\S+) executor ([^)\\s]+)\\): (.*)");

    /** The last one that a job names as the reason of its end; null where it names none. */
    static @Nullable LostTask of(String said) {
        Matcher last = LAST.matcher(said);
        return last.find() ? new LostTask(last.group(2), last.group(1), last.group(3)) : null;
    }

    /** The places that Spark itself fills. */
    static final String WHERE =
            "where Spark keeps what it is sent (spark.local.dir, or SPARK_LOCAL_DIRS of its worker, "
                    + "and the worker's own folder)";

    boolean fullDisk() {
        return FullDisk.says(why);
    }

    String words() {
        String name = "executor " + executor + " on " + host;
        return fullDisk()
                ? name + ": its disk is full " + WHERE
                : name + " could not begin a task or not send what it gave: "
                        + Reason.of(new IllegalStateException(why));
    }
}
