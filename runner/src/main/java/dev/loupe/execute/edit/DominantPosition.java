package dev.loupe.execute.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Tells of directions that are mostly one position: one of several holds more than half of their squared length. */
final class DominantPosition {
    private static final double MOST = 0.5;

    private DominantPosition() {}

    private record At(int position, String point, double share) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "position %d holds %.1f %% of it at `%s`", position, 100 * share, point);
        }
    }

    /** One notice for each pair of datasets, none where no position dominates. */
    static List<String> notices(List<DirectionNotices.Difference> differences) {
        Map<String, List<At>> found = new LinkedHashMap<>();
        for (DirectionNotices.Difference each : differences) {
            List<At> places = dominant(each.means().point().name(), each.parts().shares());
            if (!places.isEmpty()) {
                String what = "the mean on `" + each.means().toward() + "` minus the mean on `"
                        + each.means().away() + "`";
                found.computeIfAbsent(what, k -> new ArrayList<>()).addAll(places);
            }
        }
        return found.entrySet().stream()
                .map(entry -> told(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<At> dominant(String point, double[] shares) {
        boolean several = DoubleStream.of(shares).filter(share -> share != 0).count() > 1;
        return IntStream.range(0, shares.length)
                .filter(pos -> several && shares[pos] > MOST)
                .mapToObj(pos -> new At(pos, point, shares[pos]))
                .toList();
    }

    private static String told(String what, List<At> places) {
        List<String> positions = places.stream()
                .map(at -> String.valueOf(at.position()))
                .distinct()
                .toList();
        return "More than half of the squared length of a direction (" + what + ") comes from one position: "
                + String.join(", ", places.stream().map(At::toString).toList())
                + ". The share of a position is part . direction / |direction|^2; it is above 100 % where others point"
                + " against it. `at` and `exclude` of `difference` select the positions: `exclude: ["
                + String.join(", ", positions) + "]` excludes the positions named here.";
    }
}
