package dev.loupe.dataset;

import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of several sources: which of them a row is of is drawn for each row. What names a place in the rows of a part (classes,
 * named positions, values of labels) is a position class of the mixture, empty in the rows of the other parts. Columns and sets
 * of ids are left out, since only some rows would have them.
 *
 * @param parts the sources
 * @param shares the probability that a row is of each part; they add up to 1
 */
public record MixedRows(List<RowSource> parts, List<Double> shares) implements RowSource {
    /** Sets the stream of the choice apart from those of the rows, which begin with the seed of the draw itself. */
    private static final long CHOICE = 0x5DEECE66DL;

    public MixedRows {
        parts = List.copyOf(parts);
        shares = List.copyOf(shares);
    }

    @Override
    public TokenRows draw(Draw draw) {
        List<TokenRows> drawn = parts.stream().map(part -> part.draw(draw)).toList();
        int rows = draw.rows();
        int[] of = new int[rows];
        int[][] tokens = new int[rows][];
        int[][] targets = new int[rows][];
        for (int row = 0; row < rows; row++) {
            of[row] = part(draw.seed(), row);
            TokenRows part = drawn.get(of[row]);
            int own = row;
            tokens[row] = part.tokens()[row];
            targets[row] = new int[tokens[row].length];
            Arrays.setAll(targets[row], pos -> part.target(own, pos));
        }
        Map<String, boolean[][]> classes = new LinkedHashMap<>();
        for (int part = 0; part < drawn.size(); part++) {
            for (String name : drawn.get(part).places()) {
                TokenRows.Place place = drawn.get(part).place(name);
                boolean[][] marks = classes.computeIfAbsent(
                        name,
                        any -> Arrays.stream(tokens)
                                .map(row -> new boolean[row.length])
                                .toArray(boolean[][]::new));
                for (int row = 0; row < rows; row++) {
                    for (int pos = 0; of[row] == part && pos < marks[row].length; pos++) {
                        marks[row][pos] = place.has(row, pos);
                    }
                }
            }
        }
        return new TokenRows(tokens, targets, classes, Map.of(), Map.of());
    }

    private int part(long seed, int row) {
        double left = new RowRandom(seed ^ CHOICE, row).nextDouble();
        for (int part = 0; part < parts.size() - 1; part++) {
            left -= shares.get(part);
            if (left < 0) {
                return part;
            }
        }
        return parts.size() - 1;
    }

    @Override
    public RowSource unseen() {
        return new MixedRows(parts.stream().map(RowSource::unseen).toList(), shares);
    }
}
