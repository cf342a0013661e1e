package dev.loupe.execute.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells of directions that are none, since both means are equal: at the first layer those of positions with the same token. */
final class EqualMeans {
    private EqualMeans() {}

    /** One notice for each pair of datasets, none where every difference has a length. */
    static List<String> notices(List<DirectionNotices.Difference> differences) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (DirectionNotices.Difference each : differences) {
            if (zero(each.parts().sum())) {
                found.computeIfAbsent(
                                each.means().toward() + "` and `" + each.means().away(), k -> new ArrayList<>())
                        .add("`" + each.means().point().name() + "`");
            }
        }
        return found.entrySet().stream()
                .map(entry -> "The means on `" + entry.getKey() + "` are equal at "
                        + String.join(", ", entry.getValue())
                        + ", so their difference is zero and gives no direction: nothing is edited there.")
                .toList();
    }

    private static boolean zero(float[] difference) {
        for (float x : difference) {
            if (x != 0) {
                return false;
            }
        }
        return true;
    }
}
