package dev.loupe.dataset.given;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong with rows of data files, collected so that all of it is said at once. Not for several threads. */
final class DataFaults {
    /** After so many the file as a whole is not what the spec takes it for. */
    private static final int MOST = 1_000;

    private static final int DIFFERENT = 20;
    private static final int PLACES = 4;

    private final String option;
    private final Map<Fault, List<Long>> found = new LinkedHashMap<>();
    private int count;

    private record Fault(String file, String kind, String what) {}

    /** @param option the option that names the files */
    DataFaults(String option) {
        this.option = option;
    }

    /**
     * Notes a fault.
     *
     * @param kind what {@code place} counts: {@code line} or {@code row}
     * @param what is wrong there, as it follows the name of the place: {@code has no text}
     * @throws DatasetException with all faults where there are too many to go on
     */
    void add(String file, String kind, long place, String what) {
        found.computeIfAbsent(new Fault(file, kind, what), unused -> new ArrayList<>())
                .add(place);
        if (++count >= MOST) {
            throwIfAny();
        }
    }

    /** @throws DatasetException with all faults, where there are any */
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>();
        found.forEach((fault, places) -> {
            if (all.size() < DIFFERENT) {
                all.add("`" + fault.file() + "`, " + fault.kind() + " " + places.get(0) + others(places) + " "
                        + fault.what());
            }
        });
        if (found.size() > all.size()) {
            all.add(Count.of(found.size() - all.size(), "more fault") + " in these files");
        }
        if (count >= MOST) {
            all.add("after " + Count.of(MOST, "fault") + " nothing more was read");
        }
        throw new DatasetException(option, all);
    }

    private static String others(List<Long> places) {
        if (places.size() == 1) {
            return "";
        }
        String some =
                places.stream().skip(1).limit(PLACES - 1).map(String::valueOf).collect(Collectors.joining(", "));
        int rest = places.size() - PLACES;
        return " (also " + some + (rest > 0 ? " and " + rest + " more" : "") + ")";
    }
}
