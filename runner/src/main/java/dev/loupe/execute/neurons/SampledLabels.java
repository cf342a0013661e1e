package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A label at sampled positions, and labels that say nothing in its place. Documents keep their positions: what moves is which
 * of them have the label.
 */
final class SampledLabels {
    private final TokenRows rows;
    private final int[] row;
    private final int[] pos;
    private final TokenRows.Place place;
    private final int[][] leftOut;
    /** Rows of each document, in their order. */
    private final List<int[]> documents;

    private final int[] documentOfRow;
    private final int[] placeInDocument;
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
        Map<Integer, List<Integer>> byDocument = new LinkedHashMap<>();
        for (int r = 0; r < rows.rows(); r++) {
            byDocument.computeIfAbsent(rows.document(r), k -> new ArrayList<>()).add(r);
        }
        this.documents = byDocument.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        this.documentOfRow = new int[rows.rows()];
        this.placeInDocument = new int[rows.rows()];
        for (int d = 0; d < documents.size(); d++) {
            for (int k = 0; k < documents.get(d).length; k++) {
                documentOfRow[documents.get(d)[k]] = d;
                placeInDocument[documents.get(d)[k]] = k;
            }
        }
        long same = documents.stream().filter(this::constant).count();
        this.constant = same > 0.05 * documents.size();
    }

    private static int[][] leftOut(TokenRows rows, String name) {
        int dot = name.lastIndexOf('.');
        Label label = rows.labels().get(name);
        label = label == null && dot > 0 ? rows.labels().get(name.substring(0, dot)) : label;
        return label == null ? new int[0][] : label.values();
    }

    private boolean constant(int[] document) {
        boolean first = place.has(document[0], 0);
        for (int r : document) {
            for (int p = 0; p < rows.tokens()[r].length; p++) {
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

    /** Whether sampled position {@code i} counts as neither. */
    boolean leftOut(int i) {
        return leftOut.length > 0 && leftOut[row[i]][pos[i]] == Label.LEFT_OUT;
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
            total[d] = Arrays.stream(documents.get(d))
                    .map(r -> rows.tokens()[r].length)
                    .sum();
            shift[d] = total[d] < 2 ? 0 : 1 + random.nextInt(total[d] - 1);
        }
        boolean[] has = new boolean[row.length];
        for (int i = 0; i < has.length; i++) {
            int d = documentOfRow[row[i]];
            int at = pos[i];
            for (int k = 0; k < placeInDocument[row[i]]; k++) {
                at += rows.tokens()[documents.get(d)[k]].length;
            }
            at = (at + shift[d]) % total[d];
            int k = 0;
            while (at >= rows.tokens()[documents.get(d)[k]].length) {
                at -= rows.tokens()[documents.get(d)[k++]].length;
            }
            has[i] = place.has(documents.get(d)[k], at);
        }
        return has;
    }

    private boolean[] exchanged(SplittableRandom random) {
        int[] partner = new int[documents.size()];
        Arrays.setAll(partner, d -> d);
        for (int d = partner.length - 1; d > 0; d--) {
            int other = random.nextInt(d + 1);
            int swap = partner[d];
            partner[d] = partner[other];
            partner[other] = swap;
        }
        boolean[] has = new boolean[row.length];
        for (int i = 0; i < has.length; i++) {
            int[] from = documents.get(partner[documentOfRow[row[i]]]);
            int other = from[placeInDocument[row[i]] % from.length];
            has[i] = place.has(other, pos[i] % rows.tokens()[other].length);
        }
        return has;
    }

    /** A random set of as many token ids as carry the label, of nearly as many positions, labelled in its place. */
    boolean[] otherTokens(SplittableRandom random) {
        Map<Integer, Integer> count = new LinkedHashMap<>();
        Map<Integer, Boolean> carries = new LinkedHashMap<>();
        int positives = 0;
        for (int i = 0; i < row.length; i++) {
            int token = rows.tokens()[row[i]][pos[i]];
            boolean has = place.has(row[i], pos[i]);
            count.merge(token, 1, Integer::sum);
            carries.merge(token, has, Boolean::logicalOr);
            positives += has ? 1 : 0;
        }
        int[] tokens =
                count.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        int wanted = (int) carries.values().stream().filter(has -> has).count();
        Set<Integer> best = new HashSet<>();
        double closest = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < 100 && closest > Math.log(1.5); attempt++) {
            Set<Integer> chosen = new HashSet<>();
            int covered = 0;
            for (int k = 0; k < wanted; k++) {
                int j = k + random.nextInt(tokens.length - k);
                int swap = tokens[k];
                tokens[k] = tokens[j];
                tokens[j] = swap;
                chosen.add(tokens[k]);
                covered += count.getOrDefault(tokens[k], 0);
            }
            double off = Math.abs(Math.log((covered + 1.0) / (positives + 1.0)));
            if (off < closest) {
                closest = off;
                best = chosen;
            }
        }
        boolean[] has = new boolean[row.length];
        for (int i = 0; i < has.length; i++) {
            has[i] = best.contains(rows.tokens()[row[i]][pos[i]]);
        }
        return has;
    }
}
