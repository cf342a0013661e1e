package dev.loupe.dataset.rows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers and wrong answers of one row. No id stands twice, since a token is right or wrong and counts once.
 *
 * @param answer at least one id
 * @param wrong at least one id
 */
public record AnswerTokens(int[] answer, int[] wrong) {
    /**
     * One answer as it was written.
     *
     * @param place where: {@code row 3, wrong}
     * @param text its text, or its id in digits
     */
    public record Written(String place, String text, int id) {
        @Override
        public String toString() {
            return place + " \"" + text + "\"";
        }
    }

    /**
     * @param option the option of the dataset that holds them
     * @throws DatasetException where two of them are the same token
     */
    public static AnswerTokens of(String option, List<Written> answers, List<Written> wrong) {
        Map<Integer, Written> seen = new LinkedHashMap<>();
        take(option, answers, seen, false);
        take(option, wrong, seen, true);
        return new AnswerTokens(ids(answers), ids(wrong));
    }

    private static void take(String option, List<Written> some, Map<Integer, Written> seen, boolean wrong) {
        Map<Integer, Written> before = Map.copyOf(seen);
        for (Written one : some) {
            Written other = seen.putIfAbsent(one.id(), one);
            if (other != null) {
                boolean both = wrong && before.containsKey(one.id());
                throw new DatasetException(
                        option,
                        other + " and " + one + " are the same token (id " + one.id() + "): "
                                + (both ? "an answer cannot be right and wrong at the same time" : "name it once"));
            }
        }
    }

    private static int[] ids(List<Written> some) {
        return some.stream().mapToInt(Written::id).toArray();
    }
}
