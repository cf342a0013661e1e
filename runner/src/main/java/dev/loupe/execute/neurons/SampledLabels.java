package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.RandomOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A label at sampled positions, and labels that say nothing in its place. Documents keep their positions: what moves is which
 * of them have the label. Positions that are left out, of which nobody knows whether they have it, are no part of that: they
 * neither give a value nor get one, so that as many of the others have it as before.
 */
final class SampledLabels {
    private final TokenRows rows;
    private final int[] row;
    private final int[] pos;
    private final TokenRows.Place place;
    private final int[][] leftOut;
    /** Rows of each document that have a position that counts, in their order. */
    private final List<int[]> documents;

    private final int[] documentOfRow;

    private final int[] placeInDocument;
    /** Of each row, the positions that count [row][n]. */
    private final int[][] counting;
    /** Of each row, which of the positions that count each position is, -1 where it is left out. */
    private final int[][] rank;

    private final boolean constant;

    /**
     * @param row the row of each sampled position
     * @param pos its position in that row
     */
    SampledLabels(TokenRows rows, String name, int[] row, int[] pos) {
        this.rows = rows;
        this.row = row;
        this.pos = pos;
        this.place = rows.place(name);
        this.leftOut = leftOut(rows, name);
        this.counting = new int[rows.rows()][];
        this.rank = new int[rows.rows()][];
        this.documentOfRow = new int[rows.rows()];
        this.placeInDocument = new int[rows.rows()];
        Map<Integer, List<Integer>> byDocument = new LinkedHashMap<>();
        for (int r = 0; r < rows.rows(); r++) {
            int own = r;
            int length = rows.tokens()[r].length;
            counting[r] = IntStream.range(0, length).filter(p -> counts(own, p)).toArray();
            rank[r] = new int[length];
            Arrays.fill(rank[r], -1);
            for (int n = 0; n < counting[r].length; n++) {
                rank[r][counting[r][n]] = n;
            }
            if (counting[r].length > 0) {
                byDocument
                        .computeIfAbsent(rows.document(r), k -> new ArrayList<>())
                        .add(r);
            }
        }
        this.documents = byDocument.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        for (int d = 0; d < documents.size(); d++) {
            for (int k = 0; k < documents.get(d).length; k++) {
                documentOfRow[documents.get(d)[k]] = d;
                placeInDocument[documents.get(d)[k]] = k;
            }
        }
        long same = documents.stream().filter(this::constant).count();
        this.constant = same > 0.05 * documents.size();
    }

    private boolean counts(int r, int p) {
        return leftOut.length == 0 || leftOut[r][p] != Label.LEFT_OUT;
    }

    private static int[][] leftOut(TokenRows rows, String name) {
        TokenRows.LabelValue of = rows.labelValue(name);
        return of == null ? new int[0][] : of.label().values();
    }

    private boolean constant(int[] document) {
        boolean first = place.has(document[0], counting[document[0]][0]);
        for (int r : document) {
            for (int p : counting[r]) {
                if (place.has(r, p) != first) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the label stays the same in more than 5 % of the documents, so that shifting it would change too little. */
    boolean constant() {
        return constant;
    }

    /** Which sampled positions count as neither. */
    boolean[] leftOut() {
        boolean[] out = new boolean[row.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = !counts(row[i], pos[i]);
        }
        return out;
    }

    /** The label itself [sampled position]. */
    boolean[] own() {
        boolean[] has = new boolean[row.length];
        for (int i = 0; i < has.length; i++) {
            has[i] = place.has(row[i], pos[i]);
        }
        return has;
    }

    /** The label moved: shifted around inside each document, or taken from another document where it is constant in one. */
    boolean[] moved(SplittableRandom random) {
        return constant ? exchanged(random) : shifted(random);
    }

    private boolean[] shifted(SplittableRandom random) {
        int[] shift = new int[documents.size()];
        int[] total = new int[documents.size()];
        for (int d = 0; d < shift.length; d++) {
            total[d] =
                    Arrays.stream(documents.get(d)).map(r -> counting[r].length).sum();
            shift[d] = total[d] < 2 ? 0 : 1 + random.nextInt(total[d] - 1);
        }
        boolean[] has = new boolean[row.length];
        for (int i = 0; i < has.length; i++) {
            int at = rank[row[i]][pos[i]];
            if (at < 0) {
                continue;
            }
            int d = documentOfRow[row[i]];
            for (int k = 0; k < placeInDocument[row[i]]; k++) {
                at += counting[documents.get(d)[k]].length;
            }
            at = (at + shift[d]) % total[d];
            int k = 0;
            while (at >= counting[documents.get(d)[k]].length) {
                at -= counting[documents.get(d)[k++]].length;
            }
            has[i] = place.has(documents.get(d)[k], counting[documents.get(d)[k]][at]);
        }
        return has;
    }

    private boolean[] exchanged(SplittableRandom random) {
        int[] partner = RandomOrder.of(documents.size(), random);
        boolean[] has = new boolean[row.length];
        for (int i = 0; i < has.length; i++) {
            int at = rank[row[i]][pos[i]];
            if (at >= 0) {
                int[] from = documents.get(partner[documentOfRow[row[i]]]);
                int other = from[placeInDocument[row[i]] % from.length];
                has[i] = place.has(other, counting[other][at % counting[other].length]);
            }
        }
        return has;
    }

    /**
     * A label that token ids predict as well as this one, and that means nothing: each token id carries it as often as another
     * token id, drawn at random, carries this one. For a label of a few token ids that is a random set of as many. The number
     * of positives stays within a factor of 1.5 where a hundred draws allow it. Positions that are left out say nothing of any
     * token id.
     */
    boolean[] otherTokens(SplittableRandom random) {
        Map<Integer, int[]> counts = new TreeMap<>();
        boolean[] out = leftOut();
        int positives = 0;
        for (int i = 0; i < row.length; i++) {
            if (out[i]) {
                continue;
            }
            int side = place.has(row[i], pos[i]) ? 1 : 0;
            counts.computeIfAbsent(rows.tokens()[row[i]][pos[i]], k -> new int[2])[side]++;
            positives += side;
        }
        int[][] each = counts.values().toArray(new int[0][]);
        int[] best = new int[0];
        double closest = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < 100 && closest > Math.log(1.5); attempt++) {
            int[] partner = RandomOrder.of(each.length, random);
            double expected = 0;
            for (int t = 0; t < each.length; t++) {
                expected += (each[t][0] + each[t][1]) * rate(each[partner[t]]);
            }
            double off = Math.abs(Math.log((expected + 1) / (positives + 1.0)));
            if (off < closest) {
                closest = off;
                best = partner;
            }
        }
        Map<Integer, Double> rates = new HashMap<>();
        int t = 0;
        for (int token : counts.keySet()) {
            rates.put(token, rate(each[best[t++]]));
        }
        boolean[] has = new boolean[row.length];
        for (int i = 0; i < has.length; i++) {
            has[i] = random.nextDouble() < rates.getOrDefault(rows.tokens()[row[i]][pos[i]], 0.0);
        }
        return has;
    }

    private static double rate(int[] count) {
        return count[1] / (double) (count[0] + count[1]);
    }
}
