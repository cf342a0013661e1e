package dev.loupe.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steps that differ in their numbers alone, such as one for each layer or seed, told once: {@code x 30} above them, and
 * every number that changes as the range that it runs through.
 */
final class RepeatedSteps {
    /** Fewer repetitions are quicker read than understood. */
    private static final int FEWEST = 3;

    /** A number, or a range of the plan's own, such as {@code layers 0..5}. */
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?(?:\\.\\.\\d+)?");

    private final List<String> steps;
    private final List<String> skeletons;

    private RepeatedSteps(List<String> steps) {
        this.steps = steps;
        this.skeletons =
                steps.stream().map(step -> NUMBER.matcher(step).replaceAll("#")).toList();
    }

    /** @param steps one text for each, of one or more lines */
    static List<String> grouped(List<String> steps) {
        return new RepeatedSteps(steps).grouped();
    }

    private List<String> grouped() {
        List<String> out = new ArrayList<>();
        for (int at = 0; at < steps.size(); ) {
            int length = repeatedLength(at);
            if (length == 0) {
                out.add(steps.get(at++));
                continue;
            }
            int times = times(at, length);
            out.add("  x " + times + (length == 1 ? ":\n" : ", " + length + " steps each:\n"));
            for (int i = 0; i < length; i++) {
                List<String> alike = new ArrayList<>();
                for (int t = 0; t < times; t++) {
                    alike.add(steps.get(at + t * length + i));
                }
                out.add(merged(alike));
            }
            out.add("  (end of the repeated steps)\n");
            at += times * length;
        }
        return out;
    }

    /** The shortest sequence from here that is repeated often enough; 0 where there is none. */
    private int repeatedLength(int at) {
        for (int length = 1; length <= (steps.size() - at) / FEWEST; length++) {
            if (times(at, length) >= FEWEST) {
                return length;
            }
        }
        return 0;
    }

    private int times(int at, int length) {
        int times = 1;
        while (at + (times + 1) * length <= steps.size()
                && skeletons
                        .subList(at + times * length, at + (times + 1) * length)
                        .equals(skeletons.subList(at, at + length))) {
            times++;
        }
        return times;
    }

    private static String merged(List<String> alike) {
        List<List<String>> numbers = alike.stream().map(RepeatedSteps::numbers).toList();
        Matcher number = NUMBER.matcher(alike.get(0));
        StringBuilder out = new StringBuilder();
        for (int n = 0; number.find(); n++) {
            int which = n;
            String range = range(numbers.stream().map(of -> of.get(which)).toList());
            number.appendReplacement(out, Matcher.quoteReplacement(range));
        }
        return number.appendTail(out).toString();
    }

    private static List<String> numbers(String step) {
        return NUMBER.matcher(step).results().map(found -> found.group()).toList();
    }

    private static String range(List<String> values) {
        String first = values.get(0);
        if (values.stream().allMatch(first::equals)) {
            return first;
        }
        if (values.stream().anyMatch(value -> value.contains(".."))) {
            return first + " to " + values.get(values.size() - 1);
        }
        List<String> sorted = values.stream()
                .sorted((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)))
                .toList();
        return sorted.get(0) + ".." + sorted.get(sorted.size() - 1);
    }
}
