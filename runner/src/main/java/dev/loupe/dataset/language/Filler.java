package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.RowRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words between constructs: 40 tokens whose successors depend on tables. One table is shared, every register has one, and
 * so has every construct that bends the text within its span; all that apply at a place are mixed. A register's own table
 * leaves four tokens to the other register.
 */
final class Filler {
    static final int SIZE = 40;
    /** The share of the shared table; the others that apply have equal parts of the rest. */
    private static final double SHARED = 0.3;

    private static final double[] SUCCESSORS = {0.4, 0.25, 0.15, 0.12, 0.08};
    private static final int START = SIZE;

    private static final int OWN = 4;

    private final List<Choice[]> tables = new ArrayList<>();

    /**
     * @param registers whose tables come first after the shared one
     * @param bends how many tables follow those
     */
    Filler(int registers, int bends) {
        for (int table = 0; table <= registers + bends; table++) {
            boolean register = table > 0 && table <= registers;
            int left = register ? OWN * (table - 1) : 0;
            int size = register ? SIZE - OWN * (registers - 1) : SIZE;
            Choice[] rows = new Choice[SIZE + 1];
            for (int before = 0; before <= SIZE; before++) {
                RowRandom random = Construct.world(1000 + 100L * table + before);
                int[] successors = Arrays.copyOf(random.permutation(size), SUCCESSORS.length);
                for (int i = 0; i < successors.length; i++) {
                    successors[i] += left;
                }
                rows[before] = new Choice(successors, SUCCESSORS);
            }
            tables.add(rows);
        }
    }

    /**
     * Adds what follows a token.
     *
     * @param weight of all of it
     * @param bending the tables that apply, counted from 0 without the shared one; at least one
     */
    void add(Mixture open, double weight, int last, List<Integer> bending) {
        int before = last >= 0 && last < SIZE ? last : START;
        open.add(weight * SHARED, tables.get(0)[before]);
        for (int table : bending) {
            open.add(weight * (1 - SHARED) / bending.size(), tables.get(table + 1)[before]);
        }
    }

    /** How often each word comes in a register where nothing else does [word]. */
    double[] frequencies(int register) {
        double[] now = new double[SIZE];
        Arrays.fill(now, 1.0 / SIZE);
        for (int step = 0; step < 200; step++) {
            double[] next = new double[SIZE];
            for (int word = 0; word < SIZE; word++) {
                Mixture after = new Mixture();
                add(after, 1, word, List.of(register));
                after.addTo(next, now[word]);
            }
            now = next;
        }
        return now;
    }
}
