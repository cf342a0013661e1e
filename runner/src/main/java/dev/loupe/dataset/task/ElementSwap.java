package dev.loupe.dataset.task;

import dev.loupe.dataset.rows.RowRandom;
import java.util.Arrays;

/**
 * Another value for one element that leaves the order of all others as it is.
 *
 * @param place of the element in the list
 * @param rank of the element in the sorted list
 * @param value that takes its place
 */
record ElementSwap(int place, int rank, int value) {
    static ElementSwap draw(int[] list, int values, RowRandom random) {
        int[] sorted = list.clone();
        Arrays.sort(sorted);
        int[] free = Arrays.stream(random.permutation(values))
                .filter(v -> Arrays.binarySearch(sorted, v) < 0)
                .toArray();
        if (free.length == 0) {
            return border(list, sorted, values, random);
        }
        // The first output has no current value to go on from, so another one is changed where there is a choice.
        int value = Arrays.stream(free).filter(v -> v > sorted[0]).findFirst().orElse(free[0]);
        int below = (int) Arrays.stream(sorted).filter(v -> v < value).count();
        int rank = Math.min(below, sorted.length - 1);
        int place = 0;
        while (list[place] != sorted[rank]) {
            place++;
        }
        return new ElementSwap(place, rank, value);
    }

    /** In a list that holds every value: an element becomes its neighbour, so that the border of two runs moves by one. */
    private static ElementSwap border(int[] list, int[] sorted, int values, RowRandom random) {
        int place = random.nextInt(list.length);
        int value = list[place];
        boolean up = value == 0 || (value < values - 1 && random.nextBoolean());
        int upTo = (int) Arrays.stream(sorted).filter(v -> v <= value).count();
        int below = (int) Arrays.stream(sorted).filter(v -> v < value).count();
        return new ElementSwap(place, up ? upTo - 1 : below, up ? value + 1 : value - 1);
    }

    int[] in(int[] list) {
        int[] changed = list.clone();
        changed[place] = value;
        return changed;
    }
}
